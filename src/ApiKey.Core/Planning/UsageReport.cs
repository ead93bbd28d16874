using System.Runtime.CompilerServices;
using ApiKey.Model;
using ApiKey.Service;

namespace ApiKey.Planning;

/// <summary>
/// Usage from one day to another, a row for each key, plan and day. A key that used nothing has rows too, with 0, also where
/// AWS leaves it out: that is how unused keys are found.
/// </summary>
/// <param name="plans">Where to read.</param>
/// <param name="first">The first day.</param>
/// <param name="last">The last day.</param>
public sealed class UsageReport(UsagePlanOperations plans, DateOnly first, DateOnly last)
{
    /// <summary>
    /// Whether reading plans whole takes fewer calls than reading keys one by one: a plan costs at least a page of its keys
    /// and a page of their usage, a key at least its plans and a plan's usage.
    /// </summary>
    /// <param name="keys">How many keys are wanted.</param>
    /// <param name="planCount">How many plans there are to read.</param>
    /// <param name="plansAreGiven">Whether the caller named the plans, so that they need not be looked up for each key.</param>
    public static bool WholePlansAreFewerCalls(int keys, int planCount, bool plansAreGiven) => plansAreGiven ? keys > 2 : 2 * keys > 1 + (2 * planCount);

    /// <summary>One key in one plan: one call.</summary>
    public async Task<IReadOnlyList<ApiKeyUsageInfo>> OfKeyAsync(UsagePlanInfo plan, string keyId, string? keyName, CancellationToken cancellationToken)
    {
        List<ApiKeyUsageInfo> rows = [];
        await foreach (IReadOnlyList<KeyUsage> page in plans.GetUsageAsync(new UsageQuery(plan.Id, keyId, first, last), cancellationToken))
        {
            rows.AddRange(page.Where(usage => usage.KeyId == keyId).SelectMany(usage => Rows(usage, keyName, plan)));
        }

        return rows.Count > 0 ? rows : [.. Rows(new KeyUsage(keyId, []), keyName, plan)];
    }

    /// <summary>The keys of a plan, page by page: a page of keys and a page of usage for each 500 of them.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="isWanted">Which keys.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async IAsyncEnumerable<IReadOnlyList<ApiKeyUsageInfo>> OfPlanAsync(UsagePlanInfo plan, Func<string, bool> isWanted, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Dictionary<string, string?> members = new(StringComparer.Ordinal);
        await foreach (IReadOnlyList<UsagePlanKeyInfo> page in plans.ListKeysAsync(plan.Id, namePrefix: null, cancellationToken))
        {
            foreach (UsagePlanKeyInfo key in page.Where(key => isWanted(key.Id)))
            {
                members[key.Id] = key.Name;
            }
        }

        HashSet<string> told = new(StringComparer.Ordinal);
        await foreach (IReadOnlyList<KeyUsage> page in plans.GetUsageAsync(new UsageQuery(plan.Id, null, first, last), cancellationToken))
        {
            yield return [.. page.Where(usage => isWanted(usage.KeyId) && told.Add(usage.KeyId)).SelectMany(usage => Rows(usage, members.GetValueOrDefault(usage.KeyId), plan))];
        }

        yield return [.. members.Where(key => !told.Contains(key.Key)).SelectMany(key => Rows(new KeyUsage(key.Key, []), key.Value, plan))];
    }

    /// <summary>The rows of a key that is in no plan: nothing used.</summary>
    public IEnumerable<ApiKeyUsageInfo> OfNoPlan(string keyId, string? keyName) => Rows(new KeyUsage(keyId, []), keyName, plan: null);

    private IEnumerable<ApiKeyUsageInfo> Rows(KeyUsage usage, string? keyName, UsagePlanInfo? plan)
    {
        for (DateOnly day = first; day <= last; day = day.AddDays(1))
        {
            int index = day.DayNumber - first.DayNumber;
            (long used, long? remaining) = index < usage.Days.Count ? usage.Days[index] : (0, null);
            yield return plans.Present(new ApiKeyUsageInfo
            {
                Date = day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc),
                ApiKeyId = usage.KeyId,
                ApiKeyName = keyName,
                UsagePlanId = plan?.Id,
                UsagePlanName = plan?.Name,
                Used = used,
                Remaining = plan?.QuotaLimit is null ? null : remaining,
                Region = plans.Region,
            });
        }
    }
}
