using System.Diagnostics;

namespace ApiKey.Tests.Engine;

/// <summary>Tab gives up after two seconds with what it has by then, which on a busy machine may be nothing.</summary>
internal static class Tab
{
    // A timer may ring a little early.
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(1.9);

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Completes, and again when that took so long that something may be missing.</summary>
    /// <exception cref="TimeoutException">The machine is too busy.</exception>
    public static T InTime<T>(Func<T> complete)
    {
        long first = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(first) < Patience)
        {
            long start = Stopwatch.GetTimestamp();
            T offered = complete();
            if (Stopwatch.GetElapsedTime(start) < Budget)
            {
                return offered;
            }
        }

        throw new TimeoutException("No completion came in time.");
    }
}
