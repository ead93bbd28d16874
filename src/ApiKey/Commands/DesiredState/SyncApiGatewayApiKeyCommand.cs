using System.Management.Automation;
using ApiKey.Binding;
using ApiKey.Calls;
using ApiKey.Cmdlets;
using ApiKey.DesiredState;
using ApiKey.Keys;
using ApiKey.Model;
using ApiKey.Service;

namespace ApiKey.Commands;

/// <summary>
/// Changes keys so that they are as a desired state says, and only what differs. Emits every change of the plan, in its order,
/// with what came of it. A second run has nothing to do.
/// </summary>
[Cmdlet(VerbsData.Sync, "ApiGatewayApiKey", SupportsShouldProcess = true)]
[OutputType(typeof(PlannedChange))]
public sealed class SyncApiGatewayApiKeyCommand : DesiredStateCmdlet
{
    private readonly List<PlannedChange> _outcomes = [];
    private Queue<PlannedChange> _toCome = [];
    private int _left;

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
    [Given]
    [Within(1, 64)]
    public int? ThrottleLimit { get; set; } = WholeSetWindow;

    /// <inheritdoc/>
    internal override int MaxInFlight => ThrottleLimit!.Value;

    private protected override PlanRules Rules => new(AllowReplace, PruneTags, Force);

    private protected override void Use(ApiKeyOperations operations, IReadOnlyList<PlannedChange> changes)
    {
        PlannedChange[] toDo = [.. changes.Where(change => change.Action != PlanAction.None)];
        if (toDo.Length == 0)
        {
            WriteNothingToDo(changes.Count);
            return;
        }

        _outcomes.AddRange(changes.Where(change => change.Action == PlanAction.None));
        _left = toDo.Length;
        _toCome = new Queue<PlannedChange>(toDo.OrderBy(change => change.Action == PlanAction.Remove));
        Progress.Begin("applying", toDo.Length);
        foreach (PlannedChange change in toDo.Where(change => change.Action != PlanAction.Remove))
        {
            Apply(operations, change);
        }

        // A key goes only when everything that may take its place is there.
        Calls.Drain();
        bool mayRemove = _outcomes.TrueForAll(outcome => outcome.Status != ChangeStatus.NotDone);
        foreach (PlannedChange change in toDo.Where(change => change.Action == PlanAction.Remove))
        {
            if (mayRemove)
            {
                Apply(operations, change);
            }
            else
            {
                _toCome.Dequeue();
                Report(change with { Status = ChangeStatus.NotDone, Reason = "Not removed, because not everything before it was done." });
            }
        }
    }

    internal override string? ReportNotBegun()
    {
        foreach (PlannedChange change in _toCome)
        {
            Report(change with { Status = ChangeStatus.NotDone, Reason = "Not begun, because an error ended the command." });
        }

        return null;
    }

    private void Apply(ApiKeyOperations operations, PlannedChange change)
    {
        string what = change.Describe();
        if (ShouldProcess($"{what}.", $"{what}?", "Confirm", out ShouldProcessReason reason))
        {
            Calls.Start(
                what,
                change,
                () =>
                {
                    _toCome.Dequeue();
                    return TryApplyAsync(operations, change);
                },
                outcome =>
                {
                    Report(outcome.Change);
                    if (outcome.Failure is not null)
                    {
                        throw outcome.Failure;
                    }
                },
                hasFailed: outcome => outcome.Failure is not null,
                untaken: outcome => UntakenOf(what, outcome.Change, outcome.Failure));
        }
        else if (reason != ShouldProcessReason.WhatIf)
        {
            // In its turn, after those that are still under way.
            Calls.Start(
                what,
                change,
                () =>
                {
                    _toCome.Dequeue();
                    return Task.FromResult(change with { Status = ChangeStatus.NotDone, Reason = "It was not confirmed." });
                },
                Report);
        }
    }

    private async Task<(PlannedChange Change, ApiGatewayException? Failure)> TryApplyAsync(ApiKeyOperations operations, PlannedChange change)
    {
        try
        {
            (ApiKeyInfo? key, ApiGatewayException? doubt) = await operations.ApplyAsync(change, StopToken);
            return (change with { Status = ChangeStatus.Done, Key = key, Reason = doubt?.Message ?? change.Reason }, doubt);
        }
        catch (ApiGatewayException failure)
        {
            return (change with { Status = ChangeStatus.NotDone, Reason = failure.Message }, failure);
        }
    }

    private static Untaken? UntakenOf(string what, PlannedChange change, ApiGatewayException? failure)
    {
        string which = change.Key is { } key && change.Action is PlanAction.Create or PlanAction.Replace ? $" as {key.Id}" : "";
        return failure is null ? new Untaken($"{what}: done{which}.") : UnreceivedResults.OfFailure(what, change, failure);
    }

    private void Report(PlannedChange outcome)
    {
        // Results are logged and sent as JSON: a value is in them only on request.
        if (!IncludeValue && outcome.Key is { Value: not null } key)
        {
            outcome = outcome with { Key = key with { Value = null } };
        }

        _outcomes.Add(outcome);
        WriteObject(--_left > 0 ? outcome : outcome with { Summary = PlannedChange.Summarize(_outcomes) });
    }
}
