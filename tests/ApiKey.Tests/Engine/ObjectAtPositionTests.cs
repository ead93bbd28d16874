using ApiKey.Model;

namespace ApiKey.Tests.Engine;

/// <summary>An object where a name may stand is meant as itself, in its own place; text there stays a name.</summary>
public sealed class ObjectAtPositionTests : IDisposable
{
    private readonly ModuleSession _session = new ModuleSession().WithUtility();

    public ObjectAtPositionTests() => _session.Unconnected().Good("""
        Connect-ApiGateway -Emulator -Region eu-central-1
        $global:key = New-ApiGatewayApiKey a -Region us-east-1
        $global:namesake = New-ApiGatewayApiKey a -Region us-east-1
        $global:other = New-ApiGatewayApiKey b
        $global:plan = New-ApiGatewayUsagePlan gold -Region us-east-1
        $null = New-ApiGatewayUsagePlan gold -Region us-east-1
        $global:here = New-ApiGatewayUsagePlan silver
        $global:member = Add-ApiGatewayUsagePlanKey $plan $key -PassThru
        """);

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("$key")]
    [InlineData("@($key)")]
    [InlineData("$member")]
    [InlineData("([Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($key)))")]
    [InlineData("(Get-ApiGatewayApiKey $key)")]
    public void AKeyIsReadAgainInItsOwnPlace(string key)
    {
        ApiKeyInfo read = _session.One<ApiKeyInfo>($"Get-ApiGatewayApiKey {key} -IncludeValue");
        Assert.Equal(_session.Good("$key.Id").Single().ToString(), read.Id);
        Assert.Equal("us-east-1", read.Region);
        Assert.NotNull(read.Value);
    }

    [Theory]
    [InlineData("$plan")]
    [InlineData("([Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($plan)))")]
    public void APlanIsReadAgainInItsOwnPlace(string plan)
    {
        UsagePlanInfo read = _session.One<UsagePlanInfo>($"Get-ApiGatewayUsagePlan {plan}");
        Assert.Equal(_session.Good("$plan.Id").Single().ToString(), read.Id);
        Assert.Equal("us-east-1", read.Region);
    }

    [Fact]
    public void AKeyOfAPlanIsTheOneThatIsGiven()
    {
        Assert.Equal("a", _session.One<UsagePlanKeyInfo>("Get-ApiGatewayUsagePlanKey $plan $key").Name);
        Assert.Equal("UsagePlanKeyNotFound", _session.Run("Get-ApiGatewayUsagePlanKey $plan $namesake").ErrorId);
        Assert.Equal("a", _session.One<UsagePlanKeyInfo>("Get-ApiGatewayUsagePlanKey $plan a*").Name);
    }

    [Theory]
    [InlineData("Get-ApiGatewayApiKey b", "b")]
    [InlineData("Get-ApiGatewayApiKey b, 'x*'", "b")]
    [InlineData("Get-ApiGatewayApiKey $other.Name", "b")]
    [InlineData("Get-ApiGatewayApiKey $key, $other", "a b")]
    [InlineData("$other.Id | Get-ApiGatewayApiKey", "b")]
    [InlineData("Get-ApiGatewayUsagePlan silver", "silver")]
    [InlineData("'silver' | Get-ApiGatewayUsagePlan", "silver")]
    [InlineData("[pscustomobject]@{ UsagePlanId = $here.Id } | Get-ApiGatewayUsagePlan", "silver")]
    [InlineData("$key | Get-ApiGatewayUsagePlan", "gold")]
    [InlineData("Get-ApiGatewayUsagePlan -ApiKeyId $key", "gold")]
    [InlineData("Get-ApiGatewayUsagePlan -ApiKeyId $key.Id -Region us-east-1", "gold")]
    [InlineData("Get-ApiGatewayUsagePlan", "silver")]
    public void TextIsANameThereAndAnIdInThePipeline(string line, string names) =>
        Assert.Equal(names, string.Join(' ', _session.Good(line).Select(item => item.Properties["Name"].Value)));

    [Theory]
    [InlineData("Get-ApiGatewayApiKey -Name $key", "InvalidName")]
    [InlineData("Get-ApiGatewayApiKey $key -Enabled $true", "InvalidName")]
    [InlineData("Get-ApiGatewayApiKey -Name @{ a = 1 }", "InvalidName")]
    [InlineData("Get-ApiGatewayApiKey -Name ([pscustomobject]@{ Id = 'x' })", "InvalidName")]
    [InlineData("Get-ApiGatewayApiKey $key, b", "ParameterArgumentTransformationError")]
    [InlineData("Get-ApiGatewayApiKey ([datetime]::UtcNow)", "InvalidId")]
    [InlineData("Get-ApiGatewayApiKey $plan", "InvalidId")]
    [InlineData("Get-ApiGatewayUsagePlan $key", "InvalidName")]
    public void WhatIsNeitherIsRefusedBeforeAnyCall(string line, string errorId)
    {
        Outcome outcome = _session.Run(line);
        Assert.Equal(errorId, outcome.ErrorId);
        Assert.Empty(outcome.Output);
    }
}
