namespace ApiKey.Tests.Engine;

/// <summary>A usage plan with stages goes into JSON of any depth and back.</summary>
public sealed class PlanJsonTests : IDisposable
{
    private readonly ModuleSession _session = new ModuleSession().WithUtility();

    public PlanJsonTests() => _session.Good("""
        $null = New-ApiGatewayUsagePlan gold -ApiStage a1b2c3d4e5:prod, a1b2c3d4e5:test
        $json = Get-ApiGatewayUsagePlan gold | ConvertTo-Json -WarningAction Ignore
        $deep = Get-ApiGatewayUsagePlan gold | ConvertTo-Json -Depth 5
        """);

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("$json | ConvertFrom-Json | New-ApiGatewayUsagePlan")]
    [InlineData("$deep | ConvertFrom-Json | New-ApiGatewayUsagePlan")]
    [InlineData("$json | ConvertFrom-Json | ForEach-Object { New-ApiGatewayUsagePlan p -ApiStage $_.ApiStages }")]
    [InlineData("$json | ConvertFrom-Json | ForEach-Object { New-ApiGatewayUsagePlan p -ApiStage $_.ApiStages[0], $_.ApiStages[1] }")]
    public void ItMakesThePlanAgain(string script) =>
        Assert.Equal("a1b2c3d4e5:prod a1b2c3d4e5:test", _session.One<string>($"\"$(({script}).ApiStages)\""));

    [Theory]
    [InlineData("$json")]
    [InlineData("$deep")]
    public void ItIsAsTheDesiredStateSays(string json) =>
        Assert.Equal("None", _session.One<string>(
            $"\"$(({json} | ConvertFrom-Json | Compare-ApiGatewayApiKey -IncludeUnchanged).Action)\""));

    [Fact]
    public void OneStageAloneIsOne() => Assert.Equal("a1b2c3d4e5:prod", _session.One<string>(
        "\"$((New-ApiGatewayUsagePlan p -ApiStage ($json | ConvertFrom-Json).ApiStages[0]).ApiStages)\""));

    [Fact]
    public void AnEmptyObjectIsNoStage() => Assert.Contains("lacks the API's id", _session.One<string>(
        "try { Set-ApiGatewayUsagePlan gold -ApiStage ('{}' | ConvertFrom-Json) -ErrorAction Stop } catch { $_.Exception.Message }"),
        StringComparison.Ordinal);
}
