using System.Management.Automation;
using ApiKey.Model;

namespace ApiKey.Tests.Engine;

/// <summary>Wrong input is refused before any call, by name and limit.</summary>
public class InputTests : IDisposable
{
    private readonly ModuleSession _session = new();

    [Theory]
    [InlineData("New-ApiGatewayApiKey ''", "EmptyParameter", "-Name was given nothing")]
    [InlineData("New-ApiGatewayApiKey ' '", "EmptyParameter", "-Name was given nothing")]
    [InlineData("New-ApiGatewayApiKey ('n' * 1025)", "InvalidApiKey", "1025 characters; AWS accepts at most 1024")]
    [InlineData("New-ApiGatewayApiKey a -Description ('d' * 125001)", "InvalidApiKey", "125001 characters; AWS accepts at most 125000")]
    [InlineData("New-ApiGatewayApiKey a -Value ('v' * 19)", "InvalidApiKey", "19 characters; AWS accepts 20 to 128")]
    [InlineData("New-ApiGatewayApiKey a -Value ('v' * 129)", "InvalidApiKey", "129 characters; AWS accepts 20 to 128")]
    [InlineData("New-ApiGatewayApiKey a -Value ('v-' * 10)", "InvalidApiKey", "other than letters and digits")]
    [InlineData("New-ApiGatewayApiKey a -Value ''", "EmptyParameter", "-Value was given nothing")]
    [InlineData("New-ApiGatewayApiKey a -Value $null", "EmptyParameter", "-Value was given nothing")]
    [InlineData("New-ApiGatewayApiKey a -Enabled perhaps", "ParameterArgumentTransformationError", "neither true nor false")]
    [InlineData("New-ApiGatewayApiKey a -Enabled 2", "ParameterArgumentTransformationError", "neither true nor false")]
    [InlineData("New-ApiGatewayApiKey a -Tag @{ n = 5 }", "ParameterArgumentTransformationError", "tag values are text")]
    [InlineData("New-ApiGatewayApiKey a -Tag @{ 5 = 'n' }", "ParameterArgumentTransformationError", "tag keys are text")]
    [InlineData("New-ApiGatewayApiKey a -Tag 7", "ParameterArgumentTransformationError", "Give a hashtable")]
    [InlineData("New-ApiGatewayApiKey a -Tag @{ 'aws:x' = 'n' }", "InvalidApiKey", "AWS keeps for itself")]
    [InlineData("New-ApiGatewayApiKey a -Tag @{ '' = 'n' }", "InvalidApiKey", "empty key")]
    [InlineData("New-ApiGatewayApiKey a -Tag @{ ('k' * 129) = 'n' }", "InvalidApiKey", "129 characters; AWS accepts at most 128")]
    [InlineData("New-ApiGatewayApiKey a -Tag @{ k = 'n' * 257 }", "InvalidApiKey", "257 characters; AWS accepts at most 256")]
    [InlineData("$t = @{}; 1..51 | ForEach-Object { $t[\"k$_\"] = 'v' }; New-ApiGatewayApiKey a -Tag $t", "InvalidApiKey",
        "51 tags; an API key can have at most 50")]
    [InlineData("Set-ApiGatewayApiKey x", "NothingToChange", "Specify at least one of")]
    [InlineData("Set-ApiGatewayApiKey x -Name ''", "EmptyParameter", "-Name was given nothing")]
    [InlineData("Set-ApiGatewayApiKey x -Value ('v' * 20)", "ValueIsImmutable", "can never change")]
    [InlineData("Set-ApiGatewayApiKey x -Tag @{ a = 'b' } -AddTag @{ c = 'd' }", "ContradictoryParameters", "exactly these tags")]
    [InlineData("Set-ApiGatewayApiKey x -Tag @{} -RemoveTag c", "ContradictoryParameters", "exactly these tags")]
    [InlineData("Set-ApiGatewayApiKey x -AddTag @{ a = 'b' } -RemoveTag a", "ContradictoryParameters", "in -AddTag and in -RemoveTag")]
    [InlineData("Set-ApiGatewayApiKey x -RemoveTag 'e*'", "ParameterArgumentTransformationError",
        "'e*' has a wildcard, and no key of a tag")]
    [InlineData("Set-ApiGatewayApiKey x -RemoveTag a, 'e?v'", "ParameterArgumentTransformationError", "Specify each key in full")]
    [InlineData("Set-ApiGatewayUsagePlan x -RemoveTag '[e]nv'", "ParameterArgumentTransformationError", "'[e]nv' has a wildcard")]
    [InlineData("Get-ApiGatewayApiKey -HasTag 'e*'", "ParameterArgumentTransformationError", "'e*' has a wildcard")]
    [InlineData("Connect-ApiGateway -IgnoreTag 'e*'", "ParameterArgumentTransformationError", "or the start of keys with -IgnoreTagPrefix")]
    [InlineData("Connect-ApiGateway -IgnoreTagPrefix 'e*'", "ParameterArgumentTransformationError", "Specify the start of the keys alone")]
    [InlineData("Set-ApiGatewayApiKey x -RemoveTag aws:y", "InvalidApiKey", "AWS keeps for itself")]
    [InlineData("Set-ApiGatewayApiKey ' ' -Name a", "EmptyParameter", "-Id was given nothing")]
    [InlineData("Get-ApiGatewayApiKey -Id ''", "EmptyParameter", "-Id was given nothing")]
    [InlineData("Remove-ApiGatewayApiKey $null -Confirm:$false", "EmptyParameter", "-Id was given nothing")]
    [InlineData("Get-ApiGatewayApiKey -Name a -Id b", "AmbiguousParameterSet", "")]
    [InlineData("Get-ApiGatewayApiKey -EndpointUrl http://example.com", "InvalidConnection", "not encrypted")]
    [InlineData("Get-ApiGatewayApiKey -EndpointUrl ftp://example.com", "InvalidConnection", "not an http or https address")]
    [InlineData("Get-ApiGatewayApiKey -EndpointUrl example", "InvalidConnection", "not an http or https address")]
    [InlineData("Get-ApiGatewayApiKey -Region 'nowhere at all'", "InvalidConnection", "region")]
    public void WrongInputIsRefusedBeforeAnyCall(string script, string errorIds, string says)
    {
        Outcome outcome = _session.Run(script);
        Assert.Contains(outcome.ErrorId, errorIds.Split('|'));
        Assert.Contains(says, outcome.Error.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.Empty(outcome.Output);
        Assert.Equal(0, _session.Emulator.RequestCount);
    }

    [Theory]
    [InlineData("-AccessKey a", "go together")]
    [InlineData("-SecretKey a", "go together")]
    [InlineData("-SessionToken a", "-SessionToken goes with")]
    [InlineData("-AccessKey a -SecretKey b -ProfileName c", "each name credentials")]
    [InlineData("-ExternalId a", "goes with -RoleArn")]
    [InlineData("-Emulator -EndpointUrl http://127.0.0.1:1", "needs no endpoint")]
    [InlineData("-Emulator -AccessKey a -SecretKey b", "needs no endpoint and no credentials")]
    [InlineData("-Emulator -ProfileName p", "has no meaning")]
    [InlineData("-Emulator -UseFipsEndpoint", "has no meaning")]
    [InlineData("-EndpointUrl https://example.com -UseFipsEndpoint", "do not go with -EndpointUrl")]
    [InlineData("-EndpointUrl http://example.com", "-AllowUnencryptedEndpoint")]
    [InlineData("-DefaultTag @{ 'aws:a' = 'b' }", "AWS keeps for itself")]
    [InlineData("-Credential 5", "Give a PSCredential")]
    public void ContradictionsInAConnectionAreRefusedAndTheOldOneStays(string parameters, string says)
    {
        _session.Unconnected().Good("Connect-ApiGateway -Emulator -Region eu-west-3");
        Outcome outcome = _session.Run($"Connect-ApiGateway {parameters}");
        Assert.Contains(says, outcome.Error.ToString());
        Assert.Equal("eu-west-3", Assert.Single(_session.Good("(Get-ApiGatewayConnection).Region")).ToString());
    }

    [Fact]
    public void DefaultTagsCountAgainstTheLimit()
    {
        Outcome outcome = _session.Unconnected().Run("""
            $defaults = @{}; 1..30 | ForEach-Object { $defaults["d$_"] = 'v' }
            $own = @{}; 1..21 | ForEach-Object { $own["o$_"] = 'v' }
            Connect-ApiGateway -Emulator -DefaultTag $defaults
            New-ApiGatewayApiKey a -Tag $own
            """);
        Assert.Contains("51 tags", outcome.Error.ToString());
    }

    [Fact]
    public void SkippingTheValueCheckLeavesTheDecisionToAws()
    {
        Assert.Equal("with-hyphen-in-the-value",
            _session.One<ApiKeyInfo>("New-ApiGatewayApiKey a -Value with-hyphen-in-the-value -SkipValueCheck").Value);
        Outcome outcome = _session.Run("New-ApiGatewayApiKey b -Value short -SkipValueCheck");
        Assert.Equal("InvalidRequest", outcome.ErrorId);
        Assert.Contains("API Key value should be at least 20 characters", outcome.Error.ToString());
    }

    [Fact]
    public void ASecureValueIsTaken() =>
        Assert.Equal("abcdefghij0123456789",
            _session.One<ApiKeyInfo>(
                "$s = [securestring]::new(); 'abcdefghij0123456789'.ToCharArray() | ForEach-Object { $s.AppendChar($_) }; "
                + "New-ApiGatewayApiKey a -Value $s").Value);

    [Fact]
    public void OneBadItemDoesNotStopTheOthers()
    {
        Outcome outcome = _session.Run("'a', '', 'c' | New-ApiGatewayApiKey");
        Assert.Equal(["a", "c"], outcome.Output.Select(key => ((ApiKeyInfo)key.BaseObject).Name));
        Assert.Equal(("EmptyParameter", ErrorCategory.InvalidArgument), (outcome.ErrorId, outcome.Error.CategoryInfo.Category));
    }

    [Fact]
    public void TagsMayComeInADictionaryOfDotNets() =>
        Assert.Equal("a=b", _session.One<ApiKeyInfo>("New-ApiGatewayApiKey a -Tag $args[0]", new Dictionary<string, string> { ["a"] = "b" })
            .Tags.ToString());

    public void Dispose() => _session.Dispose();
}
