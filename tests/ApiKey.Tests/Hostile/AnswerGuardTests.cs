using System.Net;
using ApiKey.Service;
using ApiKey.Tests.Engine;

namespace ApiKey.Tests.Hostile;

/// <summary>What the HTTP below the SDK lets through: the longest answer and no longer one, no redirect, no cookie, and whether a call
/// may have been made all the same.</summary>
public class AnswerGuardTests
{
    private const int LongestBody = 32 * 1024 * 1024;

    [Theory]
    [InlineData(LongestBody, true)]
    [InlineData(LongestBody + 1, false)]
    public void AnAnswerIsAsLongAsItMayBe(long length, bool isGood)
    {
        using ModuleSession session = Answering(() => Long(HttpStatusCode.OK, """{"id":"k1"}""", length));
        Outcome outcome = session.Run("Get-ApiGatewayApiKey -Id k1");
        Assert.Equal(isGood, outcome.Errors.Count == 0);
        Assert.Equal(isGood ? 1 : 0, outcome.Output.Count);
        if (!isGood)
        {
            Assert.Contains("longer than 32 MB", outcome.Error.ToString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(201, true)]
    [InlineData(299, true)]
    [InlineData(400, false)]
    [InlineData(499, false)]
    [InlineData(500, true)]
    public void AKeyIsLookedForWhereItMayHaveBeenMade(int status, bool isLookedFor)
    {
        int looks = 0;
        using ModuleSession session = new(inner => new StubHandler(inner, (request, _) =>
        {
            looks += request.Method == HttpMethod.Get ? 1 : 0;
            return Task.FromResult(request.Method == HttpMethod.Get ? null : Long((HttpStatusCode)status, "{}", LongestBody + 1));
        }), new ApiGatewayConnection { Region = "eu-central-1", MaxAttempts = 1 });
        Assert.Single(session.Run("New-ApiGatewayApiKey k").Errors);
        Assert.Equal(isLookedFor, looks > 0);
    }

    [Fact]
    public void NeitherARedirectIsFollowedNorACookieKept()
    {
        int requests = 0;
        using RawServer server = new(async (stream, request, stop) => await stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(
            Interlocked.Increment(ref requests) == 1
                ? RawServer.Answer("302 Found", "", "Location: /apikeys/k2", "Set-Cookie: a=b")
                : RawServer.Answer("200 OK", """{"id":"k1"}""")), stop));
        using HostileSession session = new(server.Uri);
        Assert.Contains("redirects to another path of its own", session.Run("Get-ApiGatewayApiKey -Id k1").Error.ToString(),
            StringComparison.Ordinal);
        Assert.Empty(session.Run("Get-ApiGatewayApiKey -Id k1").Errors);
        Assert.Equal(2, server.Requests.Count);
        Assert.All(server.Requests, request => Assert.Contains("/apikeys/k1", request.Split('\n')[0], StringComparison.Ordinal));
        Assert.All(server.Requests, request => Assert.DoesNotContain("Cookie:", request, StringComparison.OrdinalIgnoreCase));
    }

    private static ModuleSession Answering(Func<HttpResponseMessage> answer) => new(inner => new StubHandler(inner,
        (_, _) => Task.FromResult<HttpResponseMessage?>(answer())));

    // A content that has its bytes says what length it likes.
    private static HttpResponseMessage Long(HttpStatusCode status, string body, long length)
    {
        HttpResponseMessage answer = StubHandler.Answer(status, body, (int)status >= 400 ? "BadRequestException" : null);
        answer.Content.Headers.ContentLength = length;
        return answer;
    }
}
