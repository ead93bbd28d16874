using System.Management.Automation;
using ApiKey.Binding;
using ApiKey.Cmdlets;
using ApiKey.Completion;
using ApiKey.Model;
using ApiKey.Plans;
using ApiKey.Session;
using ApiKey.Usage;

namespace ApiKey.Commands;

/// <summary>
/// Reports what keys used of their plans, a row for each key, plan and day. Piped keys are collected first: many of them are read
/// with their plans, few one by one, whichever is fewer calls.
/// </summary>
[Cmdlet(VerbsCommon.Get, "ApiGatewayApiKeyUsage")]
[OutputType(typeof(ApiKeyUsageInfo))]
public sealed class GetApiGatewayApiKeyUsageCommand : ApiGatewayCmdlet
{
    private readonly Dictionary<ServiceOperations, UsageSelection> _selections = [];
    private (DateOnly First, DateOnly Last) _range;

    /// <summary>The keys: ids, key objects, or what Get-ApiGatewayUsagePlanKey emits; every key of the plans when omitted.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [TransformKey(IsPassedOver = true)]
    [Alias("KeyId", "ApiKeyId")]
    [ArgumentCompleter(typeof(KeyIdCompleter))]
    public ApiKeyIdentity[] Id { get; set; } = [];

    /// <summary>The plans: ids or plan objects; every plan of the keys when omitted.</summary>
    [Parameter(Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [TransformPlan(IsPassedOver = true)]
    [ArgumentCompleter(typeof(UsagePlanIdCompleter))]
    public UsagePlanIdentity[] UsagePlanId { get; set; } = [];

    /// <summary>The first day, in UTC; 29 days before the last one when omitted.</summary>
    [Parameter]
    [Given]
    [TransformDate]
    [ArgumentCompleter(typeof(OwnWordCompleter))]
    public DateTime? StartDate { get; set; }

    /// <summary>The last day, in UTC; today when omitted.</summary>
    [Parameter]
    [Given]
    [TransformDate]
    [ArgumentCompleter(typeof(OwnWordCompleter))]
    public DateTime? EndDate { get; set; }

    /// <inheritdoc/>
    protected override void Begin()
    {
        DateOnly today = DateOnly.FromDateTime(DateTime.UtcNow);
        _range = UsagePlanRules.RangeOf(StartDate, EndDate, today);
        if (UsagePlanRules.ProblemOfRange(_range.First, _range.Last, today) is { } problem)
        {
            ThrowProblem("InvalidDateRange", problem, MyInvocation.InvocationName);
        }
    }

    /// <inheritdoc/>
    protected override void Execute()
    {
        foreach ((ApiKeyIdentity? key, UsagePlanIdentity? plan) in
            from plan in UsagePlanId.DefaultIfEmpty<UsagePlanIdentity?>(null)
            from key in Id.DefaultIfEmpty<ApiKeyIdentity?>(null)
            where key is null || plan is null || !RefuseElsewhere(key, plan)
            select (key, plan))
        {
            ServiceOperations operations = OperationsAt(key?.Connection ?? plan?.Connection);
            _selections.TryAdd(operations, new UsageSelection());
            _selections[operations].Add(key, plan);
        }
    }

    /// <inheritdoc/>
    protected override void Finish()
    {
        foreach ((ServiceOperations operations, UsageSelection selection) in _selections)
        {
            UsageReport report = new(operations.Keys, operations.Plans, _range.First, _range.Last);
            Calls.Each("Reading usage", report.ReadAsync(selection, StopToken), part => Write(part, operations.Plans.Region));
        }
    }

    private void Write(UsagePart part, string region)
    {
        if (part.IsNotInPlan)
        {
            WriteProblem("UsagePlanKeyNotFound", $"API key '{part.Key}' is not in usage plan '{part.Plan}' in {region}. Leave "
                + "-UsagePlanId out to read the plans it is in.", part.Key!.Target, ErrorCategory.ObjectNotFound);
            return;
        }

        Calls.Finish(part.What, part.Key?.Target ?? part.Plan?.Id,
            () => WriteObject(part.Failure is null ? part.Rows : throw part.Failure, enumerateCollection: true));
    }
}
