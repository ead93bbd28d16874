using System.Management.Automation;
using ApiKey.Binding;
using ApiKey.Cmdlets;
using ApiKey.Completion;
using ApiKey.Model;
using ApiKey.Planning;
using ApiKey.Service;

namespace ApiKey.Commands;

/// <summary>
/// Tells what keys used of their plans, a row for each key, plan and day. Piped keys are collected first: many of them are read
/// with their plans, few one by one, whichever is fewer calls.
/// </summary>
[Cmdlet(VerbsCommon.Get, "ApiGatewayApiKeyUsage")]
[OutputType(typeof(ApiKeyUsageInfo))]
public sealed class GetApiGatewayApiKeyUsageCommand : ApiKeyCommand
{
    private const int DefaultDays = 30;

    // Up to so many keys are looked up without asking first how many plans there are.
    private const int Few = 8;

    private readonly Dictionary<UsagePlanOperations, UsageWish> _wishes = [];
    private (DateOnly First, DateOnly Last) _range;

    /// <summary>The keys: ids, key objects, or what Get-ApiGatewayUsagePlanKey emits; every key of the plans when left out.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [TransformKey(IsPassedOver = true)]
    [Alias("KeyId", "ApiKeyId")]
    [ArgumentCompleter(typeof(KeyIdCompleter))]
    public ApiKeyIdentity[] Id { get; set; } = [];

    /// <summary>The plans: ids or plan objects; every plan of the keys when left out.</summary>
    [Parameter(Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [TransformPlan(IsPassedOver = true)]
    [ArgumentCompleter(typeof(UsagePlanIdCompleter))]
    public UsagePlanIdentity[] UsagePlanId { get; set; } = [];

    /// <summary>The first day, in UTC; 29 days before the last one when left out.</summary>
    [Parameter]
    [Given]
    [TransformDate]
    public DateTime? StartDate { get; set; }

    /// <summary>The last day, in UTC; today when left out.</summary>
    [Parameter]
    [Given]
    [TransformDate]
    public DateTime? EndDate { get; set; }

    /// <inheritdoc/>
    protected override void Begin()
    {
        DateOnly today = DateOnly.FromDateTime(DateTime.UtcNow);
        DateOnly last = EndDate is { } end ? DateOnly.FromDateTime(end) : today;
        DateOnly first = StartDate is { } start ? DateOnly.FromDateTime(start) : last.AddDays(1 - DefaultDays);
        if (UsagePlanRules.FaultOfRange(first, last, today) is { } fault)
        {
            ThrowFault("InvalidDateRange", fault, MyInvocation.InvocationName);
        }

        _range = (first, last);
    }

    /// <inheritdoc/>
    protected override void Execute()
    {
        if (UsagePlanId.Length == 0)
        {
            Array.ForEach(Id, key => WishAt(key.Connection).Add(key, []));
            if (Id.Length == 0)
            {
                WishAt(origin: null).AddWhole([]);
            }
        }

        foreach (UsagePlanIdentity plan in UsagePlanId)
        {
            foreach (ApiKeyIdentity key in Id.Where(key => !RefuseElsewhere(key, plan)))
            {
                WishAt(key.Connection ?? plan.Connection).Add(key, [plan]);
            }

            if (Id.Length == 0)
            {
                WishAt(plan.Connection).AddWhole([plan]);
            }
        }
    }

    /// <inheritdoc/>
    protected override void Finish()
    {
        foreach ((UsagePlanOperations operations, UsageWish wish) in _wishes)
        {
            UsageReport report = new(operations, _range.First, _range.Last);
            foreach ((UsagePlanIdentity plan, IReadOnlyDictionary<string, ApiKeyIdentity>? keys) in wish.Plans)
            {
                ReportPlan(operations, report, plan, keys);
            }

            if (wish.AllPlans)
            {
                ReportKeys(operations, report, keys: null);
            }
            else if (wish.KeysOfAnyPlan.Count > 0)
            {
                ReportKeys(operations, report, wish.KeysOfAnyPlan);
            }
        }
    }

    private UsageWish WishAt(ApiGatewayConnection? origin)
    {
        UsagePlanOperations operations = PlanOperations(origin);
        if (!_wishes.TryGetValue(operations, out UsageWish? wish))
        {
            wish = new UsageWish(Operations(origin));
            _wishes.Add(operations, wish);
        }

        return wish;
    }

    // A plan that was named: all of its keys, or certain ones.
    private void ReportPlan(UsagePlanOperations operations, UsageReport report, UsagePlanIdentity identity, IReadOnlyDictionary<string, ApiKeyIdentity>? keys)
    {
        UsagePlanInfo? plan = identity.Plan;
        if (plan is null)
        {
            Try($"Reading usage plan '{identity}'", identity.Id, () => plan = Await(operations.GetAsync(identity.Id, StopToken)));
        }

        if (plan is null)
        {
            return;
        }

        if (keys is not null && !UsageReport.WholePlansAreFewerCalls(keys.Count, planCount: 1, plansAreGiven: true))
        {
            foreach (ApiKeyIdentity key in keys.Values)
            {
                Start($"Reading the usage of API key '{key}'", TargetOf(key), () => report.OfKeyAsync(plan, key.Id, key.Key?.Name, StopToken), Write);
            }

            Drain();
            return;
        }

        HashSet<string> found = WritePlan(report, plan, keys);
        foreach (ApiKeyIdentity missing in keys?.Values.Where(key => !found.Contains(key.Id)) ?? [])
        {
            WriteFault(
                "UsagePlanKeyNotFound",
                $"API key '{missing}' is not in usage plan '{plan}' in {operations.Region}. Leave -UsagePlanId out to read the plans it is in.",
                TargetOf(missing),
                ErrorCategory.ObjectNotFound);
        }
    }

    // Keys in whatever plans they are, or all keys of all plans.
    private void ReportKeys(UsagePlanOperations operations, UsageReport report, IReadOnlyDictionary<string, ApiKeyIdentity>? keys)
    {
        IReadOnlyList<UsagePlanInfo>? plans = null;
        if (keys is null || keys.Count > Few)
        {
            Try("Listing usage plans", null, () => plans = Await(operations.ListAllAsync(apiKeyId: null, StopToken)));
            if (plans is null)
            {
                return;
            }
        }

        if (keys is not null && (plans is null || !UsageReport.WholePlansAreFewerCalls(keys.Count, plans.Count, plansAreGiven: false)))
        {
            ReportOneByOne(operations, report, keys.Values);
            return;
        }

        HashSet<string> found = new(StringComparer.Ordinal);
        foreach (UsagePlanInfo plan in plans!)
        {
            found.UnionWith(WritePlan(report, plan, keys));
        }

        ApiKeyOperations keyOperations = _wishes[operations].Keys;
        foreach (ApiKeyIdentity unplanned in HadNoError ? keys?.Values.Where(key => !found.Contains(key.Id)) ?? [] : [])
        {
            Start($"Reading the usage of API key '{unplanned}'", TargetOf(unplanned), () => OfNoPlanAsync(report, keyOperations, unplanned), Write);
        }
    }

    private void ReportOneByOne(UsagePlanOperations operations, UsageReport report, IEnumerable<ApiKeyIdentity> keys)
    {
        ApiKeyOperations keyOperations = _wishes[operations].Keys;
        foreach (ApiKeyIdentity key in keys)
        {
            Start(
                $"Reading the usage of API key '{key}'",
                TargetOf(key),
                async () =>
                {
                    IReadOnlyList<UsagePlanInfo> plans = await operations.ListAllAsync(key.Id, StopToken);
                    List<ApiKeyUsageInfo> rows = [];
                    foreach (UsagePlanInfo plan in plans)
                    {
                        rows.AddRange(await report.OfKeyAsync(plan, key.Id, key.Key?.Name, StopToken));
                    }

                    return plans.Count > 0 ? rows : await OfNoPlanAsync(report, keyOperations, key);
                },
                Write);
        }
    }

    // A key that is in no plan used nothing; but an id may be of no key at all.
    private async Task<IReadOnlyList<ApiKeyUsageInfo>> OfNoPlanAsync(UsageReport report, ApiKeyOperations keys, ApiKeyIdentity identity)
    {
        ApiKeyInfo key = identity.Key ?? await keys.GetAsync(identity.Id, includeValue: false, StopToken);
        return [.. report.OfNoPlan(key.Id, key.Name)];
    }

    private HashSet<string> WritePlan(UsageReport report, UsagePlanInfo plan, IReadOnlyDictionary<string, ApiKeyIdentity>? keys)
    {
        HashSet<string> found = new(StringComparer.Ordinal);
        Each($"Reading the usage of plan '{plan}'", report.OfPlanAsync(plan, key => keys is null || keys.ContainsKey(key), StopToken), rows =>
        {
            found.UnionWith(rows.Select(row => row.ApiKeyId));
            Write(rows);
        });
        return found;
    }

    private void Write(IReadOnlyList<ApiKeyUsageInfo> rows)
    {
        foreach (ApiKeyUsageInfo row in rows)
        {
            WriteObject(row);
        }
    }

    private static object TargetOf(ApiKeyIdentity key) => key.Key ?? (object)key.Id;
}
