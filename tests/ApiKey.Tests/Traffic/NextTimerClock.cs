using Microsoft.Extensions.Time.Testing;

namespace ApiKey.Tests.Traffic;

/// <summary>A clock of tests that can go on to when somebody waits for it next, so that no time is stepped through.</summary>
internal sealed class NextTimerClock : FakeTimeProvider
{
    private readonly PriorityQueue<DateTimeOffset, DateTimeOffset> _due = new();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime >= TimeSpan.Zero)
        {
            DateTimeOffset due = GetUtcNow() + dueTime;
            lock (_due)
            {
                _due.Enqueue(due, due);
            }
        }

        return base.CreateTimer(callback, state, dueTime, period);
    }

    /// <summary>Goes on to the next time that anybody waits for; stays where it is while nobody waits.</summary>
    public void AdvanceToNextTimer()
    {
        DateTimeOffset due;
        lock (_due)
        {
            if (!_due.TryDequeue(out due, out _))
            {
                return;
            }
        }

        if (due > GetUtcNow())
        {
            SetUtcNow(due);
        }
    }
}
