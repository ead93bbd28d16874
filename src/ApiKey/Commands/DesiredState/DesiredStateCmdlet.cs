using System.Collections;
using System.Globalization;
using System.Management.Automation;
using ApiKey.Binding;
using ApiKey.Calls;
using ApiKey.Cmdlets;
using ApiKey.Completion;
using ApiKey.DesiredState;
using ApiKey.Keys;
using ApiKey.Model;
using ApiKey.Plans;
using ApiKey.Session;
using ApiKey.Tags;
using ApiKey.Text;

namespace ApiKey.Commands;

/// <summary>A command that compares a desired state with what is there: it reads both and plans. One listing serves any number of
/// keys.</summary>
public abstract class DesiredStateCmdlet : ApiGatewayCmdlet
{
    private readonly List<object?> _given = [];

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
    public IDictionary? PruneTag { get; set; }

    /// <summary>Leaves the check of values' length and letters to AWS, which in practice accepts more than it documents.</summary>
    [Parameter]
    public SwitchParameter SkipValueCheck { get; set; }

    /// <summary>What a plan may do.</summary>
    private protected abstract PlanRules Rules { get; }

    /// <summary>The tags of -PruneTag when -Prune is specified.</summary>
    private protected TagSet? PruneTags => Prune ? (TagSet)PruneTag! : null;

    /// <inheritdoc/>
    protected override void Begin()
    {
        if (Prune && PruneTag is not { Count: > 0 })
        {
            ThrowProblem("PruneTagRequired",
                "-Prune removes keys only within a scope. Specify the tags that keys of this desired state have: -PruneTag @{ 'managed-by' "
                + "= 'this-team' }.", nameof(PruneTag));
        }

        if (!Prune && PruneTag is not null)
        {
            ThrowProblem("PruneRequired", "-PruneTag says which keys -Prune may remove. Use -Prune too, or omit -PruneTag.",
                nameof(PruneTag));
        }

        TagPolicy policy = SessionPolicy;
        if (PruneTags?.Keys.FirstOrDefault(policy.IsForeign) is { } ignored)
        {
            ThrowProblem("InvalidPruneTag",
                $"The tag {Show.Quote(ignored)} is ignored by this connection (-IgnoreTag, -IgnoreTagPrefix) or AWS's own, so it cannot be "
                + "a scope.", ignored);
        }
    }

    /// <inheritdoc/>
    protected override void Execute() => _given.AddRange(DesiredState);

    /// <inheritdoc/>
    protected override void Finish()
    {
        if (ReadDesired(Operations()) is not { } desired)
        {
            return;
        }

        // Without an entry that says otherwise, the connection's region; with one, the regions of the entries and no other.
        List<PlannedChange> changes = [];
        List<ApiKeyInfo> present = [];
        bool hasProblem = false;
        foreach ((string region, DesiredEntries entries) in desired)
        {
            if (ReadActual(region, entries) is not { } actual)
            {
                return;
            }

            (IReadOnlyList<PlannedChange> ofRegion, IReadOnlyList<PlanProblem> problems) =
                UsagePlanPlanner.Plan(entries, actual, OperationsIn(region).Keys.Policy, Rules);
            changes.AddRange(ofRegion);
            present.AddRange(actual.Keys);
            hasProblem |= problems.Count > 0;
            foreach (PlanProblem problem in problems)
            {
                WriteProblem(problem.ErrorId, [.. problem.Lines.SkipLast(1), $"{problem.Lines[^1]} Nothing was changed."], problem.Target,
                    ErrorCategory.InvalidData);
            }
        }

        if (!hasProblem)
        {
            WarnOfStacks(changes, present);
            Use(OperationsIn, desired.Count == 1 ? changes : [.. changes.OrderBy(change => change.Turn)]);
        }
    }

    // One warning for all of them: a stack's keys are seldom alone.
    private void WarnOfStacks(IReadOnlyList<PlannedChange> changes, IEnumerable<ApiKeyInfo> actual)
    {
        HashSet<string> touched = changes.Where(change => change.Action is not (PlanAction.None or PlanAction.Create))
            .Select(change => change.Id ?? "").ToHashSet(StringComparer.Ordinal);
        ApiKeyInfo[] owned = [.. actual.Where(key => key.StackName is not null && touched.Contains(key.Id))];
        if (owned.Length > 0)
        {
            string what = owned.Length == 1 ? $"API key '{owned[0]}'" : $"{owned.Length} of the API keys to change or remove, '{owned[0]}' "
                + "first,";
            WriteWarning($"{what} {StackDrift.IsOwnedBy(owned.Length, owned[0].StackName!)}");
        }
    }

    /// <summary>Does something with a plan.</summary>
    private protected abstract void Use(Func<string, (ApiKeyOperations Keys, UsagePlanOperations Plans)> operations,
        IReadOnlyList<PlannedChange> changes);

    /// <summary>Says on the screen that there is nothing to do: no object says it.</summary>
    private protected void WriteNothingToDo(IReadOnlyList<PlannedChange> unchanged)
    {
        int plans = unchanged.Count(change => change.Resource == PlannedResource.UsagePlan);
        int keys = unchanged.Count - plans;
        string[] things = [.. keys > 0 || plans == 0 ? [Count(keys, "API key")] : Array.Empty<string>(),
            .. plans > 0 ? [Count(plans, "usage plan")] : Array.Empty<string>()];
        WriteInformation(
            new HostInformationMessage
            {
                Message = $"No changes. {string.Join(" and ", things)} {(keys + plans == 1 ? "is" : "are")} as the desired state says.",
            },
            ["PSHOST"]);

        static string Count(int count, string what) =>
            string.Create(CultureInfo.InvariantCulture, $"{count:N0} {what}{(count == 1 ? "" : "s")}");
    }

    private (ApiKeyOperations Keys, UsagePlanOperations Plans) OperationsIn(string region)
    {
        ServiceOperations here = OperationsAt(origin: null);
        ServiceOperations there = here.Keys.Region == region ? here
            : Open(Places[0] with { Region = region }, origin: null) ?? throw new PipelineStoppedException();
        return (there.Keys, there.Plans);
    }

    private IReadOnlyDictionary<string, DesiredEntries>? ReadDesired(ApiKeyOperations operations)
    {
        DesiredStateInput input = new(operations.Region, isOnlyThere: Region is not null, operations.Policy,
            ValueChecks.Of(SkipValueCheck));
        bool allRead = UsedEveryRecord;
        foreach (object? given in _given)
        {
            switch (given is PSObject wrapped ? wrapped.BaseObject : given)
            {
                case string path:
                    allRead &= AddFile(input, GetUnresolvedProviderPathFromPSPath(path));
                    break;
                case FileInfo file:
                    allRead &= AddFile(input, file.FullName);
                    break;
                default:
                    input.AddObject(given);
                    break;
            }
        }

        input.FindDoubles();
        foreach (DesiredSource source in input.WithProblems)
        {
            allRead = false;
            WriteError(new ErrorRecord(source.ToException(), "InvalidDesiredState", ErrorCategory.InvalidData, source.Name));
        }

        if (input.CountElsewhere > 0)
        {
            bool isOne = input.CountElsewhere == 1;
            WriteWarning((isOne
                    ? "1 entry of the desired state is in another region"
                    : $"{input.CountElsewhere} entries of the desired state are in regions other")
                + $" than {operations.Region} and {(isOne ? "was" : "were")} ignored, because -Region is specified.");
        }

        return allRead ? input.ByRegion() : null;
    }

    private bool AddFile(DesiredStateInput input, string path) => this.TryFile(path, () => input.AddFile(path));

    // Each listing once, whatever the number of entries.
    private ActualState? ReadActual(string region, DesiredEntries desired)
    {
        (ApiKeyOperations keys, UsagePlanOperations plans) = OperationsIn(region);
        bool includeValues = desired.Keys.Any(key => key.Spec.Value is not null);
        bool needsKeys = desired.ListsKeys || desired.Members.Count > 0;
        List<ApiKeyInfo> actual = !needsKeys ? []
            : ReadAll("Listing API keys", keys.ListAsync(new ApiKeyQuery(IncludeValues: includeValues), StopToken));
        List<UsagePlanInfo> actualPlans = !desired.TouchesPlans || !HadNoError ? []
            : ReadAll("Listing usage plans", plans.ListAsync(apiKeyId: null, StopToken));
        Dictionary<string, IReadOnlySet<string>> members = new(StringComparer.Ordinal);
        foreach (UsagePlanInfo plan in HadNoError ? UsagePlanPlanner.PlansToRead(desired, actualPlans) : [])
        {
            members[plan.Id] = ReadAll($"Listing the keys of usage plan '{plan}'",
                plans.ListKeysAsync(plan.Id, namePrefix: null, StopToken)).Select(key => key.Id).ToHashSet(StringComparer.Ordinal);
        }

        // A key that is made while pages are read may come twice.
        return HadNoError ? new ActualState(region, [.. actual.DistinctBy(key => key.Id, StringComparer.Ordinal)],
            [.. actualPlans.DistinctBy(plan => plan.Id, StringComparer.Ordinal)], members) : null;
    }

    private List<T> ReadAll<T>(string what, IAsyncEnumerable<IReadOnlyList<T>> pages)
    {
        List<T> all = [];
        Calls.Each(what, pages, page =>
        {
            all.AddRange(page);
            Progress.Count(page.Count);
        });
        return all;
    }
}
