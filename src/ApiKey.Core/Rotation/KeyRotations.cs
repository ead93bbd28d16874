using ApiKey.Keys;
using ApiKey.Model;
using ApiKey.Plans;

namespace ApiKey.Rotation;

/// <summary>The rotations of one command: key by key, over whatever connection each came from; then one wait for all old keys, and their
/// end.</summary>
internal sealed class KeyRotations(RotationOrder order, CancellationToken stop)
{
    private readonly Dictionary<ApiKeyOperations, KeyRotation> _ofConnection = [];
    private readonly List<OldKeyStep> _left = [];

    /// <summary>Begins with a key.</summary>
    /// <returns>Rotates it; null when that was begun before, or the key was made by a rotation of this command.</returns>
    public Func<Task<RotationStep>>? Begin(ApiKeyIdentity key, ApiKeyOperations keys, UsagePlanOperations plans)
    {
        if (!_ofConnection.TryGetValue(keys, out KeyRotation? rotation))
        {
            _ofConnection.Add(keys, rotation = new KeyRotation(keys, plans, order, stop));
        }

        return rotation.TryBegin(key.Id) ? () => rotation.RotateAsync(key) : null;
    }

    /// <summary>Remembers an old key for the end.</summary>
    public void Add(OldKeyStep left) => _left.Add(left);

    /// <summary>What is left to do once every key is rotated: one wait, for the youngest successor, then each old key.</summary>
    public async IAsyncEnumerable<RotationStep> EndAsync()
    {
        if (_left.MaxBy(step => step.Rotation.ReliableFrom) is { } youngest)
        {
            yield return new RotationStep.Wait(_left.Count, () => youngest.TimeLeft);
            await youngest.WaitAsync();
            yield return new RotationStep.End(_left);
        }
    }

    /// <summary>Gives up the wait: the old keys that were not ended stay as they are.</summary>
    /// <returns>Those keys.</returns>
    public IEnumerable<ApiKeyInfo> Abandon()
    {
        foreach (OldKeyStep step in _left.Where(step => step.Rotation.OldKey == OldKeyState.Waiting))
        {
            step.Rotation.OldKey = OldKeyState.Kept;
            yield return step.Rotation.Old!;
        }
    }
}
