using System.Diagnostics;

namespace ApiKey.Tests.Hostile;

/// <summary>An endpoint is not told what else goes on in the process.</summary>
public class OwnHeaderTests
{
    [Fact]
    public void ATraceOfTheHostIsNotPassedOn()
    {
        using RawServer server = new(RawServer.Answer("200 OK", """{"id":"k1"}"""));
        using HostileSession session = new(server.Uri);
        using Activity trace = new Activity("host").SetIdFormat(ActivityIdFormat.W3C).Start();
        Assert.Empty(session.Run("$null = [System.Diagnostics.Activity]::new('host').Start(); Get-ApiGatewayApiKey -Id k1").Errors);
        string request = Assert.Single(server.Requests);
        Assert.DoesNotContain(trace.TraceId.ToString(), request, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("traceparent", request, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Request-Id", request, StringComparison.OrdinalIgnoreCase);
    }
}
