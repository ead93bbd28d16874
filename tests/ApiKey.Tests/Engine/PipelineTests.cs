using System.Management.Automation;
using ApiKey.Model;

namespace ApiKey.Tests.Engine;

/// <summary>Many keys in one pipeline: calls in flight, order, failures in between, stopping, and where a key belongs.</summary>
public class PipelineTests
{
    [Theory]
    [InlineData("", 1)]
    [InlineData("-ThrottleLimit 8", 8)]
    [InlineData("-ThrottleLimit 20", 20)]
    public void SoManyCallsAreInFlightAndResultsKeepTheirOrder(string limit, int expected)
    {
        // The first calls wait for each other until as many are there as may be, and until the command has the next name in hand, too;
        // with one call at a time it gets none. Then answers come in any order.
        TaskCompletionSource full = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource oneMore = new(TaskCreationOptions.RunContinuationsAsynchronously);
        if (expected == 1)
        {
            oneMore.SetResult();
        }

        int arrived = 0;
        StubHandler? stub = null;
        using ModuleSession session = new(inner => stub = new StubHandler(inner, async (_, cancellation) =>
        {
            int number = Interlocked.Increment(ref arrived);
            if (number == expected)
            {
                await oneMore.Task.WaitAsync(TimeSpan.FromMinutes(2), cancellation);
                full.TrySetResult();
            }

            await full.Task.WaitAsync(TimeSpan.FromMinutes(2), cancellation);
            for (int turns = number * 7 % 5; turns > 0; turns--)
            {
                await Task.Yield();
            }

            return null;
        }));
        IReadOnlyList<PSObject> keys = session.Good(
            "$oneMore, $most = $args; 1..60 | ForEach-Object { if ($_ -gt $most) { $null = $oneMore.TrySetResult() }; \"key-$_\" } | "
            + $"New-ApiGatewayApiKey {limit}", oneMore, expected);
        Assert.Equal(Enumerable.Range(1, 60).Select(number => $"key-{number}"), keys.Select(key => ((ApiKeyInfo)key.BaseObject).Name));
        Assert.Equal(expected, stub!.MostAtOnce);
    }

    [Fact]
    public void OneFailedItemIsOneErrorAndTheRestGoesOn()
    {
        using ModuleSession session = new();
        session.Good("$ids = (1..10 | ForEach-Object { \"k$_\" } | New-ApiGatewayApiKey).Id; Remove-ApiGatewayApiKey $ids[3] "
            + "-Confirm:$false");
        Outcome outcome = session.Run("$ids | Set-ApiGatewayApiKey -Description changed -PassThru");
        Assert.Equal(["k1", "k2", "k3", "k5", "k6", "k7", "k8", "k9", "k10"],
            outcome.Output.Select(key => ((ApiKeyInfo)key.BaseObject).Name));
        Assert.Equal("ApiKeyNotFound", outcome.ErrorId);
    }

    [Fact]
    public void OneSlowCallDoesNotStopTheRest()
    {
        // The first answer comes only when 50 requests more have come, far more than are in flight at once.
        int requests = 0;
        TaskCompletionSource enough = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using ModuleSession session = new(inner => new StubHandler(inner, async (_, cancellation) =>
        {
            int number = Interlocked.Increment(ref requests);
            if (number > 50)
            {
                enough.TrySetResult();
            }

            if (number == 1)
            {
                await enough.Task.WaitAsync(TimeSpan.FromSeconds(60), cancellation);
            }

            return null;
        }));
        IReadOnlyList<PSObject> keys = session.Good("1..100 | ForEach-Object { \"k$_\" } | New-ApiGatewayApiKey -ThrottleLimit 4");
        Assert.Equal(Enumerable.Range(1, 100).Select(number => $"k{number}"), keys.Select(key => ((ApiKeyInfo)key.BaseObject).Name));
    }

    [Fact]
    public void APipelineThatEndsBelowStopsWhatIsAbove()
    {
        using ModuleSession session = new();
        Seed.Keys(session, 1200);
        Assert.Equal(3, session.Good(
            "$n = 0; do { Get-ApiGatewayApiKey | ForEach-Object { $_; if (++$n -eq 3) { break } } } while ($false)").Count);
        Assert.Equal(1, session.Emulator.RequestCount);
    }

    [Fact]
    public void APipedKeyGoesBackToWhereItLives()
    {
        using ModuleSession session = new();
        session.Unconnected().Good("""
            $one = Connect-ApiGateway -Emulator -Region eu-west-1 -PassThru
            $two = Connect-ApiGateway -Emulator -Region us-east-2 -PassThru
            $there = New-ApiGatewayApiKey there -Connection $one -Region eu-west-3
            $here = New-ApiGatewayApiKey here
            $there, $here | Set-ApiGatewayApiKey -Description moved
            """);
        Assert.Equal("eu-west-3 moved",
            Assert.Single(session.Good(
                "Get-ApiGatewayApiKey -Connection $one -Region eu-west-3 | ForEach-Object { \"$($_.Region) $($_.Description)\" }"))
                    .ToString());
        Assert.Equal("us-east-2 moved",
            Assert.Single(session.Good("Get-ApiGatewayApiKey | ForEach-Object { \"$($_.Region) $($_.Description)\" }")).ToString());
        session.Good("$there, $here | Remove-ApiGatewayApiKey -Confirm:$false");
        Assert.Empty(session.Good("Get-ApiGatewayApiKey; Get-ApiGatewayApiKey -Connection $one -Region eu-west-3"));
    }

    [Fact]
    public void KeysOfOneListingShareTheirConnection()
    {
        // A command opens each connection it meets once: a thousand piped keys must not be a thousand connections.
        using ModuleSession session = new();
        Seed.Keys(session, 600);
        Assert.Single(session.Good("Get-ApiGatewayApiKey").Select(key => ((ApiKeyInfo)key.BaseObject).Connection)
            .Distinct(ReferenceEqualityComparer.Instance));
    }

    [Fact]
    public void WhatTheCallerSaysBeatsWhereAKeyCameFrom()
    {
        using ModuleSession session = new();
        Outcome outcome = session.Unconnected()
            .Run("Connect-ApiGateway -Emulator -Region eu-west-1; New-ApiGatewayApiKey a | Set-ApiGatewayApiKey -Description b -Region "
                + "eu-west-2");
        Assert.Equal("ApiKeyNotFound", outcome.ErrorId);
    }

    [Fact]
    public void SessionsHaveConnectionsOfTheirOwnAndWorkSideBySide()
    {
        const int Sessions = 6;
        Parallel.For(0, Sessions, new ParallelOptions { MaxDegreeOfParallelism = Sessions }, number =>
        {
            using ModuleSession session = new();
            session.Unconnected().Good($"Connect-ApiGateway -Emulator -Region eu-west-{(number % 3) + 1}");
            session.Good($"1..50 | ForEach-Object {{ \"s{number}-$_\" }} | New-ApiGatewayApiKey");
            Assert.Equal(50, session.Good($"Get-ApiGatewayApiKey -Name 's{number}-*'").Count);
            Assert.Equal(50, session.Good("Get-ApiGatewayApiKey").Count);
        });
    }

    [Fact]
    public void ASecondSessionIsNotConnected()
    {
        using ModuleSession one = new();
        using ModuleSession two = new();
        one.Unconnected().Good("Connect-ApiGateway -Emulator -Region eu-west-3");
        Assert.Equal("False", Assert.Single(two.Unconnected().Good("(Get-ApiGatewayConnection).IsEmulator")).ToString());
    }

    [Fact]
    public void RequestsArePacedWhenAsked()
    {
        using ModuleSession session = new(settings: new Service.ApiGatewayConnection { Region = "eu-central-1", RequestsPerSecond = 20 });
        session.Good("1..30 | ForEach-Object { \"k$_\" } | New-ApiGatewayApiKey");
        Assert.InRange(session.Clock.Skipped.TotalSeconds, 1.4, 1.5);
    }
}
