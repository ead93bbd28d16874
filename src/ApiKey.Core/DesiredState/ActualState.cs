using ApiKey.Calls;
using ApiKey.Keys;
using ApiKey.Model;
using ApiKey.Plans;

namespace ApiKey.DesiredState;

/// <summary>What is there in a region.</summary>
/// <param name="Region">The region.</param>
/// <param name="Keys">Its keys; none when keys are not looked at.</param>
/// <param name="Plans">Its usage plans; none when plans are not looked at.</param>
/// <param name="KeysByPlan">The ids of the keys in each plan, as far as they were read.</param>
internal sealed record ActualState(
    string Region,
    IReadOnlyList<ApiKeyInfo> Keys,
    IReadOnlyList<UsagePlanInfo> Plans,
    IReadOnlyDictionary<string, IReadOnlySet<string>> KeysByPlan);

/// <summary>Reads what is there in a region, as far as a desired state says anything of it: each listing once, whatever the number of
/// entries.</summary>
/// <param name="desired">What the desired state says of the region.</param>
/// <param name="keys">Its keys.</param>
/// <param name="plans">Its usage plans.</param>
internal sealed class ActualStateReader(DesiredEntries desired, ApiKeyOperations keys, UsagePlanOperations plans)
{
    private readonly List<ApiKeyInfo> _keys = [];
    private readonly List<UsagePlanInfo> _plans = [];
    private readonly Dictionary<string, IReadOnlySet<string>> _members = new(StringComparer.Ordinal);

    /// <summary>What was read. A key that is made while pages are read may come twice.</summary>
    public ActualState Read() => new(keys.Region, [.. _keys.DistinctBy(key => key.Id, StringComparer.Ordinal)],
        [.. _plans.DistinctBy(plan => plan.Id, StringComparer.Ordinal)], _members);

    /// <summary>The listings, each with what it is called and how many items come page by page. One is read to its end before the next is
    /// asked for, because what it says decides which come after it.</summary>
    public IEnumerable<(string What, IAsyncEnumerable<int> Pages)> Listings(CancellationToken cancellationToken)
    {
        if (desired.ListsKeys || desired.Members.Count > 0)
        {
            ApiKeyQuery query = new(IncludeValues: desired.Keys.Any(key => key.Spec.Value is not null));
            yield return ("Listing API keys", CollectAsync(keys.ListAsync(query, cancellationToken), _keys));
        }

        if (!desired.TouchesPlans)
        {
            yield break;
        }

        yield return ("Listing usage plans", CollectAsync(plans.ListAsync(apiKeyId: null, cancellationToken), _plans));
        foreach (UsagePlanInfo plan in UsagePlanPlanner.PlansToRead(desired, _plans))
        {
            List<UsagePlanKeyInfo> members = [];
            yield return ($"Listing the keys of usage plan '{plan}'",
                CollectAsync(plans.ListKeysAsync(plan.Id, namePrefix: null, cancellationToken), members));
            _members[plan.Id] = members.Select(key => key.Id).ToHashSet(StringComparer.Ordinal);
        }
    }

    private static async IAsyncEnumerable<int> CollectAsync<T>(IAsyncEnumerable<IReadOnlyList<T>> pages, List<T> all)
    {
        await foreach (IReadOnlyList<T> page in pages)
        {
            all.AddRange(page);
            yield return page.Count;
        }
    }
}
