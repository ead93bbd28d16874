using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace ApiKey.Plans;

/// <summary>
/// How long AWS takes until a change of a key is known wherever requests arrive, which keys this process put into plans or took out of
/// them within that time, and which plans it changed: nothing on a key or a plan says when. What one clock says means nothing to another.
/// </summary>
internal sealed class PlanJoins
{
    /// <summary>
    /// After so long a new key is accepted everywhere. Measured on AWS: a key is refused for 21 to 85 seconds (median 75) after
    /// it joined a plan, and a disabled or removed one is accepted for up to 73 seconds more.
    /// </summary>
    public static readonly TimeSpan Settling = TimeSpan.FromSeconds(90);

    // After so many joins those that no longer matter are dropped.
    private const int Many = 1000;

    private static readonly ConditionalWeakTable<TimeProvider, PlanJoins> Known = [];

    private readonly ConcurrentDictionary<string, DateTimeOffset> _times = new(StringComparer.Ordinal);
    private readonly TimeProvider _clock;
    private int _added;

    private PlanJoins(TimeProvider clock)
    {
        _clock = clock;
    }

    /// <summary>Those of a clock: nearly always the system's.</summary>
    public static PlanJoins By(TimeProvider clock) => Known.GetValue(clock, static clock => new PlanJoins(clock));

    /// <summary>Remembers that a key joined or left a plan now, or that a plan was changed.</summary>
    /// <param name="id">The key or the plan.</param>
    public void Add(string id)
    {
        DateTimeOffset time = _clock.GetUtcNow();
        _times[id] = time;
        if (Interlocked.Increment(ref _added) % Many == 0)
        {
            foreach ((string old, DateTimeOffset joined) in _times)
            {
                if (time - joined > Settling)
                {
                    _times.TryRemove(old, out _);
                }
            }
        }
    }

    /// <summary>When that was, if it was lately, as far as this process knows; null for not.</summary>
    public DateTimeOffset? TimeOf(string id) => _times.TryGetValue(id, out DateTimeOffset joined) ? joined : null;

    /// <summary>When a key can be relied on.</summary>
    /// <param name="keyId">The key.</param>
    /// <param name="created">When it was made, as AWS says.</param>
    /// <param name="isInPlan">Whether it is in a plan; a key in none grants no access, and nobody waits for it.</param>
    public DateTimeOffset ReliableFrom(string keyId, DateTimeOffset? created, bool isInPlan)
    {
        DateTimeOffset now = _clock.GetUtcNow();

        // AWS's clock may be ahead of ours, but the key exists.
        DateTimeOffset since = created is { } made && made < now ? made : now;
        if (_times.TryGetValue(keyId, out DateTimeOffset joined) && joined > since)
        {
            since = joined;
        }

        return isInPlan ? since + Settling : since;
    }
}
