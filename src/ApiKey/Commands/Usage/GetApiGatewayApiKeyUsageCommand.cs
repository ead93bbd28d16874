using System.Management.Automation;
using ApiKey.Binding;
using ApiKey.Cmdlets;
using ApiKey.Completion;
using ApiKey.Model;
using ApiKey.Plans;
using ApiKey.Service;
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
    private const int DefaultDays = 30;

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
        DateOnly last = EndDate is { } end ? DateOnly.FromDateTime(end) : today;
        DateOnly first = StartDate is { } start ? DateOnly.FromDateTime(start) : last.AddDays(1 - DefaultDays);
        if (UsagePlanRules.ProblemOfRange(first, last, today) is { } problem)
        {
            ThrowProblem("InvalidDateRange", problem, MyInvocation.InvocationName);
        }

        _range = (first, last);
    }

    /// <inheritdoc/>
    protected override void Execute()
    {
        if (UsagePlanId.Length == 0)
        {
            Array.ForEach(Id, key => SelectionAt(key.Connection).Add(key));
            if (Id.Length == 0)
            {
                SelectionAt(origin: null).AddEverything();
            }
        }

        foreach (UsagePlanIdentity plan in UsagePlanId)
        {
            foreach (ApiKeyIdentity key in Id.Where(key => !RefuseElsewhere(key, plan)))
            {
                SelectionAt(key.Connection ?? plan.Connection).Add(key, plan);
            }

            if (Id.Length == 0)
            {
                SelectionAt(plan.Connection).Add(plan);
            }
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

    private UsageSelection SelectionAt(ApiGatewayConnection? origin)
    {
        ServiceOperations operations = OperationsAt(origin);
        if (!_selections.TryGetValue(operations, out UsageSelection? selection))
        {
            _selections.Add(operations, selection = new UsageSelection());
        }

        return selection;
    }

    private void Write(UsagePart part, string region)
    {
        if (part.IsNotInPlan)
        {
            WriteProblem(
                "UsagePlanKeyNotFound",
                $"API key '{part.Key}' is not in usage plan '{part.Plan}' in {region}. Leave -UsagePlanId out to read the plans it is in.",
                part.Key!.Target,
                ErrorCategory.ObjectNotFound);
            return;
        }

        string what = part switch
        {
            { Key: { } key } => $"Reading the usage of API key '{key}'",
            { Plan: { } plan } => $"Reading the usage of plan '{plan}'",
            _ => "Listing usage plans",
        };
        Calls.Finish(what, part.Key?.Target ?? part.Plan?.Id,
            () => WriteObject(part.Failure is null ? part.Rows : throw part.Failure, enumerateCollection: true));
    }
}
