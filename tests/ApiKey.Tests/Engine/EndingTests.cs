using System.Net;
using ApiKey.Emulator;
using ApiKey.Emulator.Faults;
using ApiKey.Model;
using ApiKey.Service;

namespace ApiKey.Tests.Engine;

/// <summary>A failure that no other item can survive ends the command once, with what was done and what was not; any other failure is one
/// item's.</summary>
public class EndingTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public void CredentialsThatExpireOnTheWayEndTheCommand(int limit)
    {
        using ModuleSession session =
            new(emulator: new ApiGatewayEmulator(
                faults: [new EmulatorFault { Kind = EmulatorFaultKind.ExpiredToken, Operation = "CreateApiKey", Skip = 20 }]));
        Outcome outcome = session.Run($"1..60 | ForEach-Object {{ \"k$_\" }} | New-ApiGatewayApiKey -ThrottleLimit {limit}");
        Assert.Equal("AuthenticationFailed", outcome.ErrorId);
        string text = outcome.Error.ToString();
        Assert.Contains("The command ends here. 20 items were done. Not done: this one", text);
        Assert.Contains("and everything after it", text);
        Assert.Equal(20, outcome.Output.Count);
        Assert.Equal(20, session.Good("Get-ApiGatewayApiKey").Count);

        // What was in flight with it failed too, and nothing was sent after that.
        Assert.InRange(session.Emulator.CountOf("CreateApiKey"), 21, 20 + limit);
        Assert.Empty(outcome.Warnings);
    }

    [Fact]
    public void WhatGoesWellBesideItIsEmitted()
    {
        // The first of four is refused when the others have been made.
        int others = 0;
        TaskCompletionSource allMade = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using ModuleSession session = new(inner => new StubHandler(inner, async (request, cancellation) =>
        {
            if ((await request.Content!.ReadAsStringAsync(cancellation)).Contains("\"k1\"", StringComparison.Ordinal))
            {
                await allMade.Task.WaitAsync(TimeSpan.FromSeconds(60), cancellation);
                return StubHandler.Answer(HttpStatusCode.Forbidden, """{"message":"expired"}""", "ExpiredTokenException");
            }

            if (Interlocked.Increment(ref others) == 3)
            {
                allMade.SetResult();
            }

            return null;
        }));
        Outcome outcome = session.Run("'k1', 'k2', 'k3', 'k4' | New-ApiGatewayApiKey -ThrottleLimit 4");
        Assert.Equal(["k2", "k3", "k4"], outcome.Output.Select(key => ((ApiKeyInfo)key.BaseObject).Name));
        Assert.Equal("AuthenticationFailed", outcome.ErrorId);
        Assert.Contains("3 items were done.", outcome.Error.ToString());
    }

    [Theory]
    [InlineData(403, "ExpiredTokenException", "AuthenticationFailed", true)]
    [InlineData(403, "UnrecognizedClientException", "AuthenticationFailed", true)]
    [InlineData(403, "AccessDeniedException", "AccessDenied", false)]
    [InlineData(429, "LimitExceededException", "QuotaExceeded", false)]
    [InlineData(400, "BadRequestException", "InvalidRequest", false)]
    [InlineData(500, "InternalFailure", "ServiceFailure", false)]
    public void OnlyWhatNoOtherItemCanSurviveEndsTheCommand(int status, string errorType, string errorId, bool ends)
    {
        StubHandler? stub = null;
        using ModuleSession session = new(
            inner => stub = (StubHandler)StubHandler.Always((HttpStatusCode)status, """{"message":"no"}""", errorType)(inner),
            new ApiGatewayConnection { Region = "eu-central-1", MaxAttempts = 1 });
        Outcome outcome = session.Run("'a', 'b', 'c' | Remove-ApiGatewayApiKey -Confirm:$false");
        Assert.All(outcome.Errors, error => Assert.StartsWith(errorId, error.FullyQualifiedErrorId, StringComparison.Ordinal));
        Assert.Equal((ends ? 1 : 3, ends ? 1 : 3), (outcome.Errors.Count, stub!.Requests));
    }

    [Fact]
    public void AnUntrustedCertificateEndsTheCommand()
    {
        StubHandler? stub = null;
        using ModuleSession session = new(
            inner => stub = (StubHandler)StubHandler.Failing(() => new HttpRequestException(HttpRequestError.SecureConnectionError, "tls",
                new System.Security.Authentication.AuthenticationException("The remote certificate is invalid")))(inner),
            new ApiGatewayConnection { Region = "eu-central-1", MaxAttempts = 1 });
        Assert.Equal("TlsFailed", session.Run("'a', 'b', 'c' | Get-ApiGatewayApiKey").ErrorId);
        Assert.Equal(1, stub!.Requests);
    }

    [Fact]
    public void OnePlacesEndIsNotTheOthers()
    {
        // Credentials that are refused in one region only.
        int refused = 0;
        using ModuleSession session = new(inner => new StubHandler(inner, (request, _) =>
        {
            bool isRefused = request.Headers.GetValues("Authorization").First().Contains("/eu-west-1/", StringComparison.Ordinal);
            refused += isRefused ? 1 : 0;
            return Task.FromResult(isRefused
                ? StubHandler.Answer(HttpStatusCode.Forbidden, """{"message":"expired"}""", "ExpiredTokenException") : null);
        }));
        session.Good("$ids = (1..20 | ForEach-Object { \"k$_\" } | New-ApiGatewayApiKey).Id");
        Outcome outcome = session.Run("$ids | Get-ApiGatewayApiKey -Region eu-west-1, eu-central-1");
        Assert.Equal(20, outcome.Output.Count);
        Assert.Equal("AuthenticationFailed", outcome.ErrorId);
        Assert.Equal(1, refused);
    }

    [Fact]
    public void ASingleCallIsToldWithoutCounting()
    {
        using ModuleSession session =
            new(emulator: new ApiGatewayEmulator(faults: [new EmulatorFault { Kind = EmulatorFaultKind.ExpiredToken }]));
        Assert.DoesNotContain("The command ends here", session.Run("Get-ApiGatewayApiKey -Id a").Error.ToString());
    }
}
