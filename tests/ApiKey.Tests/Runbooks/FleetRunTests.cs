using System.Globalization;
using System.Text.Json;
using ApiKey.Emulator;
using ApiKey.Model;
using ApiKey.Tests.Engine;
using ApiKey.Tests.Interop;

namespace ApiKey.Tests.Runbooks;

/// <summary>The scripts inside the documents for fleets, run unchanged in a real PowerShell; only what installs modules, the vault and
/// the clock are stand-ins.</summary>
[Trait(Category.Name, Category.Foreign)]
public sealed class FleetRunTests : IDisposable
{
    private const string Region = "us-east-1";

    // A secret that the vault does not have fails, as at AWS. Lines of the log show the order.
    private const string StandIns = """
        function Register-PSResourceRepository { "register $args" >> $env:FLEET_LOG }
        function Install-PSResource { "install $args" >> $env:FLEET_LOG }
        function Import-Module { "import $args" >> $env:FLEET_LOG }
        function Start-Sleep { param($Seconds) "sleep $Seconds" >> $env:FLEET_LOG }
        function Write-SECSecretValue {
            [CmdletBinding()] param($SecretId, $SecretString, $Region)
            if ($SecretId -eq 'down') { Write-Error 'The vault is down.'; return }
            "secret $SecretId $SecretString" >> $env:FLEET_LOG
        }

        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("apikey-fleet-").FullName;
    private readonly ApiGatewayEmulator _emulator = new();
    private readonly EmulatorServer _server;
    private readonly ModuleSession _session;

    public FleetRunTests()
    {
        _server = new EmulatorServer(_emulator);
        _session = new ModuleSession(settings: new Service.ApiGatewayConnection { Region = Region }, emulator: _emulator);
    }

    [Fact]
    public async Task TheAutomationDeliversWhatAwsAcceptsAndThenDisables()
    {
        string id = Seed("old", "partners/old");
        _session.Good("Add-ApiGatewayUsagePlanKey $args[0] -UsagePlanId (New-ApiGatewayUsagePlan gold)", id);
        ToolRun first = await Automation(graceDays: "7");
        Assert.True(first.ExitCode == 0, first.Error);
        using (JsonDocument result = JsonDocument.Parse(first.Output))
        {
            Assert.StartsWith($"{id} -> ", result.RootElement.GetProperty("Rotated")[0].GetString(), StringComparison.Ordinal);
            Assert.Empty(result.RootElement.GetProperty("Disabled").EnumerateArray());
        }

        ApiKeyInfo successor = Keys().Single(key => key.Id != id);
        string[] log = Log();
        int sleep = Array.FindIndex(log, line => line.StartsWith("sleep ", StringComparison.Ordinal));
        Assert.InRange(int.Parse(log[sleep].Split(' ')[1], CultureInfo.InvariantCulture), 1, 90);
        Assert.Equal([$"secret partners/old {successor.Value}"], log[(sleep + 1)..]);
        Assert.StartsWith(successor.Id, successor.TagsAll["delivered"], StringComparison.Ordinal);
        Assert.All(Keys(), key => Assert.DoesNotContain(key.Value!, first.Output + first.Error, StringComparison.Ordinal));
        Assert.Contains("[0.2.0]", log.Single(line => line.StartsWith("install -Name ApiKey ", StringComparison.Ordinal)));

        // Delivered already: nothing is delivered again, and nothing disabled before its days are over.
        Assert.Equal(0, (await Automation(graceDays: "7")).ExitCode);
        Assert.Single(Log(), line => line.StartsWith("secret ", StringComparison.Ordinal));
        Assert.All(Keys(), key => Assert.True(key.Enabled));
    }

    [Fact]
    public async Task TheAutomationDisablesWhatWasDeliveredLongEnoughAgo()
    {
        string id = Seed("old", "partners/old");
        Assert.Equal(0, (await Automation(graceDays: "0")).ExitCode);
        ToolRun later = await Automation(graceDays: "0");
        Assert.True(later.ExitCode == 0, later.Error);
        using JsonDocument result = JsonDocument.Parse(later.Output);
        Assert.Equal(id, Assert.Single(result.RootElement.GetProperty("Disabled").EnumerateArray()).GetString());
        Assert.False(Keys().Single(key => key.Id == id).Enabled);
    }

    [Fact]
    public async Task TheAutomationStopsAtAFailedDeliveryAndGoesOnLater()
    {
        string ready = Seed("ready", "partners/ready");
        Assert.Equal(0, (await Automation(graceDays: "0")).ExitCode);
        string id = Seed("old", "down");
        ToolRun failed = await Automation(graceDays: "0");
        Assert.NotEqual(0, failed.ExitCode);
        Assert.Contains("The vault is down.", failed.Error);
        Assert.True(Keys().Single(key => key.Id == ready).Enabled);
        string successor = Keys().Single(key => key.Name == "old" && key.Id != id).Id;
        _session.Good("Set-ApiGatewayApiKey $args[0] -AddTag @{ secret = 'partners/old' }; "
            + "Set-ApiGatewayApiKey $args[1] -AddTag @{ secret = 'partners/old' }", id, successor);
        Assert.Equal(0, (await Automation(graceDays: "0")).ExitCode);
        Assert.False(Keys().Single(key => key.Id == ready).Enabled);
        Assert.Equal(2, Keys().Count(key => key.Name == "old"));
        Assert.Contains(Log(), line => line.StartsWith("secret partners/old ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task TheAutomationMakesNothingThatItCannotDeliver()
    {
        Seed("lost", null);
        ToolRun lost = await Automation(graceDays: "7");
        Assert.NotEqual(0, lost.ExitCode);
        Assert.Contains("tag secret", lost.Error);
        Assert.Single(Keys());
    }

    [Fact]
    public async Task TheWorkflowsStepRotatesAndDelivers()
    {
        Seed("old", "partners/old");
        ToolRun run = await Run(FleetDocuments.WorkflowScript, ("MODULE_REPOSITORY", "https://packages.example.com/"));
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("Rotated", run.Output);
        Assert.Single(Log(), line => line.StartsWith("secret partners/old ", StringComparison.Ordinal));
        Assert.Equal(2, Keys().Length);
    }

    [Fact]
    public async Task TheWorkflowsStepFailsWhenADeliveryFailed()
    {
        Seed("old", "down");
        ToolRun run = await Run(FleetDocuments.WorkflowScript, ("MODULE_REPOSITORY", "https://packages.example.com/"));
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("was not delivered", run.Error);
        Assert.All(Keys(), key => Assert.True(key.Enabled));
    }

    public void Dispose()
    {
        _session.Dispose();
        _server.Dispose();
        _emulator.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private Task<ToolRun> Automation(string graceDays) => Run($"& {{ {FleetDocuments.AutomationScript} }}", ("InputPayload",
        JsonSerializer.Serialize(new
        {
            RepositoryUri = "https://packages.example.com/",
            ApiKeyVersion = "0.2.0",
            SecretsManagerVersion = "4.1.749",
            TagKey = "rotation",
            TagValue = "nightly",
            MaxAgeDays = "30",
            GraceDays = graceDays,
            MostKeys = "100",
            Region
        })));

    private Task<ToolRun> Run(string script, params (string Name, string Value)[] environment) => PowerShellHost.RunInTurn(
        _server.Uri, StandIns + script, [("FLEET_LOG", Path.Combine(_folder, "log")), .. environment]);

    private string[] Log() => File.ReadAllLines(Path.Combine(_folder, "log"));

    private string Seed(string name, string? secret)
    {
        Dictionary<string, string> tags = new(StringComparer.Ordinal) { ["rotation"] = "nightly" };
        if (secret is not null)
        {
            tags["secret"] = secret;
        }

        return _emulator.Seed(new SeedKey { Region = Region, Name = name, CreatedDate = DateTimeOffset.UtcNow.AddDays(-40), Tags = tags });
    }

    private ApiKeyInfo[] Keys() =>
        [.. _session.Good("Get-ApiGatewayApiKey -IncludeValue").Select(key => (ApiKeyInfo)key.BaseObject)];
}
