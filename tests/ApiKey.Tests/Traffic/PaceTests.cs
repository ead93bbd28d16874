using ApiKey.Calls;

namespace ApiKey.Tests.Traffic;

/// <summary>Calls keep to AWS's quotas, and lose next to nothing of them.</summary>
[Trait(Category.Name, Category.Unit)]
public class PaceTests
{
    private readonly NextTimerClock _clock = new();

    [Fact]
    public async Task CreatesAreSpacedToFiveASecond()
    {
        List<TimeSpan> times = await Enter(Pace.Aws(_clock), 50, CallKind.Create);
        AssertNeverMore(times, 6, TimeSpan.FromSeconds(1));
        Assert.InRange(times[^1].TotalSeconds, 9, 10);
    }

    [Fact]
    public async Task OtherCallsHaveABurstAndThenTenASecond()
    {
        List<TimeSpan> times = await Enter(Pace.Aws(_clock), 130, CallKind.Other);
        AssertNeverMore(times, 40, TimeSpan.FromSeconds(1));
        Assert.InRange(times.Count(time => time < TimeSpan.FromMilliseconds(50)), 20, 40);
        Assert.InRange(times[^1].TotalSeconds, 9.5, 10.5);
    }

    [Fact]
    public async Task ThreeChangesOfPlansComeAtOnceAndThenOneInTwentySeconds()
    {
        // AWS was recorded to accept four within four seconds and to refuse the fifth.
        List<TimeSpan> times = await Enter(Pace.Aws(_clock), 5, CallKind.UpdatePlan);
        Assert.Equal(3, times.Count(time => time < TimeSpan.FromSeconds(1)));
        Assert.InRange(times[3].TotalSeconds, 19.5, 20.5);
        Assert.InRange(times[4].TotalSeconds, 39.5, 40.5);
    }

    [Fact]
    public async Task AfterARefusalWithoutRetryAfterTheBurstIsUsedUp()
    {
        Pace pace = Pace.Aws(_clock);
        pace.Hold(CallKind.UpdatePlan, retryAfter: null, isThrottled: true);
        List<TimeSpan> times = await Enter(pace, 2, CallKind.UpdatePlan);
        Assert.InRange(times[0].TotalSeconds, 19.5, 20.5);
        Assert.InRange(times[1].TotalSeconds, 39.5, 40.5);
    }

    [Fact]
    public async Task AnotherFailureLeavesTheBurst()
    {
        Pace pace = Pace.Aws(_clock);
        pace.Hold(CallKind.UpdatePlan, retryAfter: null, isThrottled: false);
        Assert.All(await Enter(pace, 3, CallKind.UpdatePlan), time => Assert.InRange(time.TotalSeconds, 0, 1));
    }

    [Fact]
    public async Task ReadsDoNotQueueBehindCreates()
    {
        Pace pace = Pace.Aws(_clock);
        Task<List<TimeSpan>> creates = Enter(pace, 20, CallKind.Create);
        List<TimeSpan> reads = await Enter(pace, 5, CallKind.Other);
        Assert.All(reads, time => Assert.True(time < TimeSpan.FromSeconds(0.2), $"A read waited {time}."));
        await creates;
    }

    [Fact]
    public async Task AHoldKeepsEveryoneBack()
    {
        Pace pace = Pace.Aws(_clock);
        pace.Hold(CallKind.Create, TimeSpan.FromSeconds(3), isThrottled: true);
        Assert.InRange((await Enter(pace, 1, CallKind.Create))[0].TotalSeconds, 3, 3.1);
    }

    [Fact]
    public async Task AStoppedWaitTakesNoPlace()
    {
        Pace pace = Pace.Of(1, _clock);
        CallTally tally = new();
        await pace.EnterAsync(CallKind.Other, tally, CancellationToken.None);
        using CancellationTokenSource stop = new();
        Task[] stopped = [.. Enumerable.Range(0, 20).Select(_ => pace.EnterAsync(CallKind.Other, tally, stop.Token))];
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(stopped));
        Assert.InRange((await Enter(pace, 1, CallKind.Other))[0].TotalSeconds, 0.4, 1.1);
    }

    [Theory]
    [InlineData(true, null, true)]
    [InlineData(true, 0d, false)]
    [InlineData(false, null, false)]
    [InlineData(false, 3d, true)]
    public void AwsIsPacedUnlessToldOtherwiseAndOthersOnlyWhenAsked(bool isAws, double? rate, bool paced) =>
        Assert.Equal(paced, Pace.For(new QuotaScope(Guid.NewGuid().ToString(), isAws), rate) is not null);

    [Fact]
    public void OneAccountAndRegionHasOnePaceHoweverOftenItIsAskedFor()
    {
        QuotaScope scope = new("123456789012 eu-central-1", IsAws: true);
        Assert.Same(Pace.For(scope, null), Pace.For(scope with { }, null));
        Assert.NotSame(Pace.For(scope, null), Pace.For(new QuotaScope("123456789012 us-east-1", IsAws: true), null));
    }

    // Everyone comes at once; time goes on whenever nobody can go on without it.
    private async Task<List<TimeSpan>> Enter(Pace pace, int count, CallKind kind)
    {
        DateTimeOffset start = _clock.GetUtcNow();
        CallTally tally = new();
        List<TimeSpan> times = [];
        Task[] calls = [.. Enumerable.Range(0, count).Select(async _ =>
        {
            await pace.EnterAsync(kind, tally, CancellationToken.None);
            lock (times)
            {
                times.Add(_clock.GetUtcNow() - start);
            }
        })];
        Task all = Task.WhenAll(calls);
        while (!all.IsCompleted)
        {
            for (int turn = 0; turn < 20 && !all.IsCompleted; turn++)
            {
                await Task.Yield();
            }

            await Task.Delay(1);
            _clock.AdvanceToNextTimer();
        }

        await all;
        return times;
    }

    private static void AssertNeverMore(List<TimeSpan> times, int most, TimeSpan within)
    {
        for (int index = 0; index + most < times.Count; index++)
        {
            Assert.True(times[index + most] - times[index] >= within - TimeSpan.FromMilliseconds(20),
                $"More than {most} calls within {within} after {times[index]}.");
        }
    }
}
