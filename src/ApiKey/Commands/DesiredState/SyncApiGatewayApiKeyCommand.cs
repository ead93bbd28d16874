using System.Management.Automation;
using ApiKey.Binding;
using ApiKey.Cmdlets;
using ApiKey.Completion;
using ApiKey.DesiredState;
using ApiKey.Model;
using ApiKey.Tags;

namespace ApiKey.Commands;

/// <summary>
/// Changes keys so that they are as a desired state says, and only what differs. Emits every change of the plan, in its order,
/// with what came of it. A second run has nothing to do.
/// </summary>
[Cmdlet(VerbsData.Sync, "ApiGatewayApiKey", SupportsShouldProcess = true)]
[OutputType(typeof(PlannedChange))]
public sealed class SyncApiGatewayApiKeyCommand : ApiGatewayCmdlet, ICompletesTags
{
    private DesiredStatePlan? _plan;
    private TagSet? _scope;
    private PlanApplication? _application;

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

    /// <summary>Allows a key whose value differs to be replaced: a new key is made, then the old one is removed.</summary>
    [Parameter]
    public SwitchParameter AllowReplace { get; set; }

    /// <summary>Allows -Prune to remove every key with -PruneTag's tags.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Emits created keys with their values. Without it, Get-ApiGatewayApiKey -IncludeValue reads them.</summary>
    [Parameter]
    public SwitchParameter IncludeValue { get; set; }

    /// <summary>How many keys may be worked on at once, 1 to 64. Results come out in order whatever the number.</summary>
    [Parameter]
    [TransformNumber]
    [Within(1, 64)]
    [ArgumentCompleter(typeof(OwnWordCompleter))]
    public int? ThrottleLimit { get; set; } = WholeSetWindow;

    /// <inheritdoc/>
    internal override int MaxInFlight => ThrottleLimit!.Value;

    /// <inheritdoc/>
    internal override string? ReportNotBegun()
    {
        _application?.WriteNotBegun();
        return null;
    }

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
        if (_plan!.Make(new PlanRules(AllowReplace, _scope, Force)) is { } changes)
        {
            _application = new PlanApplication(this, new SyncRun(_plan.OperationsIn, changes, IncludeValue));
            if (!_application.Run())
            {
                _plan.WriteNothingToDo(changes);
            }
        }
    }
}
