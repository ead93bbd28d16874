using System.Management.Automation;
using ApiKey.Binding;
using ApiKey.Calls;
using ApiKey.Cmdlets;
using ApiKey.Completion;
using ApiKey.Model;
using ApiKey.Plans;
using ApiKey.Service;

namespace ApiKey.Commands;

/// <summary>Deletes usage plans, after asking. Their keys stay, but open the plan's stages no more.</summary>
[Cmdlet(VerbsCommon.Remove, "ApiGatewayUsagePlan", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(UsagePlanInfo))]
public sealed class RemoveApiGatewayUsagePlanCommand : ChangingCmdlet
{
    /// <summary>The plans to delete: ids, names that only one plan has, or plan objects.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [TransformPlan(IsIdColumn = true, IsNeeded = true)]
    [Alias("UsagePlanId")]
    [ArgumentCompleter(typeof(UsagePlanIdCompleter))]
    public UsagePlanIdentity[] Id { get; set; } = [];

    /// <summary>Treats a missing plan as success.</summary>
    [Parameter]
    public SwitchParameter IfExists { get; set; }

    /// <summary>Emits each plan that was deleted, as it was. A plan given by id is read first.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Execute()
    {
        foreach (UsagePlanIdentity given in Id)
        {
            UsagePlanOperations operations = PlanOperations(given.Connection);
            WarnOfStack($"Usage plan '{given}'", given.Plan?.StackName);
            if (FindPlanToAsk("Removing", operations, given, IsAccepted) is { } identity
                && MayProceed("Remove", $"usage plan '{identity}' in {operations.Region}"))
            {
                Calls.Start(
                    $"Removing usage plan '{identity}'",
                    identity.Target,
                    () => operations.Names.WithAsync(identity, found => RemoveAsync(operations, found), StopToken),
                    plan =>
                    {
                        if (PassThru)
                        {
                            WriteObject(plan);
                        }
                    },
                    IsAccepted,
                    untaken: _ => new Untaken($"Usage plan '{identity}' was removed."));
            }
        }
    }

    private bool IsAccepted(ApiGatewayException failure) =>
        IfExists && failure is { Kind: ApiGatewayErrorKind.NotFound, Resource: ApiGatewayResource.UsagePlan };

    private async Task<UsagePlanInfo?> RemoveAsync(UsagePlanOperations operations, UsagePlanIdentity identity)
    {
        UsagePlanInfo? plan = identity.Plan ?? (PassThru ? await operations.GetAsync(identity.Id, StopToken) : null);
        await operations.DeleteAsync(plan is null ? identity : new UsagePlanIdentity(plan), StopToken);
        return plan;
    }
}
