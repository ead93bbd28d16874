using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace ApiKey.Calls;

/// <summary>The calls that AWS counts apart from the rest.</summary>
internal enum CallKind
{
    /// <summary>Every operation without a quota of its own.</summary>
    Other,

    /// <summary>CreateApiKey.</summary>
    Create,

    /// <summary>DeleteApiKey.</summary>
    Delete,

    /// <summary>UpdateUsagePlan.</summary>
    UpdatePlan,

    /// <summary>CreateUsagePlanKey and DeleteUsagePlanKey: no quota of their own, but one at a time.</summary>
    PlanKey,
}

/// <summary>Whose quotas calls count against.</summary>
/// <param name="Name">Account and region, or the endpoint: the same name, the same quotas.</param>
/// <param name="IsAws">Whether AWS's quotas apply. They do not at an endpoint of the user's own.</param>
internal sealed record QuotaScope(string Name, bool IsAws);

/// <summary>
/// Spaces calls so that they keep to AWS's quotas instead of running into 429. One for all commands, runspaces and
/// connections of the process that use the same account and region.
/// </summary>
/// <remarks>Amazon API Gateway quotas, "API Gateway quotas for creating, deploying and managing a REST API": CreateApiKey and
/// DeleteApiKey 5 a second each, UpdateUsagePlan one in 20 seconds, all operations together 10 a second with a burst of 40. None can be raised.</remarks>
internal sealed class Pace
{
    private const double CreatesPerSecond = 5;
    private const double DeletesPerSecond = 5;
    private const double PlanUpdatesPerSecond = 1 / 20d;
    private const double CallsPerSecond = 10;

    // AWS allows 40. What is left serves the console and other tools of the same account.
    private const int CallBurst = 30;

    private static readonly ConcurrentDictionary<(string Scope, double? Rate), Pace> Known = new();

    private readonly TimeProvider _clock;
    private readonly Lane _all;
    private readonly Dictionary<CallKind, Lane> _own = [];

    private Pace(TimeProvider clock, Lane all)
    {
        (_clock, _all) = (clock, all);
    }

    /// <summary>A pace that keeps to AWS's quotas.</summary>
    public static Pace Aws(TimeProvider clock) => new(clock, new Lane(clock, CallsPerSecond, CallBurst, "all operations"))
    {
        _own =
        {
            [CallKind.Create] = new Lane(clock, CreatesPerSecond, 1, "CreateApiKey"),
            [CallKind.Delete] = new Lane(clock, DeletesPerSecond, 1, "DeleteApiKey"),
            [CallKind.UpdatePlan] = new Lane(clock, PlanUpdatesPerSecond, 1, "UpdateUsagePlan"),
        },
    };

    /// <summary>A pace of so many calls a second, whatever they do.</summary>
    public static Pace Of(double callsPerSecond, TimeProvider clock) => new(clock, new Lane(clock, callsPerSecond, 1, "-RequestsPerSecond"));

    /// <summary>The process's pace for a scope: what the user asked for, else AWS's quotas on AWS, else none.</summary>
    public static Pace? For(QuotaScope scope, double? requestsPerSecond) => requestsPerSecond switch
    {
        0 => null,
        null when !scope.IsAws => null,
        { } rate => Known.GetOrAdd((scope.Name, rate), _ => Of(rate, TimeProvider.System)),
        null => Known.GetOrAdd((scope.Name, null), _ => Aws(TimeProvider.System)),
    };

    /// <summary>Waits for the call's turn.</summary>
    public async Task EnterAsync(CallKind kind, CallTally tally, CancellationToken cancellationToken)
    {
        if (_own.TryGetValue(kind, out Lane? own))
        {
            await own.EnterAsync(tally, cancellationToken);
        }

        await _all.EnterAsync(tally, cancellationToken);
    }

    /// <summary>Lets nobody through for a while: AWS said that the rate is too high, so others use the quota too.</summary>
    public void Hold(CallKind kind, TimeSpan time) => _own.GetValueOrDefault(kind, _all).Hold(_clock.GetUtcNow() + time);

    // One after the other: who waits at the front waits for time to pass, the others wait for him. A place is taken only when
    // it is used, so a stopped command leaves none taken.
    [SuppressMessage("Design", "CA1001", Justification = "A lane lives as long as the process; the wait handle of its semaphore is never made.")]
    private sealed class Lane(TimeProvider clock, double perSecond, int burst, string what)
    {
        // A slot that was missed by late waking is made up for, otherwise every call would lose a little. Nobody wakes later than half a second.
        private readonly TimeSpan _slack = TimeSpan.FromSeconds(Math.Max((burst - 1) / perSecond, Math.Min(0.5 / perSecond, 0.5)));
        private readonly TimeSpan _interval = TimeSpan.FromSeconds(1 / perSecond);
        private readonly string _reason = string.Create(CultureInfo.InvariantCulture, $"the pace of {perSecond:0.##} a second ({what})");
        private readonly SemaphoreSlim _front = new(1, 1);
        private DateTimeOffset _next;
        private long _heldUntilTicks;

        public async Task EnterAsync(CallTally tally, CancellationToken cancellationToken)
        {
            await _front.WaitAsync(cancellationToken);
            try
            {
                TimeSpan delay;
                while ((delay = Earliest() - clock.GetUtcNow()) > TimeSpan.Zero)
                {
                    await tally.WaitAsync(delay, _reason, clock, cancellationToken);
                }

                DateTimeOffset now = clock.GetUtcNow();
                _next = (_next > now ? _next : now) + _interval;
            }
            finally
            {
                _front.Release();
            }
        }

        public void Hold(DateTimeOffset until)
        {
            long seen = Volatile.Read(ref _heldUntilTicks);
            while (until.UtcTicks > seen && Interlocked.CompareExchange(ref _heldUntilTicks, until.UtcTicks, seen) is long current && current != seen)
            {
                seen = current;
            }
        }

        private DateTimeOffset Earliest()
        {
            DateTimeOffset turn = _next == default ? default : _next - _slack;
            DateTimeOffset held = new(Volatile.Read(ref _heldUntilTicks), TimeSpan.Zero);
            return turn > held ? turn : held;
        }
    }
}
