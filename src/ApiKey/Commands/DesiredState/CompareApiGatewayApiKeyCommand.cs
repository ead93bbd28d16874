using System.Management.Automation;
using ApiKey.Binding;
using ApiKey.Cmdlets;
using ApiKey.Completion;
using ApiKey.DesiredState;
using ApiKey.Model;
using ApiKey.Tags;

namespace ApiKey.Commands;

/// <summary>Says what would have to change so that the keys are as a desired state says: the plan of Sync-ApiGatewayApiKey. Changes
/// nothing.</summary>
[Cmdlet(VerbsData.Compare, "ApiGatewayApiKey")]
[OutputType(typeof(PlannedChange))]
public sealed class CompareApiGatewayApiKeyCommand : ApiGatewayCmdlet, ICompletesTags
{
    private DesiredStatePlan? _plan;
    private TagSet? _scope;

    /// <summary>
    /// Which keys should be: paths of files (.json, .psd1, .yaml, .csv, or Terraform's .tfstate and <c>terraform show -json</c>), or
    /// objects with Terraform's attribute names or ours.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [Given(IsRequiredOfRows = true, AcceptsRows = true, IsNeeded = true, Sample = "keys.json")]
    [Alias("Path")]
    public object?[] DesiredState { get; set; } = [];

    /// <summary>Removes keys that have all of -PruneTag's tags and are not in the desired state.</summary>
    [Parameter]
    public SwitchParameter Prune { get; set; }

    /// <summary>The tags that keys must have, with these values, for -Prune to remove them.</summary>
    [Parameter]
    [TransformTag]
    [ArgumentCompleter(typeof(TagCompleter))]
    public ITagDictionary? PruneTag { get; set; }

    /// <summary>Leaves the check of values' length and letters to AWS, which in practice accepts more than it documents.</summary>
    [Parameter]
    public SwitchParameter SkipValueCheck { get; set; }

    /// <summary>Emits keys that are as they should be too.</summary>
    [Parameter]
    public SwitchParameter IncludeUnchanged { get; set; }

    /// <inheritdoc/>
    protected override void Begin()
    {
        _plan = new DesiredStatePlan(this, SkipValueCheck);
        _scope = _plan.CheckScope(Prune, (TagSet?)PruneTag);
    }

    /// <inheritdoc/>
    protected override void Execute() => _plan!.Add(DesiredState);

    /// <inheritdoc/>
    protected override void Finish()
    {
        // The reasons in the plan say which parameters Sync-ApiGatewayApiKey needs.
        if (_plan!.Make(new PlanRules(AllowReplace: true, _scope, AllowEmptyScope: true)) is not { } changes)
        {
            return;
        }

        PlannedChange[] shown = [.. changes.Where(change => IncludeUnchanged || change.Action != PlanAction.None)];
        if (shown.Length == 0)
        {
            _plan.WriteNothingToDo(changes);
            return;
        }

        shown[^1] = shown[^1] with { Summary = PlannedChange.Summarize(changes) };
        WriteObject(shown, enumerateCollection: true);
    }
}
