using System.Management.Automation;
using ApiKey.Binding;
using ApiKey.Calls;
using ApiKey.Cmdlets;
using ApiKey.Completion;
using ApiKey.Model;
using ApiKey.Plans;

namespace ApiKey.Commands;

/// <summary>Puts API keys into usage plans: one call each. Only then do they open anything.</summary>
[Cmdlet(VerbsCommon.Add, "ApiGatewayUsagePlanKey", SupportsShouldProcess = true)]
[OutputType(typeof(UsagePlanKeyInfo))]
public sealed class AddApiGatewayUsagePlanKeyCommand : ChangingCmdlet
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

    /// <summary>Treats a key that is in the plan already as success.</summary>
    [Parameter]
    public SwitchParameter IfNotExists { get; set; }

    /// <summary>Emits each key in its plan.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Execute()
    {
        foreach ((UsagePlanIdentity plan, ApiKeyIdentity key, UsagePlanOperations operations) in KeysInPlansToAsk(UsagePlanId, Id))
        {
            if (MayProceed("Add", $"API key '{key}' to usage plan '{plan}' in {operations.Region}"))
            {
                bool wasThere = false;
                Calls.Start(
                    $"Adding API key '{key}' to usage plan '{plan}'",
                    key.Target,
                    () => operations.Names.WithAsync(plan, found => operations.AddKeyAsync(found.Id, key.Id, StopToken,
                        IfNotExists ? () => wasThere = true : null), StopToken),
                    added =>
                    {
                        if (PassThru)
                        {
                            WriteObject(added with { UsagePlanName = plan.Plan?.Name });
                        }

                        if (wasThere)
                        {
                            WriteVerbose($"Adding API key '{key}' to usage plan '{plan}': it is there already, which -IfNotExists treats "
                                + "as success.");
                        }
                    },
                    untaken: _ => wasThere ? null : new Untaken($"API key '{key}' was added to usage plan '{plan}'."));
            }
        }
    }
}
