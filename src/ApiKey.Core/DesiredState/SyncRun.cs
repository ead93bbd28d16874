using ApiKey.Keys;
using ApiKey.Model;
using ApiKey.Service;

namespace ApiKey.DesiredState;

/// <summary>
/// A plan as it is carried out: in which order, what came of each change, and whether keys may be removed, which is when everything
/// that may take their place is there.
/// </summary>
/// <remarks>
/// A caller takes the changes, waits for them, and then takes the removals. What it takes it either applies or declines, in order,
/// and everything that came of it is recorded.
/// </remarks>
internal sealed class SyncRun
{
    private readonly ApiKeyOperations _operations;
    private readonly bool _includeValues;
    private readonly List<PlannedChange> _outcomes;
    private readonly PlannedChange[] _removals;
    private readonly Queue<PlannedChange> _toCome;
    private int _left;

    /// <summary>A plan to carry out.</summary>
    /// <param name="operations">Where.</param>
    /// <param name="plan">All of its changes.</param>
    /// <param name="includeValues">Whether outcomes have the values of created keys: they are logged and sent as JSON.</param>
    public SyncRun(ApiKeyOperations operations, IReadOnlyList<PlannedChange> plan, bool includeValues)
    {
        (_operations, _includeValues) = (operations, includeValues);
        _outcomes = [.. plan.Where(change => change.Action == PlanAction.None)];
        Changes = [.. plan.Where(change => change.Action is not (PlanAction.None or PlanAction.Remove))];
        _removals = [.. plan.Where(change => change.Action == PlanAction.Remove)];
        _toCome = new Queue<PlannedChange>([.. Changes, .. _removals]);
        _left = Count = _toCome.Count;
    }

    /// <summary>How many changes there are to make.</summary>
    public int Count { get; }

    /// <summary>The changes that come first: everything but removals.</summary>
    public IReadOnlyList<PlannedChange> Changes { get; }

    /// <summary>The removals, once what came of the other changes is recorded; each with the status NotDone when none may be
    /// done.</summary>
    public IReadOnlyList<PlannedChange> Removals()
    {
        if (_outcomes.TrueForAll(outcome => outcome.Status != ChangeStatus.NotDone))
        {
            return _removals;
        }

        _toCome.Clear();
        return [.. _removals.Select(change => change
            with { Status = ChangeStatus.NotDone, Reason = "Not removed, because not everything before it was done." })];
    }

    /// <summary>Makes a change.</summary>
    /// <returns>What came of it, and why it was not made to its end or is in doubt.</returns>
    public async Task<(PlannedChange Change, ApiGatewayException? Failure)> ApplyAsync(PlannedChange change,
        CancellationToken cancellationToken)
    {
        _toCome.Dequeue();
        try
        {
            (ApiKeyInfo? key, ApiGatewayException? doubt) = await _operations.ApplyAsync(change, cancellationToken);
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
        return --_left > 0 ? outcome : outcome with { Summary = PlannedChange.Summarize(_outcomes) };
    }
}
