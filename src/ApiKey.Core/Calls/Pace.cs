using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using ApiKey.Service;
using ApiKey.Text;

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
/// DeleteApiKey 5 a second each, UpdateUsagePlan one in 20 seconds, all operations together 10 a second with a burst of 40. None can be
/// raised.
/// Recorded of AWS in September 2026: four UpdateUsagePlan calls within four seconds were accepted, refused ones counted too, whatever
/// their plans; the fifth was answered 429 without Retry-After.</remarks>
internal sealed class Pace
{
    private const double CreatesPerSecond = 5;
    private const double DeletesPerSecond = 5;
    private const double PlanUpdatesPerSecond = 1 / 20d;
    private const double CallsPerSecond = 10;

    // AWS was recorded to accept four at once and to refuse the fifth. One is left to the console and other tools.
    private const int PlanUpdateBurst = 3;

    // AWS allows 40. What is left serves the console and other tools of the same account.
    private const int CallBurst = 30;

    private static readonly ConcurrentDictionary<(string Scope, double? Rate, TimeProvider Clock), Pace> Known = new();

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
            [CallKind.UpdatePlan] = new Lane(clock, PlanUpdatesPerSecond, PlanUpdateBurst, "UpdateUsagePlan"),
        },
    };

    /// <summary>A pace of so many calls a second, whatever they do.</summary>
    public static Pace Of(double callsPerSecond, TimeProvider clock)
        => new(clock, new Lane(clock, callsPerSecond, 1, Words.Typed.Setting(nameof(ApiGatewayConnection.RequestsPerSecond))));

    /// <summary>The process's pace for a scope: what the user asked for, else AWS's quotas on AWS, else none.</summary>
    public static Pace? For(QuotaScope scope, double? requestsPerSecond, TimeProvider clock) => requestsPerSecond switch
    {
        0 => null,
        null when !scope.IsAws => null,
        { } rate => Known.GetOrAdd((scope.Name, rate, clock), _ => Of(rate, clock)),
        null => Known.GetOrAdd((scope.Name, null, clock), _ => Aws(clock)),
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

    /// <summary>Lets nobody through for a while: AWS asked for it, or reported that the rate is too high, so that others use the quota
    /// too.</summary>
    /// <param name="kind">What kind of call was refused.</param>
    /// <param name="retryAfter">How long AWS asks to wait; null when it does not say.</param>
    /// <param name="isThrottled">Whether the rate was too high. Then nothing of the quota is left: the next call is due after one interval,
    /// and no burst follows it.</param>
    public void Hold(CallKind kind, TimeSpan? retryAfter, bool isThrottled)
    {
        Lane lane = _own.GetValueOrDefault(kind, _all);
        DateTimeOffset now = _clock.GetUtcNow();
        lane.Hold(now + (retryAfter ?? TimeSpan.Zero));
        if (isThrottled)
        {
            lane.Empty(now);
        }
    }

    // One after the other: who waits at the front waits for time to pass, the others wait for him. A place is taken only when
    // it is used, so a stopped command leaves none taken.
    [SuppressMessage("Design", "CA1001",
        Justification = "A lane lives as long as the process; the wait handle of its semaphore is never made.")]
    private sealed class Lane(TimeProvider clock, double perSecond, int burst, string what)
    {
        // A slot that was missed by late waking is made up for, otherwise every call would lose a little. Nobody wakes later than half a
        // second.
        private readonly TimeSpan _slack = TimeSpan.FromSeconds(Math.Max((burst - 1) / perSecond, Math.Min(0.5 / perSecond, 0.5)));
        private readonly string _reason = string.Create(CultureInfo.InvariantCulture, $"the pace of {perSecond:0.##} a second ({what})");
        private readonly SemaphoreSlim _front = new(1, 1);
        private readonly TimeSpan _interval = TimeSpan.FromSeconds(1 / perSecond);
        private DateTimeOffset _next;
        private long _heldUntilTicks;
        private long _emptiedTicks;

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
                DateTimeOffset next = Next();
                _next = (next > now ? next : now) + _interval;
            }
            finally
            {
                _front.Release();
            }
        }

        public void Hold(DateTimeOffset until) => Raise(ref _heldUntilTicks, until);

        /// <summary>The whole burst was used up then.</summary>
        public void Empty(DateTimeOffset now) => Raise(ref _emptiedTicks, now);

        private static void Raise(ref long ticks, DateTimeOffset to)
        {
            long seen = Volatile.Read(ref ticks);
            while (to.UtcTicks > seen && Interlocked.CompareExchange(ref ticks, to.UtcTicks, seen) is long current && current != seen)
            {
                seen = current;
            }
        }

        private DateTimeOffset Next()
        {
            long emptied = Volatile.Read(ref _emptiedTicks);
            DateTimeOffset refilled = emptied == 0 ? default : new DateTimeOffset(emptied, TimeSpan.Zero) + _interval + _slack;
            return refilled > _next ? refilled : _next;
        }

        private DateTimeOffset Earliest()
        {
            DateTimeOffset next = Next();
            DateTimeOffset turn = next == default ? default : next - _slack;
            DateTimeOffset held = new(Volatile.Read(ref _heldUntilTicks), TimeSpan.Zero);
            return turn > held ? turn : held;
        }
    }
}
