namespace ApiKey.Emulator.Store;

/// <summary>A key's way into a stage: the key and the plan it is in.</summary>
internal readonly record struct Way(StoredKey Key, StoredPlan Plan);

/// <summary>
/// Which stages keys open, as callers meet it. AWS takes a while until a change is known wherever requests arrive: a key that
/// joins or leaves a plan, is enabled, disabled or deleted, a plan that gains or loses a stage. Whatever the change was, what each
/// key opens is compared before and after it, and what was before holds for callers until the delay is over. Guarded by the
/// region's lock.
/// </summary>
internal sealed class KeyAccess(RegionStore store, TimeProvider clock, TimeSpan delay)
{
    // By value, because that is what a caller has, and it may be of a key that is deleted already.
    private readonly Dictionary<string, Queue<(DateTimeOffset Until, List<Opening>? Before)>> _before = new(StringComparer.Ordinal);
    private Dictionary<string, List<Opening>> _now = new(StringComparer.Ordinal);

    private readonly record struct Opening(StoredKey Key, StoredPlan Plan, string Stage);

    /// <summary>How the holder of a value gets into a stage now; null when it does not.</summary>
    public Way? Find(string value, string stage)
    {
        foreach (Opening opening in Seen(value))
        {
            if (opening.Stage == stage)
            {
                return new Way(opening.Key, opening.Plan);
            }
        }

        return null;
    }

    /// <summary>Takes note of what a change did; callers meet it after the delay.</summary>
    public void Observe() => Compare(clock.GetUtcNow() + delay);

    /// <summary>Takes what there is as known everywhere: it was put in, not changed.</summary>
    public void Settle() => Compare(until: null);

    private void Compare(DateTimeOffset? until)
    {
        if (delay <= TimeSpan.Zero)
        {
            return;
        }

        Dictionary<string, List<Opening>> before = _now;
        _now = OpeningsOfAll();
        if (until is { } known)
        {
            foreach (string value in before.Keys.Union(_now.Keys, StringComparer.Ordinal))
            {
                List<Opening>? old = before.GetValueOrDefault(value);
                if (!(old ?? []).SequenceEqual(_now.GetValueOrDefault(value) ?? []))
                {
                    if (!_before.TryGetValue(value, out Queue<(DateTimeOffset, List<Opening>?)>? changes))
                    {
                        _before[value] = changes = new();
                    }

                    changes.Enqueue((known, old));
                }
            }
        }
    }

    // The oldest change that is not known yet tells what callers meet: what was before it.
    private IEnumerable<Opening> Seen(string value)
    {
        if (delay <= TimeSpan.Zero)
        {
            return store.FindByValue(value) is { Enabled: true } key
                ? store.PlansOf(key).SelectMany(plan => plan.Settings.Stages.Select(stage => new Opening(key, plan, stage.Key)))
                : [];
        }

        if (_before.TryGetValue(value, out Queue<(DateTimeOffset Until, List<Opening>? Before)>? changes))
        {
            DateTimeOffset now = clock.GetUtcNow();
            while (changes.TryPeek(out (DateTimeOffset Until, List<Opening>? Before) oldest))
            {
                if (oldest.Until > now)
                {
                    return oldest.Before ?? [];
                }

                changes.Dequeue();
            }

            _before.Remove(value);
        }

        return _now.GetValueOrDefault(value) ?? [];
    }

    private Dictionary<string, List<Opening>> OpeningsOfAll()
    {
        Dictionary<string, List<Opening>> all = new(StringComparer.Ordinal);
        foreach (StoredPlan plan in store.Plans)
        {
            foreach (PlanStage stage in plan.Settings.Stages)
            {
                foreach (StoredKey key in plan.Keys.Values.Where(key => key.Enabled))
                {
                    if (!all.TryGetValue(key.Value, out List<Opening>? openings))
                    {
                        all[key.Value] = openings = [];
                    }

                    openings.Add(new Opening(key, plan, stage.Key));
                }
            }
        }

        return all;
    }
}
