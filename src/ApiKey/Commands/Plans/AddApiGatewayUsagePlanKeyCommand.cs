using System.Management.Automation;
using ApiKey.Calls;
using ApiKey.Cmdlets;
using ApiKey.Model;
using ApiKey.Plans;

namespace ApiKey.Commands;

/// <summary>Puts API keys into usage plans: one call each. Only then do they open anything.</summary>
[Cmdlet(VerbsCommon.Add, "ApiGatewayUsagePlanKey", SupportsShouldProcess = true)]
[OutputType(typeof(UsagePlanKeyInfo))]
public sealed class AddApiGatewayUsagePlanKeyCommand : PlanKeyCmdlet
{
    /// <summary>Treats a key that is in the plan already as success.</summary>
    [Parameter]
    public SwitchParameter IfNotExists { get; set; }

    /// <summary>Emits each key in its plan.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override void Change(UsagePlanIdentity plan, ApiKeyIdentity key, UsagePlanOperations operations)
    {
        if (MayProceed("Add", $"API key '{key}' to usage plan '{plan}' in {operations.Region}"))
        {
            Calls.Start(
                $"Adding API key '{key}' to usage plan '{plan}'",
                key.Target,
                () => operations.Names.WithAsync(plan, found => operations.AddKeyAsync(found.Id, key.Id, StopToken, IfNotExists),
                    StopToken),
                added =>
                {
                    if (PassThru)
                    {
                        WriteObject(added with { UsagePlanName = plan.Plan?.Name });
                    }
                },
                untaken: _ => new Untaken($"API key '{key}' was added to usage plan '{plan}'."));
        }
    }
}
