namespace ApiKey.Tests.Traffic;

/// <summary>Runs what is awaited in a test on the test's own thread, so that it is known when nobody can go on before time
/// passes.</summary>
internal sealed class OneThread : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _ready = new();

    /// <inheritdoc/>
    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (_ready)
        {
            _ready.Enqueue((d, state));
        }
    }

    /// <summary>Starts something and goes on until it is over; time passes whenever nobody can go on without it.</summary>
    public static T Run<T>(NextTimerClock clock, Func<Task<T>> start)
    {
        SynchronizationContext? before = Current;
        OneThread thread = new();
        SetSynchronizationContext(thread);
        try
        {
            Task<T> all = start();
            while (true)
            {
                thread.GoOn();
                if (all.IsCompleted)
                {
                    return all.GetAwaiter().GetResult();
                }

                Assert.True(clock.AdvanceToNextTimer(), "Nobody can go on, and nobody waits for time to pass.");
            }
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    private void GoOn()
    {
        while (true)
        {
            (SendOrPostCallback callback, object? state) next;
            lock (_ready)
            {
                if (!_ready.TryDequeue(out next))
                {
                    return;
                }
            }

            next.callback(next.state);
        }
    }
}
