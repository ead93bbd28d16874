using System.Net;
using System.Text;
using ApiKey.Service;

namespace ApiKey.Tests.Engine;

/// <summary>A region that does not exist is a warning with the nearest that does, once in a session, wherever it was given.</summary>
public sealed class UnknownRegionTests : IDisposable
{
    private readonly ModuleSession _session = new ModuleSession().Unconnected();

    public UnknownRegionTests() => _session.Good("$global:aws = $args[0]", new ApiGatewayConnection
    {
        Region = "eu-central-1",
        Credentials = () => new GivenCredentials("AKIDEXAMPLE", "secret", null),
        Around = _ => new NoKeys(),
    });

    /// <summary>Every command with -Region that reads without anything else.</summary>
    public static TheoryData<string> Lines =>
    [
        "Connect-ApiGateway us-est-1",
        "Get-ApiGatewayApiKey -Connection $aws -Region us-est-1",
        "Get-ApiGatewayUsagePlan -Connection $aws -Region us-est-1",
        "Remove-ApiGatewayApiKey k -Connection $aws -Region us-est-1 -Confirm:$false -IfExists",
        "Find-ApiGatewayApiKeyLeak NOTICE -Connection $aws -Region us-est-1",
        "Compare-ApiGatewayApiKey @{ name = 'a'; region = 'us-est-1' } -Connection $aws",
        "$null = New-ApiGatewayApiKey a -Connection $aws -Region us-est-1 -WhatIf",
    ];

    public void Dispose() => _session.Dispose();

    [Theory]
    [MemberData(nameof(Lines))]
    public void TheWarningNamesTheNearestRegionOnceInASession(string line)
    {
        Assert.Contains("'us-est-1' is not known. Did you mean 'us-east-1'?", Assert.Single(WarningsOf(line)));
        Assert.Empty(WarningsOf(line));
        Assert.Empty(_session.Run("Get-ApiGatewayApiKey -Connection $aws -Region us-est-1").Warnings);
    }

    [Fact]
    public void EachRegionOfAListIsLookedAt()
    {
        Outcome outcome = _session.Run("Get-ApiGatewayApiKey -Connection $aws -Region eu-west-1, eu-wset-1, mars-1");
        Assert.Equal(2, outcome.Warnings.Count);
        Assert.Contains("'eu-wset-1' is not known. Did you mean 'eu-west-1'?", outcome.Warnings[0]);
        Assert.Contains("'mars-1' is not known. AWS may", outcome.Warnings[1]);
        Assert.DoesNotContain(_session.Good("(TabExpansion2 'Get-ApiGatewayApiKey -Region ').CompletionMatches.CompletionText"),
            region => region.ToString() is "mars-1" or "eu-wset-1");
    }

    [Theory]
    [InlineData("Connect-ApiGateway frankfurt", "Did you mean 'eu-central-1'?")]
    [InlineData("Connect-ApiGateway us-east-1a", "Did you mean 'us-east-1'?")]
    [InlineData("Connect-ApiGateway useast2", "Did you mean 'us-east-2'?")]
    public void WhatPeopleTypeInsteadIsUnderstood(string line, string hint) =>
        Assert.Contains(hint, Assert.Single(_session.Run(line).Warnings));

    [Theory]
    [InlineData("Connect-ApiGateway eu-central-1")]
    [InlineData("Connect-ApiGateway us-gov-west-1")]
    [InlineData("Connect-ApiGateway cn-north-1")]
    [InlineData("Connect-ApiGateway -Emulator -Region mars-1; $null = New-ApiGatewayApiKey a; Get-ApiGatewayApiKey -Region mars-2")]
    [InlineData("Connect-ApiGateway mars-1 -EndpointUrl http://localhost:1")]
    public void WhereAnyRegionWillDoNothingIsSaid(string line) => Assert.Empty(_session.Run(line).Warnings);

    private IEnumerable<string> WarningsOf(string line) =>
        _session.Run(line).Warnings.Where(warning => warning.StartsWith("Region", StringComparison.Ordinal));

    private sealed class NoKeys : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
            {
                RequestMessage = request,
                Content = new StringContent("""{"item":[]}""", Encoding.UTF8, "application/json"),
            });
    }
}
