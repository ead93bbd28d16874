using System.Management.Automation;
using ApiKey.Binding;
using ApiKey.Completion;
using ApiKey.Model;
using ApiKey.Plans;

namespace ApiKey.Cmdlets;

/// <summary>A command that changes something about keys in usage plans: each key given, in each plan given. Both bind from the
/// pipeline.</summary>
public abstract class PlanKeyCmdlet : ChangingCmdlet
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

    /// <inheritdoc/>
    protected sealed override void Execute()
    {
        foreach (UsagePlanIdentity plan in UsagePlanId)
        {
            foreach (ApiKeyIdentity key in Id)
            {
                if (!RefuseElsewhere(key, plan) && PlanOperations(key.Connection ?? plan.Connection) is var operations
                    && FindPlanToAsk("Finding", operations, plan) is { } found)
                {
                    Change(found, key, operations);
                }
            }
        }
    }

    /// <summary>Changes one key in one plan.</summary>
    private protected abstract void Change(UsagePlanIdentity plan, ApiKeyIdentity key, UsagePlanOperations operations);
}
