using System.Collections;
using System.Globalization;
using System.Management.Automation;
using ApiKey.Binding;
using ApiKey.Calls;
using ApiKey.Cmdlets;
using ApiKey.DesiredState;
using ApiKey.Keys;
using ApiKey.Model;
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
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Given(IsRequiredOfRows = true, AcceptsRows = true)]
    [AllowNull]
    [Alias("Path")]
    public object?[] DesiredState { get; set; } = [];

    /// <summary>Removes keys that have all of -PruneTag's tags and are not in the desired state.</summary>
    [Parameter]
    public SwitchParameter Prune { get; set; }

    /// <summary>The tags that keys must have, with these values, for -Prune to remove them.</summary>
    [Parameter]
    [TransformTag]
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
        ApiKeyOperations operations = Operations();
        if (ReadDesired(operations) is { } desired && ReadActual(operations, desired.Any(key => key.Spec.Value is not null)) is { } actual)
        {
            (IReadOnlyList<PlannedChange> changes, IReadOnlyList<PlanProblem> problems) = KeyPlanner.Plan(desired, actual,
                operations.Region, operations.Policy, Rules);
            foreach (PlanProblem problem in problems)
            {
                WriteProblem(problem.ErrorId, [.. problem.Lines.SkipLast(1), $"{problem.Lines[^1]} Nothing was changed."], problem.Target,
                    ErrorCategory.InvalidData);
            }

            if (problems.Count == 0)
            {
                WarnOfStacks(changes, actual);
                Use(operations, changes);
            }
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
    private protected abstract void Use(ApiKeyOperations operations, IReadOnlyList<PlannedChange> changes);

    /// <summary>Says on the screen that there is nothing to do: no object says it.</summary>
    private protected void WriteNothingToDo(int keys) => WriteInformation(
        new HostInformationMessage
        {
            Message = "No changes. "
                + (keys == 1 ? "1 API key is" : string.Create(CultureInfo.InvariantCulture, $"{keys:N0} API keys are"))
                + " as the desired state says."
        },
        ["PSHOST"]);

    private IReadOnlyList<DesiredKey>? ReadDesired(ApiKeyOperations operations)
    {
        DesiredStateInput input = new(operations.Region, operations.Policy, ValueChecks.Of(SkipValueCheck));
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

        if (input.Entries.TouchesPlans)
        {
            // Read, and not compared yet.
            ThrowProblem("UsagePlansNotSupported", "The desired state says which usage plans should be, and only keys are compared. "
                + "Remove its usage plans.", nameof(DesiredState));
        }

        if (input.CountElsewhere > 0)
        {
            bool isOne = input.CountElsewhere == 1;
            WriteWarning((isOne
                    ? "1 key of the desired state is in another region"
                    : $"{input.CountElsewhere} keys of the desired state are in regions other")
                + $" than {operations.Region} and {(isOne ? "was" : "were")} ignored. Run the command once for each region, with -Region.");
        }

        return allRead ? input.Entries.Keys : null;
    }

    private bool AddFile(DesiredStateInput input, string path) => this.TryFile(path, () => input.AddFile(path));

    private List<ApiKeyInfo>? ReadActual(ApiKeyOperations operations, bool includeValues)
    {
        List<ApiKeyInfo> actual = [];
        Calls.Each("Listing API keys", operations.ListAsync(new ApiKeyQuery(IncludeValues: includeValues), StopToken), page =>
        {
            actual.AddRange(page);
            Progress.Count(page.Count);
        });

        // A key that is made while pages are read may come twice.
        return HadNoError ? [.. actual.DistinctBy(key => key.Id, StringComparer.Ordinal)] : null;
    }
}
