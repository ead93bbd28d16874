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

    /// <summary>Adds a key in a plan; without a plan in whatever plans it is, without a key all keys of the plan, without either
    /// everything.</summary>
    public void Add(ApiKeyIdentity? key, UsagePlanIdentity? plan)
    {
        if (plan is null)
        {
            IsEverything |= key is null;
            if (key is not null)
            {
                _keysOfAnyPlan[key.Id] = key;
            }
        }
        else if (key is null)
        {
            _plans[plan.Id] = (plan, null);
        }
        else
        {
            _plans.TryAdd(plan.Id, (plan, new Dictionary<string, ApiKeyIdentity>(StringComparer.Ordinal)));
            _plans[plan.Id].Keys?.TryAdd(key.Id, key);
        }
    }
}
