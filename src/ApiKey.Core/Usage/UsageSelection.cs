using ApiKey.Model;

namespace ApiKey.Usage;

/// <summary>The keys and plans of one account and region whose usage is wanted.</summary>
internal sealed class UsageSelection
{
    private readonly Dictionary<string, (UsagePlanIdentity Plan, Dictionary<string, ApiKeyIdentity>? Keys)> _plans =
        new(StringComparer.Ordinal);
    private readonly Dictionary<string, ApiKeyIdentity> _keysOfAnyPlan = new(StringComparer.Ordinal);

    /// <summary>Whether all keys of all plans are wanted.</summary>
    public bool IsEverything { get; private set; }

    /// <summary>Keys whose plans were not named.</summary>
    public IReadOnlyDictionary<string, ApiKeyIdentity> KeysOfAnyPlan => _keysOfAnyPlan;

    /// <summary>Plans that were named, each with the keys wanted; null for all.</summary>
    public IEnumerable<(UsagePlanIdentity Plan, IReadOnlyDictionary<string, ApiKeyIdentity>? Keys)> Plans =>
        _plans.Values.Select(wanted => (wanted.Plan, (IReadOnlyDictionary<string, ApiKeyIdentity>?)wanted.Keys));

    /// <summary>Adds all keys of all plans.</summary>
    public void AddEverything() => IsEverything = true;

    /// <summary>Adds a key, in whatever plans it is.</summary>
    public void Add(ApiKeyIdentity key) => _keysOfAnyPlan[key.Id] = key;

    /// <summary>Adds all keys of a plan.</summary>
    public void Add(UsagePlanIdentity plan) => _plans[plan.Id] = (plan, null);

    /// <summary>Adds a key in a plan.</summary>
    public void Add(ApiKeyIdentity key, UsagePlanIdentity plan)
    {
        if (!_plans.TryGetValue(plan.Id, out (UsagePlanIdentity Plan, Dictionary<string, ApiKeyIdentity>? Keys) wanted))
        {
            wanted = (plan, new Dictionary<string, ApiKeyIdentity>(StringComparer.Ordinal));
            _plans.Add(plan.Id, wanted);
        }

        wanted.Keys?.TryAdd(key.Id, key);
    }
}
