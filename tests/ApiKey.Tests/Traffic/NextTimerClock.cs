using Microsoft.Extensions.Time.Testing;

namespace ApiKey.Tests.Traffic;

/// <summary>A clock of tests that can go on to when somebody waits for it next, so that no time is stepped through.</summary>
internal sealed class NextTimerClock : FakeTimeProvider
{
    private readonly PriorityQueue<DateTimeOffset, DateTimeOffset> _due = new();
    private readonly SemaphoreSlim _began = new(0);

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ITimer timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime >= TimeSpan.Zero)
        {
            DateTimeOffset due = GetUtcNow() + dueTime;
            lock (_due)
            {
                _due.Enqueue(due, due);
            }

            _began.Release();
        }

        return timer;
    }

    /// <summary>Comes back when somebody began to wait, once for each wait.</summary>
    public async Task BeginsToWait() =>
        Assert.True(await _began.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken), "Nobody waits.");

    /// <summary>Goes on to the next time that anybody waits for; stays where it is while nobody waits.</summary>
    /// <returns>Whether anybody waits.</returns>
    public bool AdvanceToNextTimer()
    {
        DateTimeOffset due;
        lock (_due)
        {
            if (!_due.TryDequeue(out due, out _))
            {
                return false;
            }
        }

        if (due > GetUtcNow())
        {
            SetUtcNow(due);
        }

        return true;
    }
}
