namespace ApiKey.Tests.Engine;

/// <summary>
/// A clock on which a wait is over at once: its time jumps to the end, and passes in no other way, however long the test takes. What was
/// waited is added up. Time limits, on which nobody waits, end only when the test says so.
/// </summary>
internal sealed class SkippingClock : TimeProvider
{
    // After so long in earnest what is held ends by itself, so that a test that nobody ends fails.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly DateTimeOffset _start = System.GetUtcNow();
    private readonly List<ITimer> _held = [];
    private readonly List<ITimer> _limits = [];
    private long _skippedTicks;
    private int _waits;
    private bool _standsStill;

    /// <summary>How long was waited, in all.</summary>
    public TimeSpan Skipped => TimeSpan.FromTicks(Volatile.Read(ref _skippedTicks));

    /// <summary>How many waits there were.</summary>
    public int Waits => _waits;

    /// <summary>What happens when somebody waits, before the time jumps.</summary>
    public Action? Waiting { get; set; }

    /// <summary>Whether the time stands still: a wait that begins now ends only when it is stopped, or when time goes on.</summary>
    public bool StandsStill
    {
        get => _standsStill;
        set
        {
            lock (_held)
            {
                _standsStill = value;
                if (!value)
                {
                    Ring(_held);
                }
            }
        }
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => _start + Skipped;

    public override long GetTimestamp() => GetUtcNow().Ticks;

    /// <summary>Lets time pass.</summary>
    public void Advance(TimeSpan time) => Interlocked.Add(ref _skippedTicks, time.Ticks);

    /// <summary>Ends every time limit that is set now.</summary>
    public void EndLimits() => Ring(_limits);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime <= TimeSpan.Zero)
        {
            return base.CreateTimer(callback, state, dueTime, period);
        }

        if (state is CancellationTokenSource)
        {
            return Hold(_limits, base.CreateTimer(callback, state, Patience, Timeout.InfiniteTimeSpan));
        }

        Waiting?.Invoke();

        // Whoever lets time go on meanwhile rings this one, too.
        lock (_held)
        {
            if (StandsStill)
            {
                return Hold(_held, base.CreateTimer(callback, state, Patience, Timeout.InfiniteTimeSpan));
            }
        }

        Interlocked.Increment(ref _waits);
        Advance(dueTime);
        return base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }

    private static ITimer Hold(List<ITimer> timers, ITimer timer)
    {
        lock (timers)
        {
            timers.Add(timer);
        }

        return timer;
    }

    // One that was disposed of meanwhile does not ring.
    private static void Ring(List<ITimer> timers)
    {
        lock (timers)
        {
            timers.ForEach(timer => timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan));
            timers.Clear();
        }
    }
}
