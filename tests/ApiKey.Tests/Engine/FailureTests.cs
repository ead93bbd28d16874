using System.Management.Automation;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using ApiKey.Model;
using ApiKey.Service;

namespace ApiKey.Tests.Engine;

/// <summary>Every way a call can fail has a stable error id, the right category, the user's object as target, and says what to
/// do.</summary>
public class FailureTests
{
    private static readonly ApiGatewayConnection OneAttempt = new() { Region = "eu-central-1", MaxAttempts = 1 };

    private const string Removal = "Remove-ApiGatewayApiKey k1 -Confirm:$false";

    [Theory]
    [InlineData(400, "BadRequestException", "InvalidRequest", ErrorCategory.InvalidArgument, "Something is wrong")]
    [InlineData(404, "NotFoundException", "ApiKeyNotFound", ErrorCategory.ObjectNotFound, "another region needs -Region")]
    [InlineData(409, "ConflictException", "ApiKeyConflict", ErrorCategory.ResourceExists, "Something is wrong")]
    [InlineData(429, "TooManyRequestsException", "TooManyRequests", ErrorCategory.LimitsExceeded, "-ThrottleLimit")]
    [InlineData(429, "LimitExceededException", "QuotaExceeded", ErrorCategory.QuotaExceeded, "10,000 API keys")]
    [InlineData(403, "AccessDeniedException", "AccessDenied", ErrorCategory.PermissionDenied, "apigateway:DELETE")]
    [InlineData(401, "UnauthorizedException", "AuthenticationFailed", ErrorCategory.AuthenticationError, "Get-ApiGatewayConnection")]
    [InlineData(403, "ExpiredTokenException", "AuthenticationFailed", ErrorCategory.AuthenticationError, "Renew the credentials")]
    [InlineData(403, "UnrecognizedClientException", "AuthenticationFailed", ErrorCategory.AuthenticationError, "Renew the credentials")]
    [InlineData(500, "InternalFailure", "ServiceFailure", ErrorCategory.ResourceUnavailable, "try again later")]
    [InlineData(503, "ServiceUnavailableException", "ServiceFailure", ErrorCategory.ResourceUnavailable, "try again later")]
    public void AnErrorAnswerIsTold(int status, string errorType, string errorId, ErrorCategory category, string says) =>
        AssertFails(StubHandler.Always((HttpStatusCode)status, """{"message":"Something is wrong"}""", errorType), errorId, category, says,
            $"HTTP {status}", "11111111-2222-3333-4444-555555555555");

    [Theory]
    [InlineData(200, "<html>Please sign in</html>", "text/html")]
    [InlineData(202, "<html>Please sign in</html>", "text/html")]
    [InlineData(403, "<html>Blocked by proxy</html>", "text/html")]
    [InlineData(404, "<html>Not here</html>", "text/html")]
    public void AnAnswerThatIsNotApiGatewaysIsTold(int status, string body, string contentType) =>
        AssertFails("Get-ApiGatewayApiKey -Id k1", "k1", StubHandler.Always((HttpStatusCode)status, body, null, contentType),
            "UnexpectedAnswer", ErrorCategory.ProtocolError, "proxy", $"HTTP {status}");

    [Theory]
    [InlineData("")]
    [InlineData("{\"id\":\"k1\",\"na")]
    public void AnEmptyOrTornAnswerIsTold(string body) =>
        AssertFails("Get-ApiGatewayApiKey -Id k1", "k1", StubHandler.Always(HttpStatusCode.OK, body), "UnexpectedAnswer",
            ErrorCategory.ProtocolError, "HTTP 200");

    [Fact]
    public void AGatewaysPageWithAServerStatusIsAServerFailure() =>
        AssertFails(StubHandler.Always(HttpStatusCode.BadGateway, "<html>Bad gateway</html>", null, "text/html"), "ServiceFailure",
            ErrorCategory.ResourceUnavailable, "HTTP 502");

    [Fact]
    public void ARefusedConnectionIsTold() =>
        AssertFails(
            StubHandler.Failing(() => new HttpRequestException(HttpRequestError.ConnectionError, "refused",
                new SocketException((int)SocketError.ConnectionRefused))),
            "ConnectionFailed", ErrorCategory.ConnectionError, "Check the network");

    [Fact]
    public void ATlsFailureIsTold() =>
        AssertFails(
            StubHandler.Failing(() => new HttpRequestException(HttpRequestError.SecureConnectionError, "tls",
                new AuthenticationException("The remote certificate is invalid"))),
            "TlsFailed", ErrorCategory.SecurityError, "certificate");

    [Fact]
    public void ATimeOutIsTold()
    {
        SkippingClock clock = new();
        AssertFails(Removal, "k1", inner => StubHandler.Silent(inner, clock), OneAttempt with { Clock = clock }, "TimedOut",
            ErrorCategory.OperationTimeout, "look before you repeat it");
    }

    [Fact]
    public void AUsedValueNamesTheKeyThatHoldsIt()
    {
        using ModuleSession session = new();
        ApiKeyInfo holder = session.One<ApiKeyInfo>("New-ApiGatewayApiKey holder -Value abcdefghij0123456789");
        Outcome outcome = session.Run("New-ApiGatewayApiKey other -Value abcdefghij0123456789");
        Assert.Equal(("ApiKeyConflict", "other"), (outcome.ErrorId, outcome.Error.TargetObject));
        Assert.Contains($"holder ({holder.Id})", outcome.Error.ToString());
        Assert.DoesNotContain("abcdefghij0123456789", outcome.Error.ToString());
    }

    [Fact]
    public void AFailedStepSaysWhatWasAlreadyDone()
    {
        using ModuleSession session = new(inner => new StubHandler(inner, (request, _) => Task.FromResult(
            request.Method == HttpMethod.Put
                ? StubHandler.Answer(HttpStatusCode.Forbidden, """{"message":"no"}""", "AccessDeniedException") : null)));
        string id = session.One<ApiKeyInfo>("New-ApiGatewayApiKey a").Id;
        Outcome outcome = session.Run("Set-ApiGatewayApiKey $args[0] -Description new -Tag @{ a = 'b' }", id);
        Assert.Contains("Already changed: description.", outcome.Error.ToString());
        Assert.Equal("new", session.One<ApiKeyInfo>("Get-ApiGatewayApiKey -Id $args[0]", id).Description);
    }

    [Fact]
    public void AFixedQuotaIsNotTriedAgain()
    {
        StubHandler? stub = null;
        using ModuleSession session =
            new(inner => stub = (StubHandler)StubHandler.Always(HttpStatusCode.TooManyRequests, """{"message":"full"}""",
                "LimitExceededException")(inner));
        Assert.Equal("QuotaExceeded", session.Run("New-ApiGatewayApiKey a").ErrorId);
        Assert.Equal(1, stub!.Requests);
    }

    [Fact]
    public void AServerFailureIsTriedAgainAndThenTold()
    {
        StubHandler? stub = null;
        using ModuleSession session = new(
            inner => stub = (StubHandler)StubHandler.Always(HttpStatusCode.BadGateway, """{"message":"oops"}""", "InternalFailure")(inner),
            new ApiGatewayConnection { Region = "eu-central-1", MaxAttempts = 3 });
        Assert.Equal("ServiceFailure", session.Run("Get-ApiGatewayApiKey -Id a").ErrorId);
        Assert.Equal(3, stub!.Requests);
    }

    [Fact]
    public void AServerThatStopsWithinTheBodyIsNotWaitedForForever()
    {
        using ManualResetEventSlim over = new();
        SkippingClock clock = new();
        using ModuleSession session = new(
            inner => new StubHandler(inner, async (_, _) =>
            {
                await Task.Yield();
                return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new StalledStream(clock, over)) };
            }),
            OneAttempt with { Clock = clock });
        Assert.Equal("TimedOut", session.Run("Get-ApiGatewayApiKey -Id a").ErrorId);
        over.Set();
    }

    private static void AssertFails(Func<HttpMessageHandler, HttpMessageHandler> handler, string errorId, ErrorCategory category,
        params string[] says) =>
        AssertFails(Removal, "k1", handler, OneAttempt, errorId, category, says);

    private static void AssertFails(string script, object target, Func<HttpMessageHandler, HttpMessageHandler> handler, string errorId,
        ErrorCategory category, params string[] says) => AssertFails(script, target, handler, OneAttempt, errorId, category, says);

    private static void AssertFails(string script, object target, Func<HttpMessageHandler, HttpMessageHandler> handler,
        ApiGatewayConnection settings, string errorId, ErrorCategory category, params string[] says)
    {
        using ModuleSession session = new(handler, settings);
        Outcome outcome = session.Run(script);
        Assert.Equal((errorId, category, target), (outcome.ErrorId, outcome.Error.CategoryInfo.Category, outcome.Error.TargetObject));
        Assert.All(says, text => Assert.Contains(text, outcome.Error.ToString()));
        Assert.DoesNotContain("<html>", outcome.Error.ToString());
    }

    /// <summary>A body that does not come before the test is over, and time passes.</summary>
    private sealed class StalledStream(SkippingClock clock, ManualResetEventSlim over) : MemoryStream
    {
        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            clock.EndLimits();
            over.Wait();
            return 0;
        }
    }
}
