using System.Globalization;
using System.Management.Automation;
using ApiKey.Attributes;
using ApiKey.Calls;
using ApiKey.Model;
using ApiKey.Rotation;
using ApiKey.Tags;

namespace ApiKey.Cmdlets;

/// <summary>What rotations tell: successors as objects, keys that were left alone, the wait for successors, the end of old keys.</summary>
/// <param name="command">The command.</param>
/// <param name="rotations">Its rotations.</param>
/// <param name="removes">Whether old keys are removed; otherwise they are disabled, if they do not stay as they are.</param>
internal sealed class RotationReport(ChangingCmdlet command, KeyRotations rotations, bool removes) : IDisposable
{
    private int _leftAlone;

    /// <summary>What is wrong with an order, and which parameter says it; null when nothing is.</summary>
    public static (string ErrorId, string Message, string Parameter)? ProblemOf(RotationOrder order) => order switch
    {
        { Force: true, NoWait: true } => ("ContradictoryParameters", "-Force disables or removes the old key at once, and -NoWait leaves "
            + "it as it is until the new key can be relied on. Use one of them.", nameof(order.NoWait)),
        { Value: { } value } when ApiKeyField.ProblemsOf(new ApiKeySpec { Value = value }, TagPolicy.None) is [string problem, ..]
            => ("InvalidApiKey", problem, nameof(order.Value)),
        _ => null,
    };

    /// <summary>What to report of a rotation that nobody received.</summary>
    public static Untaken? Describe(RotationStep step) => step is RotationStep.Rotated(_, var rotation, _)
        ? new Untaken($"API key '{rotation.Old}' was rotated: its successor is '{rotation.New}'.", rotation.New.Id) : null;

    /// <summary>Tells what is done next, or what came of a key.</summary>
    public void Report(RotationStep step)
    {
        switch (step)
        {
            case RotationStep.LeftAlone(var key, null):
                command.WriteVerbose($"API key '{key}' was rotated already, or made, by this command; it is left alone.");
                break;
            case RotationStep.LeftAlone(var key, var predecessor):
                _leftAlone++;
                command.WriteVerbose($"API key '{key}' is left alone: the key it came from, '{predecessor}', is still there.");
                break;
            case RotationStep.Rotated(var key, var rotation, var left):
                Report(key, rotation, left);
                break;
            case RotationStep.Wait(var count, var timeLeft):
                command.WriteVerbose($"Waiting {Seconds(timeLeft())} s: AWS refuses a new key for up to 85 s after it joined a usage plan. "
                    + $"{(removes ? "Removing" : "Disabling")} {count} old API {(count == 1 ? "key" : "keys")} after that. Stopped before, "
                    + "run the same command again to finish.");
                command.Calls.Progress.BeginWait($"Waiting until the new {(count == 1 ? "key" : "keys")} can be relied on", timeLeft);
                break;
            case RotationStep.End(var steps):
                command.Calls.Progress.Begin(removes ? "Removing old keys" : "Disabling old keys", steps.Count);
                foreach (OldKeyStep one in steps)
                {
                    End(one, one.Rotation.Old!);
                }

                break;
        }
    }

    /// <summary>Ends the old keys that are left, and tells how many keys were left alone.</summary>
    public void Complete()
    {
        command.Calls.Each("Ending rotations", rotations.EndAsync(), Report);
        command.Calls.Drain();
        if (_leftAlone > 0)
        {
            command.WriteWarning($"{_leftAlone} API {(_leftAlone == 1 ? "key was" : "keys were")} left alone, because the key it came from "
                + "is still there: its rotation goes on with that one. Remove the old key to be able to rotate again, or use -Force. "
                + "-Verbose names them.");
        }
    }

    /// <summary>The command ends, perhaps before the wait was over: then the old keys are as they were.</summary>
    public void Dispose()
    {
        foreach (ApiKeyInfo old in rotations.Abandon())
        {
            command.Calls.AddUnreceived($"The old API key '{old}' is as it was. Run the same command again to finish.");
        }
    }

    private void Report(ApiKeyIdentity key, ApiKeyRotationInfo rotation, OldKeyStep? left)
    {
        bool waits = rotation.OldKey == OldKeyState.Waiting;
        if (waits)
        {
            rotations.Add(left!);
        }

        // The new key first: a warning may end the command.
        command.WriteObject(rotation);
        if (key.Key is null)
        {
            command.WarnOfStack($"API key '{rotation.Old}'", rotation.Old?.StackName);
        }

        if (left is not null && !waits)
        {
            string time = rotation.ReliableFrom.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture);
            command.WriteProblem("SuccessorTooYoung", $"API key '{rotation.Old}' stays enabled: AWS may refuse its successor "
                + $"'{rotation.New}' for another {Seconds(left.TimeLeft)} s (up to 85 s after it joined a usage plan). Run the same "
                + $"command again after {time}Z, or without -NoWait to wait.", rotation.Old, ErrorCategory.ResourceUnavailable);
        }
    }

    private void End(OldKeyStep step, ApiKeyInfo old) => command.Calls.Start($"{(removes ? "Removing" : "Disabling")} API key '{old}'", old,
        step.EndAsync, _ => { }, untaken: _ => new Untaken($"The old API key '{old}' was {(removes ? "removed" : "disabled")}."));

    private static string Seconds(TimeSpan time) => $"{Math.Ceiling(time.TotalSeconds):0}";
}
