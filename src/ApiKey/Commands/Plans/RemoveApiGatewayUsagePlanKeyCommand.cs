using System.Management.Automation;
using ApiKey.Calls;
using ApiKey.Cmdlets;
using ApiKey.Model;
using ApiKey.Plans;
using ApiKey.Service;

namespace ApiKey.Commands;

/// <summary>Takes API keys out of usage plans, after asking: one call each. The keys stay, but open the plan's stages no more.</summary>
[Cmdlet(VerbsCommon.Remove, "ApiGatewayUsagePlanKey", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RemoveApiGatewayUsagePlanKeyCommand : PlanKeyCmdlet
{
    /// <summary>Treats a key that is not in the plan as success.</summary>
    [Parameter]
    public SwitchParameter IfExists { get; set; }

    /// <inheritdoc/>
    private protected override void Change(UsagePlanIdentity plan, ApiKeyIdentity key, UsagePlanOperations operations)
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

    private async Task<bool> RemoveAsync(UsagePlanOperations operations, string planId, string keyId)
    {
        await operations.RemoveKeyAsync(planId, keyId, StopToken);
        return true;
    }
}
