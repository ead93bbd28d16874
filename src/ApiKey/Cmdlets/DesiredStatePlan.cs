using System.Globalization;
using System.Management.Automation;
using ApiKey.Binding;
using ApiKey.DesiredState;
using ApiKey.Keys;
using ApiKey.Model;
using ApiKey.Plans;
using ApiKey.Session;
using ApiKey.Tags;
using ApiKey.Text;

namespace ApiKey.Cmdlets;

/// <summary>The plan of a command that was given a desired state: reads the documents and what is there, plans, and tells what stands in
/// the way. One listing serves any number of keys.</summary>
/// <param name="command">The command.</param>
/// <param name="skipValueCheck">Whether the check of values is left to AWS.</param>
internal sealed class DesiredStatePlan(ApiGatewayCmdlet command, SwitchParameter skipValueCheck)
{
    private readonly List<object?> _given = [];

    /// <summary>The tags that keys must have to be removed; null when none is. What is not a scope ends the command.</summary>
    /// <param name="prune">Whether keys may be removed.</param>
    /// <param name="tags">The tags that were specified; null for none.</param>
    public TagSet? CheckScope(bool prune, TagSet? tags)
    {
        if (prune && tags is not { Count: > 0 })
        {
            command.ThrowProblem("PruneTagRequired",
                "-Prune removes keys only within a scope. Specify the tags that keys of this desired state have: -PruneTag @{ 'managed-by' "
                + "= 'this-team' }.", "PruneTag");
        }

        if (!prune && tags is not null)
        {
            command.ThrowProblem("PruneRequired", "-PruneTag says which keys -Prune may remove. Use -Prune too, or omit -PruneTag.",
                "PruneTag");
        }

        TagPolicy policy = command.SessionPolicy;
        if (tags?.Keys.FirstOrDefault(policy.IsForeign) is { } ignored)
        {
            command.ThrowProblem("InvalidPruneTag",
                $"The tag {Show.Quote(ignored)} is ignored by this connection (-IgnoreTag, -IgnoreTagPrefix) or AWS's own, so it cannot be "
                + "a scope.", ignored);
        }

        return tags;
    }

    /// <summary>Adds what a pipeline record gave: paths, files or objects.</summary>
    public void Add(object?[] given) => _given.AddRange(given);

    /// <summary>Reads everything and plans. Without an entry that says otherwise, the connection's region; with one, the regions of the
    /// entries and no other.</summary>
    /// <returns>The changes in their order; null when there is no plan, which is an error then.</returns>
    public IReadOnlyList<PlannedChange>? Make(PlanRules rules)
    {
        if (ReadDesired() is not { } desired)
        {
            return null;
        }

        List<PlannedChange> changes = [];
        List<ApiKeyInfo> present = [];
        bool hasProblem = false;
        foreach ((string region, DesiredEntries entries) in desired)
        {
            (ApiKeyOperations keys, UsagePlanOperations plans) = OperationsIn(region);
            ActualStateReader reader = new(entries, keys, plans);
            if (!reader.Listings(command.Calls.StopToken).All(one => command.Calls.Each(one.What, one.Pages, command.Calls.Progress.Count)))
            {
                return null;
            }

            ActualState actual = reader.Read();
            (IReadOnlyList<PlannedChange> ofRegion, IReadOnlyList<PlanProblem> problems) =
                UsagePlanPlanner.Plan(entries, actual, keys.Policy, rules);
            changes.AddRange(ofRegion);
            present.AddRange(actual.Keys);
            hasProblem |= problems.Count > 0;
            foreach (PlanProblem problem in problems)
            {
                command.WriteProblem(problem.ErrorId, [.. problem.Lines.SkipLast(1), $"{problem.Lines[^1]} Nothing was changed."],
                    problem.Target, ErrorCategory.InvalidData);
            }
        }

        if (hasProblem)
        {
            return null;
        }

        WarnOfStacks(changes, present);
        return desired.Count == 1 ? changes : [.. changes.OrderBy(change => change.Turn)];
    }

    /// <summary>What can be done in a region.</summary>
    public (ApiKeyOperations Keys, UsagePlanOperations Plans) OperationsIn(string region)
    {
        ServiceOperations here = command.OperationsAt(origin: null);
        ServiceOperations there = here.Keys.Region == region ? here
            : command.Open(command.Places[0] with { Region = region }, origin: null, isNeeded: true)!;
        return (there.Keys, there.Plans);
    }

    /// <summary>Says on the screen that there is nothing to do: no object says it.</summary>
    public void WriteNothingToDo(IReadOnlyList<PlannedChange> unchanged)
    {
        int plans = unchanged.Count(change => change.Resource == PlannedResource.UsagePlan);
        int keys = unchanged.Count - plans;
        string[] things = [.. keys > 0 || plans == 0 ? [Count(keys, "API key")] : Array.Empty<string>(),
            .. plans > 0 ? [Count(plans, "usage plan")] : Array.Empty<string>()];
        command.WriteInformation(
            $"No changes. {string.Join(" and ", things)} {(keys + plans == 1 ? "is" : "are")} as the desired state says.");

        static string Count(int count, string what) =>
            string.Create(CultureInfo.InvariantCulture, $"{count:N0} {what}{(count == 1 ? "" : "s")}");
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
            command.WriteWarning($"{what} {StackDrift.IsOwnedBy(owned.Length, owned[0].StackName!)}");
        }
    }

    private IReadOnlyDictionary<string, DesiredEntries>? ReadDesired()
    {
        ApiKeyOperations here = command.OperationsAt(origin: null).Keys;
        DesiredStateInput input = new(here.Region, isOnlyThere: command.Region is not null, here.Policy, ValueChecks.Of(skipValueCheck));
        bool allRead = command.UsedEveryRecord;
        foreach (object? given in _given)
        {
            switch (given is PSObject wrapped ? wrapped.BaseObject : given)
            {
                case string path:
                    allRead &= AddFile(input, command.GetUnresolvedProviderPathFromPSPath(path));
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
            command.WriteError(new ErrorRecord(source.ToException(), "InvalidDesiredState", ErrorCategory.InvalidData, source.Name));
        }

        if (input.CountElsewhere > 0)
        {
            bool isOne = input.CountElsewhere == 1;
            command.WriteWarning((isOne
                    ? "1 entry of the desired state is in another region"
                    : $"{input.CountElsewhere} entries of the desired state are in regions other")
                + $" than {here.Region} and {(isOne ? "was" : "were")} ignored, because -Region is specified.");
        }

        return allRead ? input.ByRegion() : null;
    }

    private bool AddFile(DesiredStateInput input, string path) => command.TryFile(path, () => input.AddFile(path));
}
