using ApiKey.Calls;
using ApiKey.Keys;
using ApiKey.Model;
using ApiKey.Service;

namespace ApiKey.Rotation;

/// <summary>The last step of a rotation, which waits for the successor: disabling or removing the old key. What was reported of the
/// rotation changes with it.</summary>
internal sealed class OldKeyStep(ApiKeyOperations keys, ApiKeyRotationInfo rotation, OldKeyAction action, CancellationToken stop)
{
    /// <summary>What was reported.</summary>
    public ApiKeyRotationInfo Rotation => rotation;

    /// <summary>How long it still takes until the successor can be relied on.</summary>
    public TimeSpan TimeLeft => rotation.ReliableFrom - keys.Clock.GetUtcNow();

    /// <summary>Waits until the successor can be relied on.</summary>
    public async Task WaitAsync()
    {
        while (TimeLeft is var left && left > TimeSpan.Zero)
        {
            await keys.Clock.WaitAsync(left, stop);
        }
    }

    /// <summary>Disables or removes the old key, after the wait.</summary>
    /// <exception cref="ApiGatewayException">It was not done; the old key is as it was, and running the same again goes on.</exception>
    public async Task<OldKeyState> EndAsync()
    {
        try
        {
            await CarryOutAsync();
        }
        catch (ApiGatewayException failure)
        {
            rotation.OldKey = OldKeyState.Kept;
            throw failure.Because($"{failure.Message.TrimEnd('.')}. Its successor '{rotation.New}' is in place. Run the same command "
                + "again to finish.");
        }

        return rotation.OldKey;
    }

    /// <summary>Disables or removes the old key. One that is to be removed may be gone already.</summary>
    public async Task CarryOutAsync()
    {
        string id = rotation.Old!.Id;
        if (action == OldKeyAction.Remove)
        {
            try
            {
                await keys.DeleteAsync(id, stop);
            }
            catch (ApiGatewayException gone) when (gone.Kind == ApiGatewayErrorKind.NotFound)
            {
                // Somebody else removed it meanwhile.
            }

            rotation.OldKey = OldKeyState.Removed;
            return;
        }

        RawKey disabled = await keys.DisableAsync(id, stop);
        rotation.Old = keys.Present(disabled) with { Value = null };
        rotation.OldKey = OldKeyState.Disabled;
    }
}
