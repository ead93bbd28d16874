using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace ApiKey.Calls;

/// <summary>
/// Lets one change of the keys in usage plans be under way at a time, for each account and region (or endpoint) of this
/// process: AWS refuses a second one with 409 "Please try again later". A turn lasts one try, so nobody waits for the
/// backoff of another.
/// </summary>
internal static class PlanKeyTurn
{
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> Gates = new(StringComparer.Ordinal);

    /// <summary>Waits for the turn; disposing what comes back ends it.</summary>
    public static async Task<IDisposable> WaitAsync(QuotaScope scope, CancellationToken cancellationToken)
    {
        SemaphoreSlim gate = Gates.GetOrAdd(scope.Name, _ => new SemaphoreSlim(1, 1));
        await gate.WaitAsync(cancellationToken);
        return new Turn(gate);
    }

    [SuppressMessage("Design", "CA1001", Justification = "The gate lives as long as the process.")]
    private sealed class Turn(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
