using ApiKey.Emulator;
using ApiKey.Model;

namespace ApiKey.Tests.Engine;

/// <summary>Two runs of one desired state at once: AWS has no lock, so each looks again before and after a create, and says at once what
/// came twice.</summary>
public sealed class ConcurrentSyncTests
{
    [Fact]
    public void AKeyThatAppearedSinceThePlanIsNotMadeAgain()
    {
        using ApiGatewayEmulator emulator = new();
        using ModuleSession session = new(inner => Meddle(inner, emulator, HttpMethod.Get, skip: 1), emulator: emulator);
        Outcome outcome = session.Run("Sync-ApiGatewayApiKey @{ name = 'a' }");
        Assert.Equal("ApiKeyConflict", outcome.ErrorId);
        Assert.Contains("appeared in eu-central-1 after the plan was made", outcome.Error.ToString());
        Assert.Equal(ChangeStatus.NotDone, ((PlannedChange)Assert.Single(outcome.Output).BaseObject).Status);
        Assert.Equal(0, emulator.CountOf("CreateApiKey"));
        Assert.Empty(session.Good("Sync-ApiGatewayApiKey @{ name = 'a' } 6>$null"));
    }

    [Fact]
    public void AKeyMadeTwiceIsToldAtOnceWithTheWayOut()
    {
        using ApiGatewayEmulator emulator = new();
        using ModuleSession session = new(inner => Meddle(inner, emulator, HttpMethod.Post, skip: 0), emulator: emulator);
        Outcome outcome = session.Run("Sync-ApiGatewayApiKey @{ name = 'a' }");
        PlannedChange change = (PlannedChange)Assert.Single(outcome.Output).BaseObject;
        Assert.Equal((ChangeStatus.Done, "ApiKeyConflict"), (change.Status, outcome.ErrorId));
        Assert.Contains($"API key {change.Key!.Id} was created, and ", outcome.Error.ToString());
        Assert.Contains("Remove-ApiGatewayApiKey", outcome.Error.ToString());
        Assert.NotNull(change.Key.Id);
        Assert.Equal(2, session.Good("Get-ApiGatewayApiKey").Count);
    }

    [Fact]
    public void OtherKeysWhoseNamesStartAlikeAreNoDoubles()
    {
        using ModuleSession session = new();
        session.Good("$null = 'ab', 'a b', 'A' | New-ApiGatewayApiKey");
        Assert.Single(session.Good("Sync-ApiGatewayApiKey @{ name = 'a' }"));
        Assert.Equal(4, session.Emulator.CountOf("CreateApiKey"));
    }

    [Fact]
    public void ThePlanCountsTheLooks()
    {
        using ModuleSession session = new();
        const string Desired = "(0..9 | ForEach-Object { @{ name = \"n$_\" } })";
        int planned = session.Good($"Compare-ApiGatewayApiKey {Desired}").Sum(change => ((PlannedChange)change.BaseObject).Calls);
        long before = session.Emulator.RequestCount;
        session.Good($"Sync-ApiGatewayApiKey {Desired}");
        Assert.Equal(planned, session.Emulator.RequestCount - before - 1);
    }

    [Fact]
    public void WhatTwoRunsLeaveIsOneReadableError()
    {
        using ModuleSession session = new();
        session.Good("$null = 0..199 | ForEach-Object { \"n$_\"; \"n$_\" } | New-ApiGatewayApiKey");
        Outcome outcome = session.Run("Sync-ApiGatewayApiKey (0..199 | ForEach-Object { @{ name = \"n$_\" } })");
        Assert.Equal("AmbiguousApiKey", outcome.ErrorId);
        Assert.Contains("200 names of the desired state", outcome.Error.ToString());
        Assert.Contains("and 180 more", outcome.Error.ToString());
        Assert.Equal(200, Assert.IsType<string[]>(outcome.Error.TargetObject).Length);
    }

    // Another run makes the key just before a request of this one goes through.
    private static StubHandler Meddle(HttpMessageHandler inner, ApiGatewayEmulator emulator, HttpMethod method, int skip)
    {
        int seen = 0;
        return new StubHandler(inner, (request, _) =>
        {
            if (request.Method == method && Interlocked.Increment(ref seen) == skip + 1)
            {
                emulator.Seed(new SeedKey { Region = "eu-central-1", Name = "a", Description = ApiKeySpec.DefaultDescription });
            }

            return Task.FromResult<HttpResponseMessage?>(null);
        });
    }
}
