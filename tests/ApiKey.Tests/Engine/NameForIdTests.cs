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
        { "Add-ApiGatewayUsagePlanKey p {0} -IfNotExists", "Add-ApiGatewayUsagePlanKey" },
        { "Remove-ApiGatewayUsagePlanKey p {0} -Confirm:$false", "Remove-ApiGatewayUsagePlanKey" },
        { "Get-ApiGatewayUsagePlanKey p -Id {0}", "Get-ApiGatewayUsagePlanKey" },
        { "Get-ApiGatewayApiKeyUsage {0}", "Get-ApiGatewayApiKeyUsage" },
        { "Get-ApiGatewayApiKeyUsage {0} p -StartDate ([DateTime]::UtcNow)", "Get-ApiGatewayApiKeyUsage" },
        { "Set-ApiGatewayApiKeyUsage p {0} -Remaining 5", "Set-ApiGatewayApiKeyUsage" },
        { "Get-ApiGatewayApiKey -Id {0} -IncludeValue", "Get-ApiGatewayApiKey" },
        { "Get-ApiGatewayUsagePlan -ApiKeyId {0}", "Get-ApiGatewayUsagePlan" },
    };

    public void Dispose() => _session.Dispose();

    [Theory]
    [MemberData(nameof(Commands))]
    public void AKeyAddressedByItsNameIsNotFoundAndTheErrorShowsTheLineThatWorks(string script, string command)
    {
        _session.Good("$null = New-ApiGatewayUsagePlan p -RateLimit 1 -BurstLimit 2 -QuotaLimit 9 -QuotaPeriod Day; "
            + "$key = New-ApiGatewayApiKey 'partner a' -Region eu-central-1");
        if (!script.StartsWith("Add-", StringComparison.Ordinal))
        {
            _session.Good("$null = Add-ApiGatewayUsagePlanKey p $key");
        }

        System.Management.Automation.ErrorRecord error = Assert.Single(_session.Run(string.Format(
            System.Globalization.CultureInfo.InvariantCulture, script, "'partner a' -Region eu-central-1")).Errors);
        Assert.Matches("^(ApiKey|UsagePlanKey)NotFound,", error.FullyQualifiedErrorId);
        string line = System.Text.RegularExpressions.Regex.Match(error.ToString(), @"for a name, use (.*?)\. (List|Get)").Groups[1].Value;
        Assert.Contains(command, line, StringComparison.Ordinal);
        Assert.Empty(_session.Run(line).Errors);
    }

    [Theory]
    [InlineData("it's [1]", "'it''s `[1`]'")]
    public void TheLineFindsAnyName(string name, string quoted)
    {
        _session.Good("$null = New-ApiGatewayApiKey $args[0]", name);
        string error = _session.Run("Set-ApiGatewayApiKey $args[0] -Description d", name).Error.ToString();
        Assert.Contains($"use Get-ApiGatewayApiKey {quoted} | Set-ApiGatewayApiKey -Description d.", error);
    }

    [Fact]
    public void AnIdWhereANameIsMeantIsNotFoundAndTheErrorNamesTheParameter()
    {
        Assert.Contains("or -Id for an id.", _session.Run("Get-ApiGatewayApiKey (New-ApiGatewayApiKey a).Id").Error.ToString());
        Assert.Contains("or -Id for an id.", _session.Run("Get-ApiGatewayUsagePlan (New-ApiGatewayUsagePlan p).Id").Error.ToString());
        Assert.Contains("for a name, use -Name 'a'.", _session.Run("'x' | Find-ApiGatewayApiKeyLeak -Id a").Errors[0].ToString());
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
