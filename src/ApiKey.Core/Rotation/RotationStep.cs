using ApiKey.Model;

namespace ApiKey.Rotation;

/// <summary>What is asked of a rotation.</summary>
/// <param name="OldKey">What becomes of the old key.</param>
/// <param name="Value">The successor's value; null to generate one.</param>
/// <param name="Force">Whether to rotate a key whose own predecessor is still there, and not to wait for the successor.</param>
/// <param name="NoWait">Whether an old key stays as it is when it would have to wait for its successor.</param>
internal sealed record RotationOrder(OldKeyAction OldKey, string? Value, bool Force, bool NoWait);

/// <summary>What rotations do, or what came of one, in its order.</summary>
internal abstract record RotationStep
{
    private RotationStep()
    {
    }

    /// <summary>A key was left alone, because the key it came from is still there, or because this command rotated or made it.</summary>
    /// <param name="Key">The key.</param>
    /// <param name="Predecessor">The key it came from; null for a key that this command rotated or made.</param>
    internal sealed record LeftAlone(ApiKeyIdentity Key, ApiKeyInfo? Predecessor) : RotationStep;

    /// <summary>The successor of a key is in place.</summary>
    /// <param name="Key">The key.</param>
    /// <param name="Rotation">Old and new.</param>
    /// <param name="Left">What is left to do once the successor can be relied on; null for nothing.</param>
    internal sealed record Rotated(ApiKeyIdentity Key, ApiKeyRotationInfo Rotation, OldKeyStep? Left = null) : RotationStep;

    /// <summary>Old keys wait until their successors can be relied on.</summary>
    /// <param name="Count">How many.</param>
    /// <param name="TimeLeft">How long it still takes.</param>
    internal sealed record Wait(int Count, Func<TimeSpan> TimeLeft) : RotationStep;

    /// <summary>The wait is over, and the old keys are to be disabled or removed; several may be under way at once.</summary>
    /// <param name="Steps">The old keys.</param>
    internal sealed record End(IReadOnlyList<OldKeyStep> Steps) : RotationStep;
}
