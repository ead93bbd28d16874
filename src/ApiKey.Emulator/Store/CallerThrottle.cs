namespace ApiKey.Emulator.Store;

/// <summary>
/// Counts callers' requests against the throttles of their plan: one bucket for each key and plan, and one more for each method
/// with a throttle of its own, which tightens the plan's and never loosens it. Guarded by the region's lock.
/// </summary>
internal sealed class CallerThrottle(TimeProvider clock)
{
    private readonly Dictionary<(string Plan, string Key, string Method), TokenBucket> _buckets = [];

    /// <summary>Lets a request through, or not.</summary>
    /// <param name="way">The key and its plan.</param>
    /// <param name="stage">The stage, as <c>api:stage</c>.</param>
    /// <param name="method">The method, as <c>/path/VERB</c>.</param>
    public bool TryEnter(Way way, string stage, string method)
    {
        List<TokenBucket> buckets = [];
        if (way.Plan.Settings.Throttle is { } plans)
        {
            buckets.Add(Bucket(way, "", plans));
        }

        PlanStage? settings = way.Plan.Settings.Stages.Find(known => known.Key == stage);
        foreach ((string name, Throttle throttle) in settings?.Throttles ?? [])
        {
            if (Normal(name) == Normal(method))
            {
                buckets.Add(Bucket(way, $"{stage}{Normal(method)}", throttle));
            }
        }

        DateTimeOffset now = clock.GetUtcNow();
        if (!buckets.TrueForAll(bucket => bucket.Has(now)))
        {
            return false;
        }

        buckets.ForEach(bucket => bucket.Take());
        return true;
    }

    // The root's methods are written //GET or /GET.
    private static string Normal(string method) => "/" + method.TrimStart('/');

    // A throttle that was changed starts anew.
    private TokenBucket Bucket(Way way, string method, Throttle throttle)
    {
        (string, string, string) name = (way.Plan.Id, way.Key.Id, method);
        return _buckets.TryGetValue(name, out TokenBucket? bucket) && bucket.PerSecond == throttle.RateLimit
            && bucket.Size == throttle.BurstLimit
            ? bucket
            : _buckets[name] = new TokenBucket(throttle.RateLimit, throttle.BurstLimit);
    }
}
