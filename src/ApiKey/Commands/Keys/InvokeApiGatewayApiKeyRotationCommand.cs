using System.Management.Automation;
using ApiKey.Binding;
using ApiKey.Cmdlets;
using ApiKey.Completion;
using ApiKey.Model;
using ApiKey.Rotation;
using ApiKey.Session;

namespace ApiKey.Commands;

/// <summary>Makes a successor of a key, with the same name, description, customer, tags and usage plans and a new value, and keeps,
/// disables or removes the old one. Run again, it goes on where it was stopped.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "ApiGatewayApiKeyRotation", SupportsShouldProcess = true)]
[OutputType(typeof(ApiKeyRotationInfo))]
public sealed class InvokeApiGatewayApiKeyRotationCommand : ChangingCmdlet
{
    private KeyRotations? _rotations;
    private RotationReport? _report;
    private int _keysSoFar;

    /// <summary>The keys to rotate: ids or key objects.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [TransformKey(IsNeeded = true)]
    [ArgumentCompleter(typeof(KeyIdCompleter))]
    public ApiKeyIdentity[] Id { get; set; } = [];

    /// <summary>The successor's value, 20 to 128 letters and digits, as text or SecureString; for one key. Generated if omitted.</summary>
    [Parameter]
    [TransformSecret]
    [ArgumentCompleter(typeof(OwnWordCompleter))]
    public Secret? Value { get; set; }

    /// <summary>What becomes of the old key: Keep, Disable or Remove.</summary>
    [Parameter]
    [TransformChoice(typeof(OldKeyAction))]
    public OldKeyAction? OldKey { get; set; } = OldKeyAction.Keep;

    /// <summary>Rotates a key although the key it came from is still there, and ends the old key at once, though AWS may refuse the new
    /// one.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Leaves an old key as it is, with an error that says how long to wait, when its successor cannot be relied on yet.</summary>
    [Parameter]
    public SwitchParameter NoWait { get; set; }

    internal override string? RemedyFor(IReadOnlyList<string> ids) => $"Get-ApiGatewayApiKey -Id {string.Join(", ", ids)} -IncludeValue "
        + "reads the successors with their values, in the region of the old keys.";

    /// <inheritdoc/>
    protected override void Begin()
    {
        RotationOrder order = new(OldKey!.Value, Value?.Reveal(), Force, NoWait);
        if (RotationReport.ProblemOf(order) is (string errorId, string message, string parameter))
        {
            ThrowProblem(errorId, message, parameter);
        }

        _rotations = new KeyRotations(order, StopToken);
        _report = new RotationReport(this, _rotations, order.OldKey == OldKeyAction.Remove);
    }

    /// <inheritdoc/>
    protected override void Execute()
    {
        if (Value is not null && (_keysSoFar += Id.Length) > 1)
        {
            ThrowProblem("ContradictoryParameters", "-Value is for one key, because AWS accepts a value only once. Rotate one key, or "
                + "leave -Value out to have values generated.", nameof(Value));
        }

        string end = OldKey switch { OldKeyAction.Disable => " and disable it", OldKeyAction.Remove => " and remove it", _ => "" };
        foreach (ApiKeyIdentity key in Id)
        {
            ServiceOperations operations = OperationsAt(key.Connection);
            if (_rotations!.Begin(key, operations.Keys, operations.Plans) is not { } rotation)
            {
                _report!.Report(new RotationStep.LeftAlone(key, Predecessor: null));
                continue;
            }

            WarnOfStack($"API key '{key}'", key.Key?.StackName);
            if (MayProceed("Rotate", $"API key '{key}' in {operations.Keys.Region}{end}", deletes: OldKey == OldKeyAction.Remove))
            {
                Calls.Start($"Rotating API key '{key}'", key.Target, rotation, _report!.Report, untaken: RotationReport.Describe);
            }
        }
    }

    /// <inheritdoc/>
    protected override void Finish() => _report!.Complete();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _report?.Dispose();
        base.Dispose(disposing);
    }
}
