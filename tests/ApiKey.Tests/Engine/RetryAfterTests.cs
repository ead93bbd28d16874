using System.Globalization;
using System.Net;
using ApiKey.Service;

namespace ApiKey.Tests.Engine;

/// <summary>A server that asks to wait for an hour is not tried again; one that says nothing that can be read is.</summary>
public sealed class RetryAfterTests
{
    [Theory]
    [InlineData("3600", 1)]
    [InlineData("3600.5", 1)]
    [InlineData(" 3600 ", 1)]
    [InlineData("an hour from now", 1)]
    [InlineData("0", 2)]
    [InlineData("0.0", 2)]
    [InlineData("-3600", 2)]
    [InlineData("soon", 2)]
    [InlineData("1e9", 2)]
    [InlineData(".", 2)]
    public void AWaitThatIsTooLongEndsTheCall(string header, int requests)
    {
        string asked = header != "an hour from now" ? header
            : DateTimeOffset.UtcNow.AddHours(1).ToString("r", CultureInfo.InvariantCulture);
        StubHandler? handler = null;
        using ModuleSession session = new(
            inner => handler = new StubHandler(inner, (_, _) =>
            {
                HttpResponseMessage answer = StubHandler.Answer(HttpStatusCode.TooManyRequests, """{"message":"x"}""",
                    "TooManyRequestsException");
                answer.Headers.TryAddWithoutValidation("Retry-After", asked);
                return Task.FromResult<HttpResponseMessage?>(answer);
            }),
            new ApiGatewayConnection { Region = "eu-central-1", MaxAttempts = 2, Clock = new SkippingClock() });
        Assert.Equal("TooManyRequests", session.Run("Get-ApiGatewayApiKey -Id k1").ErrorId);
        Assert.Equal(requests, handler!.Requests);
    }
}
