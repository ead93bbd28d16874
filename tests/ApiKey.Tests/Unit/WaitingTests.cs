using ApiKey.Calls;
using ApiKey.Tests.Engine;

namespace ApiKey.Tests.Unit;

/// <summary>After a wait the time has come, also where it is not whole milliseconds away.</summary>
[Trait(Category.Name, Category.Unit)]
public class WaitingTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(9_999)]
    [InlineData(10_000)]
    [InlineData(900_000_001)]
    public async Task NothingIsLeftOfAWait(long ticks)
    {
        SkippingClock clock = new();
        await clock.WaitAsync(TimeSpan.FromTicks(ticks), TestContext.Current.CancellationToken);
        Assert.InRange(clock.Skipped.Ticks, ticks, ticks + TimeSpan.TicksPerMillisecond - 1);
        Assert.Equal(1, clock.Waits);
    }
}
