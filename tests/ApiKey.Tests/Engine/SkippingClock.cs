namespace ApiKey.Tests.Engine;

/// <summary>A clock on which a wait is over at once: its time jumps to the end. What was waited is added up.</summary>
internal sealed class SkippingClock : TimeProvider
{
    private long _skippedTicks;
    private int _waits;

    /// <summary>How long was waited, in all.</summary>
    public TimeSpan Skipped => TimeSpan.FromTicks(Volatile.Read(ref _skippedTicks));

    /// <summary>How many waits there were.</summary>
    public int Waits => _waits;

    /// <summary>What happens when somebody waits, before the time jumps.</summary>
    public Action? Waiting { get; set; }

    /// <summary>Whether the time stands still: a wait that begins now ends only when it is stopped.</summary>
    public bool StandsStill { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Skipped;

    /// <summary>Lets time pass.</summary>
    public void Advance(TimeSpan time) => Interlocked.Add(ref _skippedTicks, time.Ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime > TimeSpan.Zero && StandsStill)
        {
            Waiting?.Invoke();
            return base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        if (dueTime > TimeSpan.Zero)
        {
            Waiting?.Invoke();
            Interlocked.Increment(ref _waits);
            Advance(dueTime);
        }

        return base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
