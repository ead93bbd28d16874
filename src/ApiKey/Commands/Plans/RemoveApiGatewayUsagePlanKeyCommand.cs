using System.Management.Automation;
using ApiKey.Binding;
using ApiKey.Calls;
using ApiKey.Cmdlets;
using ApiKey.Completion;
using ApiKey.Model;
using ApiKey.Plans;
using ApiKey.Service;

namespace ApiKey.Commands;

/// <summary>Takes API keys out of usage plans, after asking: one call each. The keys stay, but open the plan's stages no more.</summary>
[Cmdlet(VerbsCommon.Remove, "ApiGatewayUsagePlanKey", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RemoveApiGatewayUsagePlanKeyCommand : ChangingCmdlet
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

    /// <summary>Treats a key that is not in the plan as success.</summary>
    [Parameter]
    public SwitchParameter IfExists { get; set; }

    /// <inheritdoc/>
    protected override void Execute()
    {
        foreach ((UsagePlanIdentity plan, ApiKeyIdentity key, UsagePlanOperations operations) in KeysInPlansToAsk(UsagePlanId, Id))
        {
            if (MayProceed("Remove", $"API key '{key}' from usage plan '{plan}' in {operations.Region}"))
            {
                Calls.Start(
                    $"Removing API key '{key}' from usage plan '{plan}'",
                    key.Target,
                    () => operations.Names.WithAsync(plan, found => RemoveAsync(operations, found.Id, key.Id), StopToken),
                    _ => { },
                    failure => IfExists && failure is { Kind: ApiGatewayErrorKind.NotFound, Resource: ApiGatewayResource.UsagePlanKey },
                    untaken: _ => new Untaken($"API key '{key}' was removed from usage plan '{plan}'."));
            }
        }
    }

    private async Task<bool> RemoveAsync(UsagePlanOperations operations, string planId, string keyId)
    {
        await operations.RemoveKeyAsync(planId, keyId, StopToken);
        return true;
    }
}
