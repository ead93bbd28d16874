using System.Text.Json;
using ApiKey.Emulator;
using ApiKey.Emulator.Faults;
using ApiKey.Model;

namespace ApiKey.Tests.Engine;

/// <summary>Exports say which usage plans a key is in. Plans and members are read once, however many keys there are.</summary>
public sealed class ExportPlansTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("apikey").FullName;

    [Fact]
    public void ACsvFilePutsKeysBackIntoTheirPlans()
    {
        using ModuleSession session = new();
        UsagePlanInfo[] plans = [.. new[] { "gold", "silver" }.Select(
            name => session.One<UsagePlanInfo>("New-ApiGatewayUsagePlan $args[0]", name))];
        session.Good("'a', 'b' | New-ApiGatewayApiKey -UsagePlanId $args[0]; New-ApiGatewayApiKey c", (object)plans);
        string file = Path.Combine(_folder, "keys.csv");
        session.Good("Export-ApiGatewayApiKey $args[0] -IncludeValue", file);
        session.Good("Get-ApiGatewayApiKey | Remove-ApiGatewayApiKey -Confirm:$false");
        session.Good("Import-ApiGatewayApiKey -Path $args[0]", file);
        foreach (UsagePlanInfo plan in plans)
        {
            Assert.Equal(["a", "b"], session.Good("Get-ApiGatewayUsagePlanKey $args[0]", plan.Id)
                .Select(key => ((UsagePlanKeyInfo)key.BaseObject).Name).Order());
        }
    }

    [Fact]
    public void JsonSaysThePlansAndNewReadsThem()
    {
        using ModuleSession session = new();
        UsagePlanInfo plan = session.One<UsagePlanInfo>("New-ApiGatewayUsagePlan gold");
        session.Good("New-ApiGatewayApiKey a -UsagePlanId $args[0]; New-ApiGatewayApiKey b", plan.Id);
        string file = Path.Combine(_folder, "keys.json");
        session.Good("Get-ApiGatewayApiKey a, b | Export-ApiGatewayApiKey $args[0]", file);
        using (JsonDocument document = JsonDocument.Parse(File.ReadAllText(file)))
        {
            Assert.Equal([$"a={plan.Id}", "b="], document.RootElement.EnumerateArray().Select(key => $"{key.GetProperty("Name")}="
                + string.Join(',', key.GetProperty("UsagePlanIds").EnumerateArray())).Order());
        }

        session.Good("Export-ApiGatewayApiKey $args[0] -Force -SkipUsagePlan", file);
        Assert.DoesNotContain("UsagePlan", File.ReadAllText(file));
    }

    [Theory]
    [InlineData("Export-ApiGatewayApiKey $args[0]", 1, 3)]
    [InlineData("Get-ApiGatewayApiKey | Export-ApiGatewayApiKey $args[0]", 1, 3)]
    [InlineData("Export-ApiGatewayApiKey $args[0] -SkipUsagePlan", 0, 0)]
    public void PlansAndMembersAreReadOnce(string script, int plans, int members)
    {
        using ModuleSession session = new();
        session.Good("""
            $plans = 'a', 'b', 'c' | ForEach-Object { New-ApiGatewayUsagePlan $_ }
            1..9 | ForEach-Object { "key-$_" } | New-ApiGatewayApiKey -UsagePlanId $plans[0, 1]
            """);
        long before = session.Emulator.RequestCount;
        session.Good(script, Path.Combine(_folder, "keys.json"));
        Assert.Equal((plans, members, plans + members + 1), (session.Emulator.CountOf("GetUsagePlans"),
            session.Emulator.CountOf("GetUsagePlanKeys"), session.Emulator.RequestCount - before));
    }

    [Fact]
    public void WhenPlansCannotBeReadNothingIsWritten()
    {
        EmulatorFault denied = new() { Kind = EmulatorFaultKind.AccessDenied, Operation = "GetUsagePlans" };
        using ModuleSession session = new(emulator: new ApiGatewayEmulator(faults: [denied]));
        Seed.Keys(session, 3);
        foreach (string script in new[] { "Export-ApiGatewayApiKey $args[0]", "Get-ApiGatewayApiKey | Export-ApiGatewayApiKey $args[0]" })
        {
            Outcome outcome = session.Run(script, Path.Combine(_folder, "keys.json"));
            Assert.Contains("-SkipUsagePlan", string.Join(' ', outcome.ErrorTexts));
            Assert.Empty(Directory.GetFiles(_folder));
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
