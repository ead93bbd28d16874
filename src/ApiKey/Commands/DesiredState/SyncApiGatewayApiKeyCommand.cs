using System.Management.Automation;
using ApiKey.Binding;
using ApiKey.Calls;
using ApiKey.Cmdlets;
using ApiKey.Completion;
using ApiKey.DesiredState;
using ApiKey.Keys;
using ApiKey.Model;
using ApiKey.Plans;
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
    private SyncRun? _run;

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

    private protected override PlanRules Rules => new(AllowReplace, PruneTags, Force);

    private protected override void Use(Func<string, (ApiKeyOperations Keys, UsagePlanOperations Plans)> operations,
        IReadOnlyList<PlannedChange> changes)
    {
        SyncRun run = _run = new SyncRun(operations, changes, IncludeValue);
        if (run.Count == 0)
        {
            WriteNothingToDo(changes);
            return;
        }

        Progress.Begin("applying", run.Count);
        foreach (IReadOnlyList<PlannedChange> turn in run.Turns())
        {
            foreach (PlannedChange change in turn)
            {
                if (change.Status == ChangeStatus.NotDone)
                {
                    WriteObject(run.Record(change));
                }
                else
                {
                    Apply(run, change);
                }
            }

            Calls.Drain();
            foreach (NameWatch watch in run.DueLooks())
            {
                LookForDoubles(watch);
            }
        }
    }

    // What came of each key is written already; what came twice is an error of its own.
    private void LookForDoubles(NameWatch watch)
    {
        Calls.Start(
            $"Looking for API keys of the same names in {watch.Region}",
            watch.Region,
            () => watch.FindDoublesAsync(StopToken),
            doubles =>
            {
                foreach ((PlannedChange change, ApiGatewayException doubt) in doubles)
                {
                    Calls.Try(change.Describe(), change, () => throw doubt);
                }
            },
            items: 0);
        Calls.Drain();
    }

    internal override string? ReportNotBegun()
    {
        foreach (PlannedChange change in _run?.NotBegun() ?? [])
        {
            WriteObject(_run!.Record(change));
        }

        return null;
    }

    private void Apply(SyncRun run, PlannedChange change)
    {
        string what = change.Describe();
        if (ShouldProcess($"{what}.", $"{what}?", "Confirm", out ShouldProcessReason reason))
        {
            Calls.Start(
                what,
                change,
                () => run.ApplyAsync(change, StopToken),
                outcome =>
                {
                    WriteObject(run.Record(outcome.Change));
                    if (outcome.Failure is not null)
                    {
                        throw outcome.Failure;
                    }
                },
                hasFailed: outcome => outcome.Failure is not null,
                untaken: outcome => Describe(what, outcome.Change, outcome.Failure));
        }
        else if (reason != ShouldProcessReason.WhatIf)
        {
            // In its turn, after those that are still under way.
            Calls.Start(what, change, () => Task.FromResult(run.Decline(change)), outcome => WriteObject(run.Record(outcome)));
        }
    }

    private static Untaken? Describe(string what, PlannedChange change, ApiGatewayException? failure)
    {
        string which = change.Key is { } key && change.Action is PlanAction.Create or PlanAction.Replace ? $" as {key.Id}" : "";
        return failure is null ? new Untaken($"{what}: done{which}.") : UnreceivedResults.OfFailure(what, change, failure);
    }
}
