using System.Management.Automation;
using ApiKey.Calls;
using ApiKey.DesiredState;
using ApiKey.Model;
using ApiKey.Service;

namespace ApiKey.Cmdlets;

/// <summary>A plan as a command carries it out: asks about each change, applies it, and writes what came of it.</summary>
/// <param name="command">The command.</param>
/// <param name="run">The plan's run.</param>
internal sealed class PlanApplication(ApiGatewayCmdlet command, SyncRun run)
{
    /// <summary>Carries it out.</summary>
    /// <returns>Whether there was anything to do.</returns>
    public bool Run()
    {
        if (run.Count == 0)
        {
            return false;
        }

        command.Calls.Progress.Begin("applying", run.Count);
        foreach (IReadOnlyList<PlannedChange> turn in run.Turns())
        {
            foreach (PlannedChange change in turn)
            {
                if (change.Status == ChangeStatus.NotDone)
                {
                    command.WriteObject(run.Record(change));
                }
                else
                {
                    Apply(change);
                }
            }

            command.Calls.Drain();
            foreach (NameWatch watch in run.DueLooks())
            {
                LookForDoubles(watch);
            }
        }

        return true;
    }

    /// <summary>Writes what will not be begun, because an error ends the command.</summary>
    public void WriteNotBegun()
    {
        foreach (PlannedChange change in run.NotBegun())
        {
            command.WriteObject(run.Record(change));
        }
    }

    // What came of each key is written already; what came twice is an error of its own.
    private void LookForDoubles(NameWatch watch)
    {
        command.Calls.Start(
            $"Looking for API keys of the same names in {watch.Region}",
            watch.Region,
            () => watch.FindDoublesAsync(command.Calls.StopToken),
            doubles =>
            {
                foreach ((PlannedChange change, ApiGatewayException doubt) in doubles)
                {
                    command.Calls.Try(change.Describe(), change, () => throw doubt);
                }
            },
            items: 0);
        command.Calls.Drain();
    }

    private void Apply(PlannedChange change)
    {
        string what = change.Describe();
        bool leaves = change.LeavesPlans;
        if (leaves && !command.Calls.Try(what, change, () => leaves = command.Calls.Await(run.LeavesPlansAsync(change,
            command.Calls.StopToken))))
        {
            command.WriteObject(run.Record(run.Decline(change)));
            return;
        }

        if (leaves)
        {
            command.WriteWarning($"The key that replaces '{change.Current}' will be in no usage plan, because the desired state does not "
                + "list the plans of that key. Add usage_plans to its entry, or put the new key in with Add-ApiGatewayUsagePlanKey.");
        }

        if (command.ShouldProcess($"{what}.", $"{what}?", "Confirm", out ShouldProcessReason reason))
        {
            command.Calls.Start(
                what,
                change,
                () => run.ApplyAsync(change, command.Calls.StopToken),
                outcome =>
                {
                    command.WriteObject(run.Record(outcome.Change));
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
            command.Calls.Start(what, change, () => Task.FromResult(run.Decline(change)),
                outcome => command.WriteObject(run.Record(outcome)));
        }
    }

    private static Untaken? Describe(string what, PlannedChange change, ApiGatewayException? failure)
    {
        string which = change.Key is { } key && change.Action is PlanAction.Create or PlanAction.Replace ? $" as {key.Id}" : "";
        return failure is null ? new Untaken($"{what}: done{which}.") : UnreceivedResults.OfFailure(what, change, failure);
    }
}
