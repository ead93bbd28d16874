namespace ApiKey.Tests.Engine;

/// <summary>A function around a command, as PowerShell makes one, has the parameters' types and none of their transformations.</summary>
public sealed class CommandWrapperTests : IDisposable
{
    private readonly ModuleSession _session = new();

    public CommandWrapperTests() => _session.Good(
        "${function:New-Wrapped} = [System.Management.Automation.ProxyCommand]::Create((Get-Command New-ApiGatewayApiKey))");

    [Theory]
    [InlineData("@{ env = 'prod'; team = '' }", "env=prod, team=")]
    [InlineData("([ordered]@{ b = '1'; a = '2' })", "a=2, b=1")]
    [InlineData("([System.Collections.Generic.Dictionary[string, string]]::new())", "")]
    [InlineData("@{}", "")]
    [InlineData("'env=prod, team=a'", "env=prod, team=a")]
    [InlineData("(New-ApiGatewayApiKey other -Tag @{ x = 'y' }).Tags", "x=y")]
    public void ItAcceptsTagsAsTheCommandDoes(string tags, string made)
    {
        Assert.Equal(made, _session.Good($"(New-ApiGatewayApiKey k -Tag {tags}).Tags.ToText()")[0].ToString());
        Assert.Equal(made, _session.Good($"(New-Wrapped k -Tag {tags}).Tags.ToText()")[0].ToString());
    }

    [Theory]
    [InlineData("'rubbish'")]
    [InlineData("@{ env = 1 }")]
    [InlineData("@{ env = $null }")]
    [InlineData("$null")]
    [InlineData("7")]
    public void ItMakesNoKeyOfWhatIsNoTags(string tags)
    {
        _session.Run($"New-Wrapped k -Tag {tags}");
        Assert.Empty(_session.Good("Get-ApiGatewayApiKey"));
    }

    [Fact]
    public void ItAcceptsPlansAndSwitches() => Assert.Equal("1 False", _session.Good("""
        $plan = New-ApiGatewayUsagePlan gold
        $key = New-Wrapped k -UsagePlanId $plan -Enabled $false
        "$(@(Get-ApiGatewayUsagePlanKey $plan).Count) $($key.Enabled)"
        """)[0].ToString());

    public void Dispose() => _session.Dispose();
}
