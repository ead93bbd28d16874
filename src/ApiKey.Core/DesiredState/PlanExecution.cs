using ApiKey.Calls;
using ApiKey.Keys;
using ApiKey.Model;
using ApiKey.Service;
using ApiKey.Text;

namespace ApiKey.DesiredState;

/// <summary>Does what a plan says, in as many calls as it says.</summary>
internal static class PlanExecution
{
    /// <summary>How many calls a create takes: a look before, the create and a look after; more when hundreds of names start
    /// alike.</summary>
    public const int CreateCalls = 3;

    /// <summary>Makes one change.</summary>
    /// <returns>The key as it is then, null when it was removed; and what is in doubt although it was done.</returns>
    /// <exception cref="ApiGatewayException">It was not made, or not to its end; the text says what was done.</exception>
    public static async Task<(ApiKeyInfo? Key, ApiGatewayException? Doubt)> ApplyAsync(this ApiKeyOperations operations,
        PlannedChange change, CancellationToken cancellationToken) =>
        change.Action == PlanAction.Create
            ? await CreateAsync(operations, change.Wanted!, cancellationToken)
            : (await ChangeAsync(operations, change, cancellationToken), null);

    // AWS has no lock and takes a name any number of times. Another run of the same desired state, which listed when this one
    // did, makes the same keys; so the name is looked for once more just before, and after, when both may have been quick.
    private static async Task<(ApiKeyInfo? Key, ApiGatewayException? Doubt)> CreateAsync(ApiKeyOperations operations, ApiKeySpec wanted,
        CancellationToken cancellationToken)
    {
        string name = Show.Quote(wanted.Name);
        if (await FindAsync(operations, wanted.Name!, cancellationToken) is [var already, ..])
        {
            throw new ApiGatewayException(
                ApiGatewayErrorKind.Conflict,
                $"API key '{already}' appeared in {operations.Region} after the plan was made, so no second one of the name {name} was "
                + "created. Perhaps another run applies the same desired state. Run the command again once that one has ended.");
        }

        ApiKeyInfo made = await operations.CreateAsync(wanted, cancellationToken);
        try
        {
            string[] others = [.. (await FindAsync(operations, wanted.Name!, cancellationToken)).Where(key => key.Id != made.Id)
                .Select(key => key.Id).Order(StringComparer.Ordinal)];
            return (made, others.Length == 0
                ? null
                : new ApiGatewayException(
                    ApiGatewayErrorKind.Conflict,
                    $"API key {made.Id} was created, and {string.Join(", ", others)} of the same name {name} at the same time: another run "
                    + "applies the same desired state. Let only one run at a time. Keep one of the keys, remove the other with "
                    + $"{Words.Typed.Command(Act.RemoveKeys)}, and run the command again."));
        }
        catch (ApiGatewayException failure)
        {
            return (made, failure.AfterOthers(
                $"API key {made.Id} was created, but whether another run made one of the same name at the same time could not be "
                + $"determined: {failure.Message}"));
        }
    }

    private static async Task<IReadOnlyList<ApiKeyInfo>> FindAsync(ApiKeyOperations operations, string name,
        CancellationToken cancellationToken)
    {
        List<ApiKeyInfo> named = [];
        await foreach (IReadOnlyList<ApiKeyInfo> page in operations.ListAsync(new ApiKeyQuery(NamePrefix: name), cancellationToken))
        {
            // The keys of a rotation that is under way have the name too, and the plan knew them.
            named.AddRange(page.Where(key => string.Equals(key.Name, name, StringComparison.Ordinal) && key
                is { RotatedTo: null, RotatedFrom: null }));
        }

        return named;
    }

    private static async Task<ApiKeyInfo?> ChangeAsync(ApiKeyOperations operations, PlannedChange change,
        CancellationToken cancellationToken)
    {
        switch (change.Action)
        {
            case PlanAction.Update:
                return await operations.UpdateAsync(change.Current!, new ApiKeyChange(change.Update!), cancellationToken)
                    with
                { Value = null };
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
    private static async Task<ApiKeyInfo> ReplaceAsync(ApiKeyOperations operations, PlannedChange change,
        CancellationToken cancellationToken)
    {
        ApiKeyInfo successor = change.Successor switch
        {
            null => await operations.CreateAsync(change.Wanted!, cancellationToken),
            { } known when new ApiKeyChange(change.Update!).IsEmpty => known,
            { } known => await operations.UpdateAsync(known, new ApiKeyChange(change.Update!), cancellationToken)
                with
            { Value = known.Value },
        };
        try
        {
            await RemoveAsync(operations, change.Current!, cancellationToken);
        }
        catch (ApiGatewayException failure)
        {
            throw failure.After([$"key {successor.Id} with the new value is there, and {change.Current!.Id} with the old one is not "
                + "removed"]);
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
