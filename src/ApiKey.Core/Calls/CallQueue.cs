namespace ApiKey.Calls;

/// <summary>A call that was started, and what is to become of it.</summary>
/// <param name="Call">The call.</param>
/// <param name="Finish">Waits for the call and hands its result on.</param>
/// <param name="HasFailed">Whether a call that has ended ended badly.</param>
/// <param name="Untaken">What to tell of the call when nobody takes its result; null for a call that changes nothing.</param>
internal sealed record QueuedCall(Task Call, Action Finish, Func<bool> HasFailed, Func<Untaken?>? Untaken = null);

/// <summary>What came of a call whose result nobody took.</summary>
/// <param name="Text">A sentence.</param>
/// <param name="Id">The id of what is there now; null for nothing new.</param>
internal sealed record Untaken(string Text, string? Id = null);

/// <summary>
/// Calls in flight: so many at once and no more, results in the order the calls were started. With a window of one, a call's
/// result is handed on before the next call is started. Used from one thread; only the calls themselves run elsewhere.
/// </summary>
/// <param name="window">How many calls may be under way at once.</param>
/// <param name="wait">Waits for a task, in the way of the thread that uses this.</param>
internal sealed class CallQueue(int window, Action<Task> wait)
{
    /// <summary>Results that came early wait for those before them. So many may, for each call in flight: one slow call does not stop the
    /// rest.</summary>
    internal const int WaitingResults = 64;

    private readonly Queue<QueuedCall> _calls = new();
    private readonly List<QueuedCall> _running = [];
    private QueuedCall? _finishing;
    private int _failed;

    /// <summary>Whether a result is being handed on right now.</summary>
    public bool IsFinishing => _finishing is not null;

    /// <summary>
    /// Starts a call when there is room, and hands on what came of earlier ones. Once a call is known to have failed, nothing is
    /// started before its failure was handed on: that may end the work.
    /// </summary>
    public void Add(Func<QueuedCall> start)
    {
        MakeRoom();
        QueuedCall call = start();
        _running.Add(call);
        _calls.Enqueue(call);
        if (window == 1)
        {
            FinishAll();
        }
        else
        {
            FinishReady();
        }
    }

    /// <summary>Waits for every call and hands on what came of it.</summary>
    public void FinishAll()
    {
        while (_calls.Count > 0)
        {
            FinishOldest();
        }
    }

    /// <summary>
    /// Gives up: the calls whose results were not handed on, for the caller to look after. The one that was being handed on
    /// comes first.
    /// </summary>
    /// <returns>The calls, and how many of them were being handed on (0 or 1).</returns>
    public (IReadOnlyList<QueuedCall> Calls, int Interrupted) Abandon()
    {
        QueuedCall[] interrupted = _finishing is null ? [] : [_finishing];
        QueuedCall[] left = [.. interrupted, .. _calls];
        _calls.Clear();
        _running.Clear();
        (_finishing, _failed) = (null, 0);
        return (left, interrupted.Length);
    }

    private void MakeRoom()
    {
        while (true)
        {
            FinishReady();
            CountEnded();
            if (_calls.Count > 0 && (_failed > 0 || _calls.Count >= window * WaitingResults))
            {
                FinishOldest();
            }
            else if (_running.Count >= window)
            {
                wait(Task.WhenAny(_running.Select(one => one.Call)));
            }
            else
            {
                return;
            }
        }
    }

    private void FinishReady()
    {
        while (_calls.TryPeek(out QueuedCall? oldest) && oldest.Call.IsCompleted)
        {
            FinishOldest();
        }
    }

    private void FinishOldest()
    {
        QueuedCall? outer = _finishing;
        QueuedCall oldest = _calls.Dequeue();
        _finishing = oldest;
        oldest.Finish();

        // Only when it was handed on: what was interrupted stays to be looked after.
        _finishing = outer;

        // It was counted as failed, or will be before that is asked.
        _failed -= oldest.Call.IsCompleted && oldest.HasFailed() ? 1 : 0;
    }

    private void CountEnded()
    {
        for (int at = _running.Count - 1; at >= 0; at--)
        {
            if (_running[at] is { Call.IsCompleted: true } ended)
            {
                _running.RemoveAt(at);
                _failed += ended.HasFailed() ? 1 : 0;
            }
        }
    }
}
