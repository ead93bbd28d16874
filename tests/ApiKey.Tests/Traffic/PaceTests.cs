using ApiKey.Calls;

namespace ApiKey.Tests.Traffic;

/// <summary>Calls keep to AWS's quotas, and lose next to nothing of them.</summary>
[Trait(Category.Name, Category.Unit)]
public class PaceTests
{
    private readonly NextTimerClock _clock = new();

    [Fact]
    public void CreatesAreSpacedToFiveASecond()
    {
        List<TimeSpan> times = Enter(Pace.Aws(_clock), 50, CallKind.Create);
        AssertNeverMore(times, 6, TimeSpan.FromSeconds(1));
        Assert.InRange(times[^1].TotalSeconds, 9, 10);
    }

    [Fact]
    public void OtherCallsHaveABurstAndThenTenASecond()
    {
        List<TimeSpan> times = Enter(Pace.Aws(_clock), 130, CallKind.Other);
        AssertNeverMore(times, 40, TimeSpan.FromSeconds(1));
        Assert.InRange(times.Count(time => time < TimeSpan.FromMilliseconds(50)), 20, 40);
        Assert.InRange(times[^1].TotalSeconds, 9.5, 10.5);
    }

    [Fact]
    public void ThreeChangesOfPlansComeAtOnceAndThenOneInTwentySeconds()
    {
        // AWS was recorded to accept four within four seconds and to refuse the fifth.
        List<TimeSpan> times = Enter(Pace.Aws(_clock), 5, CallKind.UpdatePlan);
        Assert.Equal(3, times.Count(time => time < TimeSpan.FromSeconds(1)));
        Assert.InRange(times[3].TotalSeconds, 19.5, 20.5);
        Assert.InRange(times[4].TotalSeconds, 39.5, 40.5);
    }

    [Fact]
    public void AfterARefusalWithoutRetryAfterTheBurstIsUsedUp()
    {
        Pace pace = Pace.Aws(_clock);
        pace.Hold(CallKind.UpdatePlan, retryAfter: null, isThrottled: true);
        List<TimeSpan> times = Enter(pace, 2, CallKind.UpdatePlan);
        Assert.InRange(times[0].TotalSeconds, 19.5, 20.5);
        Assert.InRange(times[1].TotalSeconds, 39.5, 40.5);
    }

    [Fact]
    public void AnotherFailureLeavesTheBurst()
    {
        Pace pace = Pace.Aws(_clock);
        pace.Hold(CallKind.UpdatePlan, retryAfter: null, isThrottled: false);
        Assert.All(Enter(pace, 3, CallKind.UpdatePlan), time => Assert.InRange(time.TotalSeconds, 0, 1));
    }

    [Fact]
    public void ReadsDoNotQueueBehindCreates()
    {
        Pace pace = Pace.Aws(_clock);
        List<TimeSpan>[] times = OneThread.Run(_clock,
            () => Task.WhenAll(EnterAsync(pace, 20, CallKind.Create), EnterAsync(pace, 5, CallKind.Other)));
        Assert.All(times[1], time => Assert.True(time < TimeSpan.FromSeconds(0.2), $"A read waited {time}."));
    }

    [Fact]
    public void AHoldKeepsEveryoneBack()
    {
        Pace pace = Pace.Aws(_clock);
        pace.Hold(CallKind.Create, TimeSpan.FromSeconds(3), isThrottled: true);
        Assert.InRange(Enter(pace, 1, CallKind.Create)[0].TotalSeconds, 3, 3.1);
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
        Assert.InRange(Enter(pace, 1, CallKind.Other)[0].TotalSeconds, 0.4, 1.1);
    }

    [Theory]
    [InlineData(true, null, true)]
    [InlineData(true, 0d, false)]
    [InlineData(false, null, false)]
    [InlineData(false, 3d, true)]
    public void AwsIsPacedUnlessToldOtherwiseAndOthersOnlyWhenAsked(bool isAws, double? rate, bool paced) =>
        Assert.Equal(paced, Pace.For(new QuotaScope(Guid.NewGuid().ToString(), isAws), rate, _clock) is not null);

    [Fact]
    public void OneAccountAndRegionHasOnePaceHoweverOftenItIsAskedFor()
    {
        QuotaScope scope = new("123456789012 eu-central-1", IsAws: true);
        Assert.Same(Pace.For(scope, null, _clock), Pace.For(scope with { }, null, _clock));
        Assert.NotSame(Pace.For(scope, null, _clock), Pace.For(new QuotaScope("123456789012 us-east-1", IsAws: true), null, _clock));
    }

    private List<TimeSpan> Enter(Pace pace, int count, CallKind kind) => OneThread.Run(_clock, () => EnterAsync(pace, count, kind));

    // Everyone comes at once.
    private async Task<List<TimeSpan>> EnterAsync(Pace pace, int count, CallKind kind)
    {
        DateTimeOffset start = _clock.GetUtcNow();
        CallTally tally = new();
        List<TimeSpan> times = [];
        await Task.WhenAll(Enumerable.Range(0, count).Select(async _ =>
        {
            await pace.EnterAsync(kind, tally, CancellationToken.None);
            times.Add(_clock.GetUtcNow() - start);
        }));
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
