using System.Runtime.CompilerServices;
using ApiKey.Calls;
using ApiKey.Keys;
using ApiKey.Model;
using ApiKey.Plans;
using ApiKey.Service;

namespace ApiKey.Usage;

/// <summary>A part of a usage report: rows, or why there are none.</summary>
/// <param name="Plan">The plan it is about; null for whatever plans the key is in.</param>
/// <param name="Key">The key it is about; null for all that are wanted of the plan, and with no plan either for the listing of all
/// plans.</param>
internal sealed record UsagePart(UsagePlanIdentity? Plan, ApiKeyIdentity? Key)
{
    /// <summary>What was done, as an error about it says.</summary>
    public string What => (Key, Plan) switch
    {
        ({ } key, _) => $"Reading the usage of API key '{key}'",
        (_, { } plan) => $"Reading the usage of plan '{plan}'",
        _ => "Listing usage plans",
    };

    /// <summary>A row for each key, plan and day.</summary>
    public IReadOnlyList<ApiKeyUsageInfo> Rows { get; init; } = [];

    /// <summary>Why it could not be read; null when it was.</summary>
    public ApiGatewayException? Failure { get; init; }

    /// <summary>Whether the key is not in the plan that was named with it.</summary>
    public bool IsNotInPlan { get; init; }
}

/// <summary>
/// Usage from one day to another, a row for each key, plan and day. A key that used nothing has rows too, with 0, also where AWS
/// leaves it out: that is how unused keys are found. In a plan without a quota AWS names just the keys that were used, with 0. Many keys
/// are read with their plans, few one by one, whichever is fewer calls.
/// </summary>
/// <param name="keys">Where to read keys.</param>
/// <param name="plans">Where to read plans.</param>
/// <param name="first">The first day.</param>
/// <param name="last">The last day.</param>
internal sealed class UsageReport(ApiKeyOperations keys, UsagePlanOperations plans, DateOnly first, DateOnly last)
{
    // Up to so many keys are looked up without asking first how many plans there are.
    private const int Few = 8;

    private const int InFlight = 8;

    /// <summary>Reads what is wanted, part by part. A part that fails does not stop the others.</summary>
    public async IAsyncEnumerable<UsagePart> ReadAsync(UsageSelection wanted, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach ((UsagePlanIdentity plan, IReadOnlyDictionary<string, ApiKeyIdentity>? some) in wanted.Plans)
        {
            await foreach (UsagePart part in ReadPlanAsync(plan, some, cancellationToken))
            {
                yield return part;
            }
        }

        await foreach (UsagePart part in ReadKeysAsync(wanted.IsEverything ? null : wanted.KeysOfAnyPlan, cancellationToken))
        {
            yield return part;
        }
    }

    // A plan that was named: all of its keys, or certain ones.
    private async IAsyncEnumerable<UsagePart> ReadPlanAsync(
        UsagePlanIdentity identity,
        IReadOnlyDictionary<string, ApiKeyIdentity>? some,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        UsagePlanInfo? plan = identity.Plan;
        if (plan is null)
        {
            UsagePart read = await TryAsync(new UsagePart(identity, null), async () =>
            {
                plan = await plans.GetAsync(identity, cancellationToken);
                return [];
            });
            if (plan is null)
            {
                yield return read;
                yield break;
            }
        }

        // A key costs a call here, the whole plan at least two: a page of its keys and a page of their usage.
        if (some is { Count: <= 2 })
        {
            IAsyncEnumerable<UsagePart> parts = InOrder.SelectAsync(some.Values, InFlight, key =>
                TryAsync(new UsagePart(null, key), () => OfKeyAsync(plan, key.Id, key.Key?.Name, cancellationToken)));
            await foreach (UsagePart part in parts)
            {
                yield return part;
            }

            yield break;
        }

        Found found = new();
        await foreach (UsagePart part in ReadWholeAsync(plan, some, found, cancellationToken))
        {
            yield return part;
        }

        foreach (ApiKeyIdentity missing in found.WithoutFailure ? some?.Values.Where(key => !found.Ids.Contains(key.Id)) ?? [] : [])
        {
            yield return new UsagePart(new UsagePlanIdentity(plan), missing) { IsNotInPlan = true };
        }
    }

    // Keys in whatever plans they are, or all keys of all plans.
    private async IAsyncEnumerable<UsagePart> ReadKeysAsync(IReadOnlyDictionary<string, ApiKeyIdentity>? some,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IReadOnlyList<UsagePlanInfo>? all = null;
        if (some is null || some.Count > Few)
        {
            UsagePart listing = await TryAsync(new UsagePart(null, null), async () =>
            {
                all = await plans.ListAllAsync(apiKeyId: null, cancellationToken);
                return [];
            });
            if (all is null)
            {
                yield return listing;
                yield break;
            }
        }

        // A plan costs at least a page of its keys and a page of their usage, a key at least its plans and a plan's usage: two calls each.
        if (some is not null && (all is null || some.Count <= all.Count))
        {
            await foreach (UsagePart part in InOrder.SelectAsync(some.Values, InFlight,
                key => TryAsync(new UsagePart(null, key), () => OfPlansOfKeyAsync(key, cancellationToken))))
            {
                yield return part;
            }

            yield break;
        }

        Found found = new();
        foreach (UsagePlanInfo plan in all!)
        {
            await foreach (UsagePart part in ReadWholeAsync(plan, some, found, cancellationToken))
            {
                yield return part;
            }
        }

        IEnumerable<ApiKeyIdentity> inNone = found.WithoutFailure ? some?.Values.Where(key => !found.Ids.Contains(key.Id)) ?? [] : [];
        await foreach (UsagePart part in InOrder.SelectAsync(inNone, InFlight,
            key => TryAsync(new UsagePart(null, key), () => OfNoPlanAsync(key, cancellationToken))))
        {
            yield return part;
        }
    }

    // The keys of a plan, page by page: a page of keys and a page of usage for each 500 of them.
    private async IAsyncEnumerable<UsagePart> ReadWholeAsync(
        UsagePlanInfo plan,
        IReadOnlyDictionary<string, ApiKeyIdentity>? some,
        Found found,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        UsagePart part = new(new UsagePlanIdentity(plan), null);
        IAsyncEnumerator<IReadOnlyList<ApiKeyUsageInfo>> pages = OfPlanAsync(plan, key => some is null || some.ContainsKey(key),
            cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using (pages)
        {
            bool more = true;
            while (more)
            {
                UsagePart page = await TryAsync(part, async () => (more = await pages.MoveNextAsync()) ? pages.Current : []);
                more &= page.Failure is null;
                found.WithoutFailure &= page.Failure is null;
                found.Ids.UnionWith(page.Rows.Select(row => row.ApiKeyId));
                if (more || page.Failure is not null)
                {
                    yield return page;
                }
            }
        }
    }

    private static async Task<UsagePart> TryAsync(UsagePart part, Func<Task<IReadOnlyList<ApiKeyUsageInfo>>> read)
    {
        try
        {
            return part with { Rows = await read() };
        }
        catch (ApiGatewayException failure)
        {
            return part with { Failure = failure };
        }
    }

    private async Task<IReadOnlyList<ApiKeyUsageInfo>> OfPlansOfKeyAsync(ApiKeyIdentity key, CancellationToken cancellationToken)
    {
        IReadOnlyList<UsagePlanInfo> ofKey = await plans.ListAllAsync(key.Id, cancellationToken);
        List<ApiKeyUsageInfo> rows = [];
        foreach (UsagePlanInfo plan in ofKey)
        {
            rows.AddRange(await OfKeyAsync(plan, key.Id, key.Key?.Name, cancellationToken));
        }

        return ofKey.Count > 0 ? rows : await OfNoPlanAsync(key, cancellationToken);
    }

    // One key in one plan: one call.
    private async Task<IReadOnlyList<ApiKeyUsageInfo>> OfKeyAsync(UsagePlanInfo plan, string keyId, string? keyName,
        CancellationToken cancellationToken)
    {
        List<ApiKeyUsageInfo> rows = [];
        await foreach (IReadOnlyList<KeyUsage> page in plans.GetUsageAsync(new UsageQuery(plan.Id, keyId, first, last), cancellationToken))
        {
            rows.AddRange(page.Where(usage => usage.KeyId == keyId).SelectMany(usage => Rows(usage, keyName, plan)));
        }

        return rows.Count > 0 ? rows : [.. Rows(new KeyUsage(keyId, []), keyName, plan)];
    }

    // A key that is in no plan used nothing; but an id may be of no key at all.
    private async Task<IReadOnlyList<ApiKeyUsageInfo>> OfNoPlanAsync(ApiKeyIdentity identity, CancellationToken cancellationToken)
    {
        ApiKeyInfo key = identity.Key ?? await keys.GetAsync(identity.Id, includeValue: false, cancellationToken);
        return [.. Rows(new KeyUsage(key.Id, []), key.Name, plan: null)];
    }

    private async IAsyncEnumerable<IReadOnlyList<ApiKeyUsageInfo>> OfPlanAsync(UsagePlanInfo plan, Func<string, bool> isWanted,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Dictionary<string, string?> members = new(StringComparer.Ordinal);
        await foreach (IReadOnlyList<UsagePlanKeyInfo> page in plans.ListKeysAsync(plan.Id, namePrefix: null, cancellationToken))
        {
            foreach (UsagePlanKeyInfo key in page.Where(key => isWanted(key.Id)))
            {
                members[key.Id] = key.Name;
            }
        }

        HashSet<string> reported = new(StringComparer.Ordinal);
        await foreach (IReadOnlyList<KeyUsage> page in plans.GetUsageAsync(new UsageQuery(plan.Id, null, first, last), cancellationToken))
        {
            yield return [.. page.Where(usage => isWanted(usage.KeyId) && reported.Add(usage.KeyId))
                .SelectMany(usage => Rows(usage, members.GetValueOrDefault(usage.KeyId), plan))];
        }

        yield return [.. members.Where(key => !reported.Contains(key.Key))
            .SelectMany(key => Rows(new KeyUsage(key.Key, []), key.Value, plan))];
    }

    private IEnumerable<ApiKeyUsageInfo> Rows(KeyUsage usage, string? keyName, UsagePlanInfo? plan)
    {
        // Without a quota AWS counts 0 for every key that was used, and says nothing of the others. Whoever is named was used.
        bool isCounted = plan?.QuotaLimit is not null || usage.Days.Count == 0;
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
                Used = isCounted || used > 0 ? used : null,
                Remaining = plan?.QuotaLimit is null ? null : remaining,
                Region = plans.Region,
            });
        }
    }

    // What whole plans had of the keys that are wanted.
    private sealed class Found
    {
        public HashSet<string> Ids { get; } = new(StringComparer.Ordinal);

        public bool WithoutFailure { get; set; } = true;
    }
}
