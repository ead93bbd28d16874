using ApiKey.Calls;
using ApiKey.Model;

namespace ApiKey.Plans;

/// <summary>Every usage plan of a region, and which keys are in it: read once, so that nobody asks key by key.</summary>
internal sealed class PlanMembers
{
    // Members of so many plans are read at once.
    private const int Window = 8;

    private readonly Dictionary<string, List<UsagePlanInfo>> _plansOf = new(StringComparer.Ordinal);

    private PlanMembers(IReadOnlyList<UsagePlanInfo> plans)
    {
        Plans = plans;
    }

    /// <summary>The plans, those without keys too.</summary>
    public IReadOnlyList<UsagePlanInfo> Plans { get; }

    /// <summary>Reads the plans, ceil(p/500) calls, and the keys in each, ceil(k/500) calls or one where there are none.</summary>
    public static async Task<PlanMembers> ReadAsync(UsagePlanOperations plans, CancellationToken cancellationToken) =>
        await ReadAsync(plans, await plans.ListAllAsync(apiKeyId: null, cancellationToken), cancellationToken);

    /// <summary>Reads the keys in plans that are known.</summary>
    public static async Task<PlanMembers> ReadAsync(UsagePlanOperations plans, IReadOnlyList<UsagePlanInfo> known,
        CancellationToken cancellationToken)
    {
        PlanMembers members = new(known);
        await foreach ((UsagePlanInfo plan, List<string> keys) in InOrder.SelectAsync(known, Window,
            plan => ReadKeysAsync(plans, plan, cancellationToken)).WithCancellation(cancellationToken))
        {
            foreach (string key in keys)
            {
                members.Add(key, plan);
            }
        }

        return members;
    }

    /// <summary>The plans a key is in.</summary>
    public IReadOnlyList<UsagePlanInfo> PlansOf(string keyId) => _plansOf.GetValueOrDefault(keyId) ?? [];

    private static async Task<(UsagePlanInfo Plan, List<string> Keys)> ReadKeysAsync(UsagePlanOperations plans, UsagePlanInfo plan,
        CancellationToken cancellationToken)
    {
        List<string> keys = [];
        await foreach (IReadOnlyList<UsagePlanKeyInfo> page in plans.ListKeysAsync(plan.Id, namePrefix: null, cancellationToken))
        {
            keys.AddRange(page.Select(key => key.Id));
        }

        return (plan, keys);
    }

    private void Add(string keyId, UsagePlanInfo plan)
    {
        if (!_plansOf.TryGetValue(keyId, out List<UsagePlanInfo>? plans))
        {
            _plansOf.Add(keyId, plans = []);
        }

        plans.Add(plan);
    }
}
