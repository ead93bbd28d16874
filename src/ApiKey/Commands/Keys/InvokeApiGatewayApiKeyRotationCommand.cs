using System.Management.Automation;
using ApiKey.Attributes;
using ApiKey.Binding;
using ApiKey.Calls;
using ApiKey.Cmdlets;
using ApiKey.Completion;
using ApiKey.Keys;
using ApiKey.Model;
using ApiKey.Rotation;

namespace ApiKey.Commands;

/// <summary>
/// Makes a successor of a key, with the same name, description, customer, tags and usage plans and a new value, and keeps,
/// disables or removes the old one. Run again, it goes on where it was stopped.
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "ApiGatewayApiKeyRotation", SupportsShouldProcess = true)]
[OutputType(typeof(ApiKeyRotationInfo))]
public sealed class InvokeApiGatewayApiKeyRotationCommand : ChangingCmdlet
{
    private readonly Dictionary<ApiKeyOperations, KeyRotation> _rotations = [];
    private readonly List<(KeyRotation Rotation, OldKeyStep Step)> _left = [];
    private int _keysSoFar;
    private int _leftAlone;
    private bool _yesToAll;
    private bool _noToAll;

    /// <summary>The keys to rotate: ids or key objects.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [TransformKey(IsNeeded = true)]
    [ArgumentCompleter(typeof(KeyIdCompleter))]
    public ApiKeyIdentity[] Id { get; set; } = [];

    /// <summary>The successor's value, 20 to 128 letters and digits, as text or SecureString; for one key only. One is generated when left
    /// out.</summary>
    [Parameter]
    [TransformSecret]
    [ArgumentCompleter(typeof(OwnWordCompleter))]
    public Secret? Value { get; set; }

    /// <summary>What becomes of the old key: Keep, Disable or Remove.</summary>
    [Parameter]
    [TransformChoice(typeof(OldKeyAction))]
    public OldKeyAction? OldKey { get; set; } = OldKeyAction.Keep;

    /// <summary>
    /// Rotates a key although the key it came from is still there, and disables or removes the old key at once, although AWS
    /// may still refuse the new one.
    /// </summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Leaves an old key as it is, with an error that says how long to wait, when its successor cannot be relied on yet.</summary>
    [Parameter]
    public SwitchParameter NoWait { get; set; }

    /// <inheritdoc/>
    protected override void Begin()
    {
        if (Force && NoWait)
        {
            ThrowProblem("ContradictoryParameters",
                "-Force disables or removes the old key at once, and -NoWait leaves it as it is until the new key can be relied on. Use "
                + "one of them.", nameof(NoWait));
        }

        if (Value is not null && ApiKeyField.ProblemsOf(new ApiKeySpec { Value = Value.Reveal() }, Tags.TagPolicy.None)
            is [string problem, ..])
        {
            ThrowProblem("InvalidApiKey", problem, nameof(Value));
        }
    }

    /// <inheritdoc/>
    protected override void Execute()
    {
        _keysSoFar += Id.Length;
        if (Value is not null && _keysSoFar > 1)
        {
            ThrowProblem("ContradictoryParameters",
                "-Value is for one key, because AWS accepts a value only once. Rotate one key, or leave -Value out to have values "
                + "generated.", nameof(Value));
        }

        foreach (ApiKeyIdentity identity in Id)
        {
            ApiKeyOperations operations = Operations(identity);
            KeyRotation rotation = RotationOver(operations, identity);
            if (!rotation.TryBegin(identity.Id))
            {
                WriteVerbose($"API key '{identity}' was rotated already, or made, by this command; it is left alone.");
            }
            else if (Warned(identity) && MayRotate($"API key '{identity}' in {operations.Region}"))
            {
                Calls.Start(
                    $"Rotating API key '{identity}'",
                    identity.Target,
                    () => rotation.RotateAsync(identity, new RotationOrder(OldKey!.Value, Value?.Reveal(), Force, NoWait)),
                    result => Write(rotation, result, identity),
                    untaken: Describe);
            }
        }
    }

    /// <inheritdoc/>
    protected override void Finish()
    {
        EndRotations();
        if (_leftAlone > 0)
        {
            WriteWarning($"{_leftAlone} API {(_leftAlone == 1 ? "key was" : "keys were")} left alone, because the key it came from is "
                + "still there: its rotation goes on with that one. Remove the old key to be able to rotate again, or use -Force. -Verbose "
                + "names them.");
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        // Stopped before the wait was over: the old keys are as they were.
        foreach ((_, OldKeyStep step) in _left.Where(left => left.Step.Rotation.OldKey == OldKeyState.Waiting))
        {
            step.Rotation.OldKey = OldKeyState.Kept;
            Calls.AddUnreceived($"The old API key '{step.Rotation.Old}' is as it was. Run the same command again to finish.");
        }

        base.Dispose(disposing);
    }

    // One wait for all keys: the youngest successor decides.
    private void EndRotations()
    {
        if (_left.Count == 0)
        {
            return;
        }

        DateTimeOffset until = _left.Max(left => left.Step.Rotation.ReliableFrom);
        TimeProvider clock = _left[0].Rotation.Clock;
        TimeSpan Left() => until - clock.GetUtcNow();
        WriteVerbose($"Waiting {Math.Ceiling(Left().TotalSeconds):0} s: AWS refuses a new key for up to 85 s after it joined a usage plan. "
            + $"{(OldKey == OldKeyAction.Remove ? "Removing" : "Disabling")} {_left.Count} old API {(_left.Count == 1 ? "key" : "keys")} "
            + "after that. Stopped before, run the same command again to finish.");
        Progress.BeginWait(_left.Count == 1 ? "Waiting until the new key can be relied on"
            : "Waiting until the new keys can be relied on", Left);
        while (Left() is var left && left > TimeSpan.Zero)
        {
            Calls.Await(WaitAsync(left, clock));
        }

        Progress.Begin(OldKey == OldKeyAction.Remove ? "Removing old keys" : "Disabling old keys", _left.Count);
        foreach ((KeyRotation rotation, OldKeyStep step) in _left)
        {
            Calls.Start(
                $"{(OldKey == OldKeyAction.Remove ? "Removing" : "Disabling")} API key '{step.Rotation.Old}'",
                step.Rotation.Old,
                () => EndAsync(rotation, step),
                _ => { },
                untaken: _ => new Untaken(
                    $"The old API key '{step.Rotation.Old}' was {(OldKey == OldKeyAction.Remove ? "removed" : "disabled")}."));
        }

        Calls.Drain();
    }

    private async Task<bool> WaitAsync(TimeSpan time, TimeProvider clock)
    {
        await Task.Delay(time, clock, StopToken);
        return true;
    }

    private static async Task<bool> EndAsync(KeyRotation rotation, OldKeyStep step)
    {
        await rotation.EndAsync(step);
        return true;
    }

    private KeyRotation RotationOver(ApiKeyOperations operations, ApiKeyIdentity identity)
    {
        if (!_rotations.TryGetValue(operations, out KeyRotation? rotation))
        {
            rotation = new KeyRotation(operations, PlanOperations(identity.Connection), StopToken);
            _rotations.Add(operations, rotation);
        }

        return rotation;
    }

    private static Untaken? Describe(RotationResult result) =>
        result.Done is { } done ? new Untaken($"API key '{done.Old}' was rotated: its successor is '{done.New}'.", done.New.Id) : null;

    internal override string? RemedyFor(IReadOnlyList<string> ids) =>
        $"Get-ApiGatewayApiKey -Id {string.Join(", ", ids)} -IncludeValue reads the successors with their values, in the region of the old "
        + "keys.";

    private void Write(KeyRotation rotation, RotationResult result, ApiKeyIdentity identity)
    {
        if (result.Left is not null && !NoWait)
        {
            _left.Add((rotation, result.Left));
        }

        if (result.Done is not null)
        {
            if (identity.Key is null)
            {
                WarnOfStack($"API key '{result.Done.Old}'", result.Done.Old?.StackName);
            }

            WriteObject(result.Done);
            if (result.Left is not null && NoWait)
            {
                RefuseToWait(rotation, result.Done);
            }

            return;
        }

        _leftAlone++;
        WriteVerbose($"API key '{identity}' is left alone: the key it came from, '{result.Predecessor}', is still there.");
    }

    private bool Warned(ApiKeyIdentity identity)
    {
        WarnOfStack($"API key '{identity}'", identity.Key?.StackName);
        return true;
    }

    private void RefuseToWait(KeyRotation rotation, ApiKeyRotationInfo done)
    {
        double seconds = Math.Ceiling((done.ReliableFrom - rotation.Clock.GetUtcNow()).TotalSeconds);
        WriteProblem(
            "SuccessorTooYoung",
            $"API key '{done.Old}' stays enabled: AWS may refuse its successor '{done.New}' for another {seconds:0} s (up to 85 s after it "
            + $"joined a usage plan). Run the same command again after "
            + $"{done.ReliableFrom.UtcDateTime.ToString("HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture)}Z, or without "
            + "-NoWait to wait.",
            done.Old,
            ErrorCategory.ResourceUnavailable);
    }

    // The impact of a command is fixed, but deleting asks by default, here as in Remove-ApiGatewayApiKey.
    private bool MayRotate(string item)
    {
        string action = OldKey switch { OldKeyAction.Disable => " and disable it", OldKeyAction.Remove => " and remove it", _ => "" };
        if (!ShouldProcess($"Rotate {item}{action}.", $"Rotate {item}{action}?", "Confirm"))
        {
            return false;
        }

        bool asks = OldKey == OldKeyAction.Remove && !MyInvocation.BoundParameters.ContainsKey("Confirm")
            && GetVariableValue("ConfirmPreference") is ConfirmImpact.High;
        return !asks || ShouldContinue($"Rotate {item}{action}?", "Confirm", ref _yesToAll, ref _noToAll);
    }
}
