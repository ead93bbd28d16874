using ApiKey.Keys;
using ApiKey.Model;
using ApiKey.Plans;
using ApiKey.Service;

namespace ApiKey.DesiredState;

/// <summary>
/// A plan as it is carried out: in which order, what came of each change, and whether keys may be removed, which is when everything
/// that may take their place is there.
/// </summary>
/// <remarks>
/// A caller takes the changes turn by turn, and waits for those of one turn before it asks for the next. What it takes it either applies
/// or declines, in order, and everything that came of it is recorded.
/// </remarks>
internal sealed class SyncRun
{
    private readonly Func<string, (ApiKeyOperations Keys, UsagePlanOperations Plans)> _operations;
    private readonly bool _includeValues;
    private readonly List<PlannedChange> _outcomes;
    private readonly PlannedChange[] _changes;
    private readonly Queue<PlannedChange> _toCome;
    private readonly Dictionary<string, NameWatch> _watches = new(StringComparer.Ordinal);
    private int _left;

    /// <summary>A plan to carry out.</summary>
    /// <param name="operations">Where, for each region.</param>
    /// <param name="plan">All of its changes.</param>
    /// <param name="includeValues">Whether outcomes have the values of created keys: they are logged and sent as JSON.</param>
    public SyncRun(Func<string, (ApiKeyOperations Keys, UsagePlanOperations Plans)> operations, IReadOnlyList<PlannedChange> plan,
        bool includeValues)
    {
        (_operations, _includeValues) = (operations, includeValues);
        _outcomes = [.. plan.Where(change => change.Action == PlanAction.None)];
        _changes = [.. plan.Where(change => change.Action != PlanAction.None).OrderBy(change => change.Turn)];
        _toCome = new Queue<PlannedChange>(_changes);
        _left = Count = _toCome.Count;
        foreach (string region in _changes.Where(change => change.LooksTogether).Select(change => change.Region).Distinct(
            StringComparer.Ordinal))
        {
            _watches.Add(region, new NameWatch(operations(region).Keys));
        }
    }

    /// <summary>Looks that are still due for the keys that were made, one a region.</summary>
    public IReadOnlyList<NameWatch> DueLooks() => [.. _watches.Values.Where(watch => watch.Made > 0)];

    /// <summary>How many changes there are to make.</summary>
    public int Count { get; }

    /// <summary>
    /// The changes turn by turn. What is removed has the status NotDone when not everything before it was done: then nothing is removed.
    /// </summary>
    public IEnumerable<IReadOnlyList<PlannedChange>> Turns()
    {
        foreach (IGrouping<int, PlannedChange> turn in _changes.GroupBy(change => change.Turn))
        {
            if (turn.First().Action == PlanAction.Remove && _outcomes.Exists(outcome => outcome.Status == ChangeStatus.NotDone))
            {
                foreach (PlannedChange _ in turn)
                {
                    _toCome.Dequeue();
                }

                yield return [.. turn.Select(change => change
                    with { Status = ChangeStatus.NotDone, Reason = "Not removed, because not everything before it was done." })];
            }
            else
            {
                yield return [.. turn];
            }
        }
    }

    /// <summary>Whether a replaced key is in usage plans that its successor will not be in, as far as it can be seen.</summary>
    public async Task<bool> LeavesPlansAsync(PlannedChange change, CancellationToken cancellationToken)
    {
        try
        {
            return change is { LeavesPlans: true, Id: { } id }
                && (await _operations(change.Region).Plans.ListAllAsync(id, cancellationToken)).Count > 0;
        }
        catch (ApiGatewayException failure) when (failure.Kind == ApiGatewayErrorKind.AccessDenied)
        {
            return true;
        }
    }

    /// <summary>Makes a change.</summary>
    /// <returns>What came of it, and why it was not made to its end or is in doubt.</returns>
    public async Task<(PlannedChange Change, ApiGatewayException? Failure)> ApplyAsync(PlannedChange change,
        CancellationToken cancellationToken)
    {
        _toCome.Dequeue();
        if (change.Resource == PlannedResource.UsagePlanKey && (change.Made?.Id is null || change.MadePlan?.Id is null))
        {
            return (change with
            {
                Status = ChangeStatus.NotDone,
                Reason = $"Not done, because the {(change.Made?.Id is null ? "key" : "usage plan")} was not made.",
            }, null);
        }

        try
        {
            (ApiKeyOperations keys, UsagePlanOperations plans) = _operations(change.Region);
            if (change.Resource != PlannedResource.ApiKey)
            {
                (UsagePlanInfo? plan, ApiGatewayException? uncertain) = await plans.ApplyAsync(change, cancellationToken);
                return (change with { Status = ChangeStatus.Done, Plan = plan, Reason = uncertain?.Message ?? change.Reason }, uncertain);
            }

            (ApiKeyInfo? key, ApiGatewayException? doubt) = await keys.ApplyAsync(change,
                change.LooksTogether ? _watches[change.Region] : null, cancellationToken);
            if (change.Made is not null && key is not null)
            {
                change.Made.Id = key.Id;
            }

            return (change with { Status = ChangeStatus.Done, Key = key, Reason = doubt?.Message ?? change.Reason }, doubt);
        }
        catch (ApiGatewayException failure)
        {
            return (change with { Status = ChangeStatus.NotDone, Reason = failure.Message }, failure);
        }
    }

    /// <summary>Does not make a change.</summary>
    public PlannedChange Decline(PlannedChange change)
    {
        _toCome.Dequeue();
        return change with { Status = ChangeStatus.NotDone, Reason = "It was not confirmed." };
    }

    /// <summary>What was neither applied nor declined.</summary>
    public IReadOnlyList<PlannedChange> NotBegun() =>
        [.. _toCome.Select(change => change
            with { Status = ChangeStatus.NotDone, Reason = "Not begun, because an error ended the command." })];

    /// <summary>Records what came of a change.</summary>
    /// <returns>The outcome for the user; the last one sums all of them up.</returns>
    public PlannedChange Record(PlannedChange outcome)
    {
        if (!_includeValues && outcome.Key is { Value: not null } key)
        {
            outcome = outcome with { Key = key with { Value = null } };
        }

        _outcomes.Add(outcome);
        if (outcome is { LooksTogether: true, Status: ChangeStatus.Done })
        {
            _watches[outcome.Region].Add(outcome);
        }

        return --_left > 0 ? outcome : outcome with { Summary = PlannedChange.Summarize(_outcomes) };
    }
}
