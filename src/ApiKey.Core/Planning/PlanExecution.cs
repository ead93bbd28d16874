using ApiKey.Model;
using ApiKey.Service;

namespace ApiKey.Planning;

/// <summary>Does what a plan says, in as many calls as it says.</summary>
internal static class PlanExecution
{
    /// <summary>Makes one change. The key as it is then; null when it was removed.</summary>
    /// <exception cref="ApiGatewayException">It was not made, or not to its end; the text says what was done.</exception>
    public static async Task<ApiKeyInfo?> ApplyAsync(this ApiKeyOperations operations, KeyChange change, CancellationToken cancellationToken)
    {
        switch (change.Action)
        {
            case PlanAction.Create:
                return await operations.CreateAsync(change.Wanted!, cancellationToken);
            case PlanAction.Update:
                return await operations.UpdateAsync(change.Current!, change.Update!, cancellationToken) with { Value = null };
            case PlanAction.Replace:
                return await ReplaceAsync(operations, change, cancellationToken);
            case PlanAction.Remove:
                await RemoveAsync(operations, change.Current!, cancellationToken);
                return null;
            default:
                return change.Key;
        }
    }

    // The new key first: fails the second step, both are there, and the next run removes the old one.
    private static async Task<ApiKeyInfo> ReplaceAsync(ApiKeyOperations operations, KeyChange change, CancellationToken cancellationToken)
    {
        ApiKeyInfo successor = change.Successor switch
        {
            null => await operations.CreateAsync(change.Wanted!, cancellationToken),
            { } known when change.Update!.IsEmpty => known,
            { } known => await operations.UpdateAsync(known, change.Update!, cancellationToken) with { Value = known.Value },
        };
        try
        {
            await RemoveAsync(operations, change.Current!, cancellationToken);
        }
        catch (ApiGatewayException failure)
        {
            throw failure.After([$"key {successor.Id} with the new value is there, and {change.Current!.Id} with the old one is not removed"]);
        }

        return successor;
    }

    // A key that is gone already is as it should be.
    private static async Task RemoveAsync(ApiKeyOperations operations, ApiKeyInfo key, CancellationToken cancellationToken)
    {
        try
        {
            await operations.DeleteAsync(key.Id, cancellationToken);
        }
        catch (ApiGatewayException gone) when (gone.Kind == ApiGatewayErrorKind.NotFound)
        {
        }
    }
}
