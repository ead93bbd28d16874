using ApiKey.Emulator;
using ApiKey.Tests.Engine;

namespace ApiKey.Tests.Interop;

/// <summary>Usage plans, and which keys are in them, are handed over to Terraform with the keys: all imported, nothing changed.</summary>
[Trait(Category.Name, Category.Foreign)]
public sealed class TerraformPlanHandOverTests : IDisposable
{
    private readonly ApiGatewayEmulator _emulator = new();
    private readonly EmulatorServer _server;
    private TerraformFolder? _folder;

    public TerraformPlanHandOverTests()
    {
        _server = new EmulatorServer(_emulator);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-DefaultTag @{ team = 'a' } -IgnoreTag ignored")]
    public async Task PlansAndTheirKeysAreTakenOverUnchanged(string settings)
    {
        _folder = await TerraformFolder.Open(_server.Uri);
        _emulator.SeedStage("us-east-1", "abcdef1234", "prod");
        _emulator.SeedStage("us-east-1", "abcdef1234", "test");
        using ModuleSession session = new();
        session.Unconnected().Good(
            $"Connect-ApiGateway us-east-1 -EndpointUrl $args[0] -AccessKey AKIDEXAMPLE -SecretKey secret {settings}", _server.Uri);
        session.Good("""
            $gold = New-ApiGatewayUsagePlan gold -Description 'with ${all}' -RateLimit 5.5 -BurstLimit 10 `
                -QuotaLimit 100 -QuotaPeriod Month -QuotaOffset 3 `
                -ApiStage @{ ApiId = 'abcdef1234'; Stage = 'prod'; Throttle = @{ '/pets/GET' = @{ RateLimit = 2.5; BurstLimit = 4 } } } `
                -Tag @{ env = 'prod'; '${x}' = '%{y}' }
            $silver = New-ApiGatewayUsagePlan gold -RateLimit 1 -BurstLimit 0 -ApiStage abcdef1234:test
            $bronze = New-ApiGatewayUsagePlan '9 "bronze"' -QuotaLimit 10 -QuotaPeriod Day
            New-ApiGatewayUsagePlan empty -RateLimit 0.5 -BurstLimit 5
            'a', 'a', '${b}', '9' | New-ApiGatewayApiKey -UsagePlanId $gold, $silver -Tag @{ env = 'prod' }
            New-ApiGatewayApiKey 'only bronze' -UsagePlanId $bronze
            New-ApiGatewayApiKey 'in none'
            """);
        session.Good("Export-ApiGatewayApiKey $args[0]", Path.Combine(_folder.Path, "keys.tf"));
        _folder.WriteConfiguration("", isOverride: settings.Length > 0);
        Assert.Contains("Apply complete! Resources: 19 imported, 0 added, 0 changed, 0 destroyed.",
            await _folder.Run("apply", "-auto-approve", "-no-color"));
        Assert.Contains("No changes.", await _folder.Run("plan", "-no-color"));
    }

    public void Dispose()
    {
        _server.Dispose();
        _folder?.Dispose();
    }
}
