using System.Management.Automation;
using System.Net;
using System.Text;
using ApiKey.Tests.Engine;

namespace ApiKey.Tests.Hostile;

/// <summary>An endpoint cannot send what is ours elsewhere, keep a listing going for ever, or make us show a paging position.</summary>
public class HostileEndpointTests
{
    // As AWS makes them: a position carries the value of the last key of the page.
    private static readonly string Position =
        Uri.EscapeDataString(Convert.ToBase64String(Encoding.UTF8.GetBytes($"apiKey=S{HostileSession.KeyValue}&name=Sk")));

    [Theory]
    [InlineData("301 Moved Permanently")]
    [InlineData("302 Found")]
    [InlineData("303 See Other")]
    [InlineData("307 Temporary Redirect")]
    [InlineData("308 Permanent Redirect")]
    public void ARedirectIsToldAndNotFollowed(string status)
    {
        using RawServer other = new(RawServer.Answer("200 OK", "{}"));
        using RawServer server = new(RawServer.Answer(status, "", $"Location: {other.Uri}apikeys?position={Position}", "Set-Cookie: a=b"));
        using HostileSession session = new(server.Uri);
        foreach (string command in HostileSession.Commands)
        {
            Outcome outcome = session.Run(command);
            Assert.Equal("UnexpectedAnswer", outcome.ErrorId);
            Assert.Contains($"redirects to {other.Uri.GetLeftPart(UriPartial.Authority)}.", outcome.Error.ToString());
            Assert.DoesNotContain(Position, HostileSession.Everything(outcome));
        }

        Assert.Empty(other.Requests);
        Assert.All(server.Requests, request => Assert.DoesNotContain("Cookie:", request, StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("Get-ApiGatewayApiKey", new[] { "a" })]
    [InlineData("Get-ApiGatewayApiKey", new[] { "a", "b" })]
    [InlineData("Get-ApiGatewayApiKey -Value a1234567890123456789", new[] { "a", "b", "c" })]
    [InlineData("Get-ApiGatewayUsagePlan", new[] { "a", "b" })]
    [InlineData("Get-ApiGatewayUsagePlanKey p1", new[] { "a", "b" })]
    [InlineData("Get-ApiGatewayApiKeyUsage -UsagePlanId p1", new[] { "a", "b" })]
    [InlineData("Compare-ApiGatewayApiKey @{ name = 'k' }", new[] { "a", "b" })]
    [InlineData("1..60 | ForEach-Object { \"k$_\" } | Invoke-ApiGatewayApiKeyRotation -ErrorAction SilentlyContinue -ErrorVariable e; "
        + "throw $e[0]", new[] { "a", "b" })]
    public void AListingThatGoesRoundEnds(string command, string[] positions)
    {
        int page = 0;
        using RawServer server = new(async (stream, request, stop) =>
        {
            string id = request.Split(' ')[1].Split('?')[0].Split('/')[^1];
            string position = positions[Interlocked.Increment(ref page) % positions.Length];
            await stream.WriteAsync(Encoding.UTF8.GetBytes(RawServer.Answer("200 OK",
                $$"""{"id":"{{id}}","item":[],"values":{},"position":"{{position}}"}""")), stop);
        });
        using HostileSession session = new(server.Uri);
        Outcome outcome = session.Run(command);
        Assert.StartsWith("UnexpectedAnswer", outcome.ErrorId);
        Assert.Contains("The listing has no end", outcome.Error.ToString());
        Assert.InRange(server.Requests.Count, positions.Length + 1, 200);
    }

    [Fact]
    public void AListingOfNothingWithEverNewPositionsEnds()
    {
        int page = 0;
        using ModuleSession session = new(inner => new StubHandler(inner, (_, _) =>
            Task.FromResult<HttpResponseMessage?>(StubHandler.Answer(HttpStatusCode.OK,
                $$"""{"item":[],"position":"{{Interlocked.Increment(ref page)}}"}"""))));
        Assert.Equal("UnexpectedAnswer", session.Run("Get-ApiGatewayApiKey").ErrorId);
    }

    [Fact]
    public void APositionTooLongToAskForEnds()
    {
        using RawServer server = new(RawServer.Answer("200 OK", $$"""{"item":[],"position":"{{new string('a', 100_000)}}"}"""));
        using HostileSession session = new(server.Uri);
        Assert.Equal("UnexpectedAnswer", session.Run("Get-ApiGatewayApiKey").ErrorId);
    }

    [Theory]
    [InlineData("400 Bad Request", "BadRequestException", "InvalidRequest")]
    [InlineData("403 Forbidden", "InvalidSignatureException", "AuthenticationFailed")]
    [InlineData("500 Internal Server Error", "InternalFailure", "ServiceFailure")]
    public void APagingPositionIsShownNowhere(string status, string code, string errorId)
    {
        string decoded = Uri.UnescapeDataString(Position);
        string twice = Uri.EscapeDataString(Position);
        string message = $"The position {Position} or {decoded} or {twice} is not valid.\\n\\nThe Canonical String for this request should "
            + $"have been\\n'GET\\n/apikeys\\nposition={twice}\\nx-amz-security-token:{HostileSession.SessionToken}'";
        using RawServer server = new(async (stream, request, stop) => await stream.WriteAsync(
            Encoding.UTF8.GetBytes(request.Contains("position=", StringComparison.Ordinal)
                ? RawServer.Answer(status, $$"""{"message":"{{message}}"}""", $"x-amzn-errortype: {code}")
                : RawServer.Answer("200 OK",
                    $$"""{"id":"p1","item":[{"id":"k1","name":"k"}],"values":{},"position":"{{Position}}"}""")), stop));
        using HostileSession session = new(server.Uri);
        string file = Path.Combine(Directory.CreateTempSubdirectory("apikey-hostile-").FullName, "keys.json");
        foreach (string command in new[]
        {
            "Get-ApiGatewayApiKey", "Get-ApiGatewayUsagePlan", "Get-ApiGatewayUsagePlanKey p1", "Get-ApiGatewayApiKeyUsage -UsagePlanId p1",
            $"Export-ApiGatewayApiKey {file}", "Compare-ApiGatewayApiKey @{ name = 'k' }",
        })
        {
            Outcome outcome = session.Run(command);
            Assert.StartsWith(errorId, outcome.Errors[0].FullyQualifiedErrorId);
            string everything = HostileSession.Everything(outcome)
                + string.Concat(Directory.EnumerateFiles(Path.GetDirectoryName(file)!).Select(File.ReadAllText));
            Assert.All(
                [Position, decoded, twice, HostileSession.KeyValue, HostileSession.SessionToken],
                secret => Assert.False(everything.Contains(secret, StringComparison.Ordinal), $"{command} shows {secret}: {everything}"));
        }

        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    [Theory]
    [InlineData(403, "RequestTimeTooSkewed", "x", "ClockSkewed", "clock")]
    [InlineData(400, "RequestExpired", "x", "ClockSkewed", "clock")]
    [InlineData(403, "InvalidSignatureException",
        "Signature expired: 20260101T000000Z is now earlier than 20260101T001000Z (20260101T001500Z - 5 min.)", "ClockSkewed", "clock")]
    [InlineData(403, "SignatureDoesNotMatch", "Signature not yet current: 20260101T000000Z is still later than 20250101T000000Z",
        "ClockSkewed", "clock")]
    [InlineData(403, "InvalidSignatureException", "The request signature we calculated does not match", "AuthenticationFailed",
        "Get-ApiGatewayConnection")]
    [InlineData(403, "SignatureDoesNotMatch", "x", "AuthenticationFailed", "Get-ApiGatewayConnection")]
    [InlineData(400, "IncompleteSignature", "x", "AuthenticationFailed", "Get-ApiGatewayConnection")]
    [InlineData(403, "InvalidClientTokenId", "x", "AuthenticationFailed", "Renew the credentials")]
    [InlineData(403, "MissingAuthenticationToken", "x", "AuthenticationFailed", "Get-ApiGatewayConnection")]
    [InlineData(403, "MissingAuthenticationTokenException", "x", "AuthenticationFailed", "Get-ApiGatewayConnection")]
    [InlineData(403, "ExpiredTokenException", "x", "AuthenticationFailed", "Renew the credentials")]
    [InlineData(400, "ExpiredToken", "x", "AuthenticationFailed", "Renew the credentials")]
    [InlineData(400, "UnrecognizedClientException", "x", "AuthenticationFailed", "Renew the credentials")]
    [InlineData(403, "OptInRequired", "x", "NotEnabled", "enable-region")]
    [InlineData(403, "AccessDeniedException", "x", "AccessDenied", "apigateway:GET")]
    [InlineData(400, "AccessDeniedException", "x", "AccessDenied", "apigateway:GET")]
    [InlineData(400, "NotAuthorized", "x", "AccessDenied", "apigateway:GET")]
    [InlineData(400, "ThrottlingException", "x", "TooManyRequests", "-ThrottleLimit")]
    [InlineData(503, "ThrottlingException", "x", "TooManyRequests", "-ThrottleLimit")]
    [InlineData(503, "ServiceUnavailable", "x", "ServiceFailure", "try again later")]
    [InlineData(500, "InternalFailure", "x", "ServiceFailure", "try again later")]
    [InlineData(408, "RequestTimeoutException", "x", "TimedOut", "-TimeoutSec")]
    [InlineData(404, "UnknownOperationException", "x", "UnexpectedAnswer", "Check the endpoint")]
    [InlineData(400, "ValidationException", "x", "InvalidRequest", "x.")]
    [InlineData(413, "RequestEntityTooLargeException", "x", "InvalidRequest", "x.")]
    public void EveryCommonErrorOfAwsHasItsOwnCause(int status, string code, string message, string errorId, string says)
    {
        foreach (string member in new[] { "message", "Message" })
        {
            using ModuleSession session = new(StubHandler.Always((HttpStatusCode)status, $$"""{"{{member}}":"{{message}}"}""", code),
                new ApiKey.Service.ApiGatewayConnection { Region = "eu-central-1", MaxAttempts = 1 });
            ErrorRecord error = session.Run("Get-ApiGatewayApiKey -Id k1").Error;
            Assert.Equal(errorId, error.FullyQualifiedErrorId.Split(',')[0]);
            Assert.Contains(message, error.ToString());
            Assert.Contains(says, error.ToString());
        }
    }
}
