using System.Management.Automation;
using ApiKey.DesiredState;
using ApiKey.Keys;
using ApiKey.Model;
using ApiKey.Plans;

namespace ApiKey.Commands;

/// <summary>Says what would have to change so that the keys are as a desired state says: the plan of Sync-ApiGatewayApiKey. Changes
/// nothing.</summary>
[Cmdlet(VerbsData.Compare, "ApiGatewayApiKey")]
[OutputType(typeof(PlannedChange))]
public sealed class CompareApiGatewayApiKeyCommand : DesiredStateCmdlet
{
    /// <summary>Emits keys that are as they should be too.</summary>
    [Parameter]
    public SwitchParameter IncludeUnchanged { get; set; }

    // The reasons in the plan say which parameters Sync-ApiGatewayApiKey needs.
    private protected override PlanRules Rules => new(AllowReplace: true, PruneTags, AllowEmptyScope: true);

    private protected override void Use(Func<string, (ApiKeyOperations Keys, UsagePlanOperations Plans)> operations,
        IReadOnlyList<PlannedChange> changes)
    {
        PlannedChange[] shown = [.. changes.Where(change => IncludeUnchanged || change.Action != PlanAction.None)];
        if (shown.Length == 0)
        {
            WriteNothingToDo(changes);
            return;
        }

        shown[^1] = shown[^1] with { Summary = PlannedChange.Summarize(changes) };
        WriteObject(shown, enumerateCollection: true);
    }
}
