using ApiKey.Model;
using ApiKey.Planning;

namespace ApiKey.Commands;

/// <summary>What the pipeline of a usage report asked for over one connection.</summary>
/// <param name="keys">The operations on keys of that connection.</param>
internal sealed class UsageWish(ApiKeyOperations keys)
{
    private readonly Dictionary<string, (UsagePlanIdentity Plan, Dictionary<string, ApiKeyIdentity>? Keys)> _plans = new(StringComparer.Ordinal);

    public ApiKeyOperations Keys { get; } = keys;

    /// <summary>Whether all keys of all plans are wanted.</summary>
    public bool AllPlans { get; private set; }

    /// <summary>Keys whose plans were not named.</summary>
    public Dictionary<string, ApiKeyIdentity> KeysOfAnyPlan { get; } = new(StringComparer.Ordinal);

    /// <summary>Plans that were named, each with the keys wanted; null for all.</summary>
    public IEnumerable<(UsagePlanIdentity Plan, IReadOnlyDictionary<string, ApiKeyIdentity>? Keys)> Plans => _plans.Values.Select(wish => (wish.Plan, (IReadOnlyDictionary<string, ApiKeyIdentity>?)wish.Keys));

    public void Add(ApiKeyIdentity key, UsagePlanIdentity[] plans)
    {
        if (plans.Length == 0)
        {
            KeysOfAnyPlan[key.Id] = key;
        }

        foreach (UsagePlanIdentity plan in plans)
        {
            if (!_plans.TryGetValue(plan.Id, out (UsagePlanIdentity Plan, Dictionary<string, ApiKeyIdentity>? Keys) wish))
            {
                wish = (plan, new Dictionary<string, ApiKeyIdentity>(StringComparer.Ordinal));
                _plans.Add(plan.Id, wish);
            }

            wish.Keys?.TryAdd(key.Id, key);
        }
    }

    public void AddWhole(UsagePlanIdentity[] plans)
    {
        AllPlans |= plans.Length == 0;
        foreach (UsagePlanIdentity plan in plans)
        {
            _plans[plan.Id] = (plan, null);
        }
    }
}
