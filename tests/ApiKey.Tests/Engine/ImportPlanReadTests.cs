using ApiKey.Model;

namespace ApiKey.Tests.Engine;

/// <summary>Which keys of an import are asked for their plans.</summary>
public sealed class ImportPlanReadTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("apikey").FullName;

    [Fact]
    public void OnlyKeysOfRowsThatNameAPlanAreAskedForTheirs()
    {
        using ModuleSession session = new();
        string plan = session.One<UsagePlanInfo>("New-ApiGatewayUsagePlan gold").Id;
        long before = session.Emulator.CountOf("GetUsagePlans");
        string file = Path.Combine(_folder, "keys.csv");
        File.WriteAllText(file, $"Name,Key,UsagePlanIds\na,,{plan}\nb,,\nc,,\n");
        Assert.Equal(3, session.Good("Import-ApiGatewayApiKey -Path $args[0]", file).Count);

        // Once to see that the plan is there, and once for the key.
        Assert.Equal(2, session.Emulator.CountOf("GetUsagePlans") - before);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
