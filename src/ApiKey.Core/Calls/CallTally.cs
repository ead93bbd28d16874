using System.Globalization;

namespace ApiKey.Calls;

/// <summary>What one command sent: calls, tries again, and the time spent waiting. Safe for concurrent use.</summary>
internal sealed class CallTally
{
    private int _calls;
    private int _retries;
    private int _throttled;
    private long _waitedTicks;
    private string? _waitingFor;

    /// <summary>Requests sent, the repeated ones included.</summary>
    public int Calls => Volatile.Read(ref _calls);

    /// <summary>Requests that repeated an earlier one.</summary>
    public int Retries => Volatile.Read(ref _retries);

    /// <summary>Answers with 429 TooManyRequestsException.</summary>
    public int Throttled => Volatile.Read(ref _throttled);

    /// <summary>Time that calls spent waiting, for the pace or before a try again, added up over calls in flight at once.</summary>
    public TimeSpan Waited => TimeSpan.FromTicks(Volatile.Read(ref _waitedTicks));

    /// <summary>What is being waited for now; null for nothing but answers.</summary>
    public string? WaitingFor => Volatile.Read(ref _waitingFor);

    /// <summary>For -Verbose: <c>12 calls, 2 of them repeated, 1 answered 429, 3.4 s waited</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Calls} {(Calls == 1 ? "call" : "calls")} to API Gateway, {Retries} of them repeated, {Throttled} answered 429, "
        + $"{Waited.TotalSeconds:0.0} s waited (added up over calls in flight).");

    internal void CountCall() => Interlocked.Increment(ref _calls);

    internal void CountRetry() => Interlocked.Increment(ref _retries);

    internal void CountThrottled() => Interlocked.Increment(ref _throttled);

    /// <summary>Waits, and says for what.</summary>
    internal async Task WaitAsync(TimeSpan delay, string reason, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (delay <= TimeSpan.Zero)
        {
            return;
        }

        long start = clock.GetTimestamp();
        Volatile.Write(ref _waitingFor, reason);
        try
        {
            await clock.WaitAsync(delay, cancellationToken);
        }
        finally
        {
            Volatile.Write(ref _waitingFor, null);
            Interlocked.Add(ref _waitedTicks, clock.GetElapsedTime(start).Ticks);
        }
    }
}
