namespace ApiKey.Tests.Engine;

/// <summary>Whoever types a name where an id is meant is shown the command that works; a region that cannot be one is refused at
/// once.</summary>
public sealed class NameForIdTests : IDisposable
{
    private readonly ModuleSession _session = new();

    /// <summary>Commands that address a key by id.</summary>
    public static TheoryData<string, string> Commands => new()
    {
        { "Set-ApiGatewayApiKey {0} -Enabled $false", "Set-ApiGatewayApiKey" },
        { "Remove-ApiGatewayApiKey {0} -Confirm:$false", "Remove-ApiGatewayApiKey" },
        { "Import-ApiGatewayApiKey {0}", "Import-ApiGatewayApiKey" },
        { "Invoke-ApiGatewayApiKeyRotation {0}", "Invoke-ApiGatewayApiKeyRotation" },
        { "Add-ApiGatewayUsagePlanKey $plan {0}", "Add-ApiGatewayUsagePlanKey" },
    };

    public void Dispose() => _session.Dispose();

    [Theory]
    [MemberData(nameof(Commands))]
    public void AKeyAddressedByItsNameIsNotFoundAndTheErrorShowsTheCommandThatWorks(string script, string command)
    {
        _session.Good("$plan = New-ApiGatewayUsagePlan p; $null = New-ApiGatewayApiKey 'partner a'");
        System.Management.Automation.ErrorRecord error = Assert.Single(_session.Run(string.Format(
            System.Globalization.CultureInfo.InvariantCulture, script, "'partner a'")).Errors);
        Assert.StartsWith("ApiKeyNotFound,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains($"for a name, use Get-ApiGatewayApiKey 'partner a' | {command}.", error.ToString());
        string arguments = script[command.Length..].Replace(" {0}", "", StringComparison.Ordinal);
        Assert.Empty(_session.Run($"Get-ApiGatewayApiKey 'partner a' | {command}{arguments}").Errors);
    }

    [Fact]
    public void AKeyObjectThatIsGoneIsNotTakenForAName()
    {
        System.Management.Automation.ErrorRecord error = Assert.Single(_session.Run(
            "$key = New-ApiGatewayApiKey a; $key | Remove-ApiGatewayApiKey -Confirm:$false; $key | Set-ApiGatewayApiKey -Enabled $false")
            .Errors);
        Assert.DoesNotContain("for a name", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Connect-ApiGateway 'emulator, us-east-1'", "'emulator, us-east-1'")]
    [InlineData("Connect-ApiGateway -Emulator -Region 'eu central 1'", "'eu central 1'")]
    [InlineData("Get-ApiGatewayApiKey -Region eu_west_1", "'eu_west_1'")]
    [InlineData("Get-ApiGatewayUsagePlan -Region https://eu-west-1", "'https://eu-west-1'")]
    public void ARegionThatCannotBeOneIsRefusedBeforeAnyCall(string script, string region)
    {
        long before = _session.Emulator.RequestCount;
        System.Management.Automation.ErrorRecord error = Assert.Single(_session.Run(script).Errors);
        Assert.Contains($"{region} is not the name of a region. Names of regions look like eu-central-1.", error.ToString());
        Assert.Equal(before, _session.Emulator.RequestCount);
    }
}
