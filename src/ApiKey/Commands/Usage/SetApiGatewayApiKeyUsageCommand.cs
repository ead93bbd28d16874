using System.Management.Automation;
using ApiKey.Binding;
using ApiKey.Calls;
using ApiKey.Cmdlets;
using ApiKey.Completion;
using ApiKey.Model;
using ApiKey.Plans;

namespace ApiKey.Commands;

/// <summary>Sets how many requests keys have left of their quota in the current period: one call each.</summary>
[Cmdlet(VerbsCommon.Set, "ApiGatewayApiKeyUsage", SupportsShouldProcess = true)]
[OutputType(typeof(ApiKeyUsageInfo))]
public sealed class SetApiGatewayApiKeyUsageCommand : ChangingCmdlet
{
    /// <summary>The plans: ids, names that only one plan has, or plan objects.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [TransformPlan(IsPassedOver = true, IsNeeded = true)]
    [ArgumentCompleter(typeof(UsagePlanIdCompleter))]
    public UsagePlanIdentity[] UsagePlanId { get; set; } = [];

    /// <summary>The keys: ids, key objects, or what Get-ApiGatewayUsagePlanKey emits. It does not bind by property name, because a piped
    /// plan has an Id of its own.</summary>
    [Parameter(Position = 1, ValueFromPipeline = true)]
    [TransformKey(IsPassedOver = true, IsNeeded = true)]
    [Alias("KeyId", "ApiKeyId")]
    [ArgumentCompleter(typeof(KeyIdCompleter))]
    public ApiKeyIdentity[] Id { get; set; } = [];

    /// <summary>Requests left in the current period, 0 or more.</summary>
    [Parameter]
    [TransformNumber(IsNeeded = true, Sample = "1000")]
    [Within(0, int.MaxValue)]
    [ArgumentCompleter(typeof(OwnWordCompleter))]
    public int? Remaining { get; set; }

    /// <summary>Emits the usage of today as it is after the change.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Execute()
    {
        foreach ((UsagePlanIdentity plan, ApiKeyIdentity key, UsagePlanOperations operations) in KeysInPlansToAsk(UsagePlanId, Id))
        {
            if (MayProceed("Set the remaining requests of",
                $"API key '{key}' in usage plan '{plan}' in {operations.Region} to {Remaining}"))
            {
                Calls.Start(
                    $"Setting the usage of API key '{key}' in usage plan '{plan}'",
                    key.Target,
                    () => operations.Names.WithAsync(plan, async found =>
                        (Plan: found, Usage: await operations.SetRemainingAsync(found.Id, key.Id, Remaining!.Value, StopToken)), StopToken),
                    answer => Emit(answer.Usage, answer.Plan, key, operations),
                    untaken: _ => new Untaken($"API key '{key}' in usage plan '{plan}' has {Remaining} requests left."));
            }
        }
    }

    private void Emit(KeyUsage? usage, UsagePlanIdentity plan, ApiKeyIdentity key, UsagePlanOperations operations)
    {
        if (PassThru && usage is { Days: [.., var today] })
        {
            WriteObject(operations.Present(new ApiKeyUsageInfo
            {
                Date = DateTime.UtcNow.Date,
                ApiKeyId = key.Id,
                ApiKeyName = key.Key?.Name,
                UsagePlanId = plan.Id,
                UsagePlanName = plan.Plan?.Name,
                Used = today.Used,
                Remaining = today.Remaining,
                Region = operations.Region,
            }));
        }
    }
}
