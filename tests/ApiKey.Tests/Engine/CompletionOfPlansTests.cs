namespace ApiKey.Tests.Engine;

/// <summary>What usage plans say is offered: stages, their APIs, products. And what is known without a call: verbs, running
/// emulators.</summary>
public sealed class CompletionOfPlansTests : IDisposable
{
    private readonly ModuleSession _session = new();

    public CompletionOfPlansTests() => _session.Unconnected().Good("""
        Connect-ApiGateway -Emulator -Region eu-central-1
        $null = New-ApiGatewayUsagePlan gold -ApiStage a1b2c3d4e5:prod, a1b2c3d4e5:test -ProductCode p-one
        $null = New-ApiGatewayUsagePlan silver -ApiStage f6g7h8i9j0:dev, a1b2c3d4e5:prod
        """);

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("Set-ApiGatewayUsagePlan gold -RemoveApiStage ", "a1b2c3d4e5:prod a1b2c3d4e5:test f6g7h8i9j0:dev")]
    [InlineData("Set-ApiGatewayUsagePlan gold -AddApiStage f", "f6g7h8i9j0:dev")]
    [InlineData("Set-ApiGatewayUsagePlan gold -ApiStage x", "")]
    [InlineData("New-ApiGatewayUsagePlan p -ApiStage 'A1", "'a1b2c3d4e5:prod' 'a1b2c3d4e5:test'")]
    [InlineData("New-ApiGatewayUsagePlan p -ProductCode ", "p-one")]
    [InlineData("Set-ApiGatewayUsagePlan p -ProductCode P", "p-one")]
    [InlineData("Test-ApiGatewayApiKey k -ApiId ", "a1b2c3d4e5 f6g7h8i9j0")]
    [InlineData("Test-ApiGatewayApiKey k -Stage ", "dev prod test")]
    [InlineData("Test-ApiGatewayApiKey k -ApiId a1b2c3d4e5 -Stage ", "prod test")]
    [InlineData("Test-ApiGatewayApiKey k -ApiId f6g7h8i9j0 -Stage p", "")]
    [InlineData("Test-ApiGatewayApiKey k -Region eu-west-3 -ApiId ", "")]
    [InlineData("Test-ApiGatewayApiKey k -Method p", "PATCH POST PUT")]
    public void TabOffersWhatIsThere(string line, string offered) => Assert.Equal(offered, string.Join(' ', Texts(line).Order()));

    [Fact]
    public void TabOffersRunningEmulators()
    {
        string address = _session.One<string>("(Start-ApiGatewayEmulator).Uri.ToString()");
        Assert.Contains(address, Texts("Stop-ApiGatewayEmulator "));
        Assert.Contains(address, Texts("Stop-ApiGatewayEmulator -Uri http://"));
        Assert.Contains(address, Texts("Connect-ApiGateway -EndpointUrl "));
        Assert.Contains(address, Texts("Get-ApiGatewayApiKey -EndpointUrl h"));
        Assert.Equal(["https://my.endpoint"], Texts("Get-ApiGatewayApiKey -EndpointUrl https://my.endpoint"));
        _session.Good("Stop-ApiGatewayEmulator $args[0]", address);
        Assert.DoesNotContain(address, Texts("Stop-ApiGatewayEmulator "));
    }

    private string[] Texts(string line) => [.. _session.Good(
        "(TabExpansion2 $args[0] $args[0].Length).CompletionMatches.CompletionText", line).Where(text => text is not null)
        .Select(text => text.ToString()!)];
}
