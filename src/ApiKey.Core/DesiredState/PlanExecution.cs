using ApiKey.Calls;
using ApiKey.Keys;
using ApiKey.Model;
using ApiKey.Service;
using ApiKey.Text;

namespace ApiKey.DesiredState;

/// <summary>Does what a plan says, in as many calls as it says.</summary>
internal static class PlanExecution
{
    /// <summary>How many calls a create takes that looks for itself: before, the create, and after; more when hundreds of names start
    /// alike.</summary>
    public const int CreateCalls = 3;

    /// <summary>Makes one change.</summary>
    /// <param name="operations">Where.</param>
    /// <param name="change">The change.</param>
    /// <param name="watch">Looks for all creates of a large plan together; null when a create looks for itself.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The key as it is then, null when it was removed; and what is in doubt although it was done.</returns>
    /// <exception cref="ApiGatewayException">It was not made, or not to its end; the text says what was done.</exception>
    public static async Task<(ApiKeyInfo? Key, ApiGatewayException? Doubt)> ApplyAsync(this ApiKeyOperations operations,
        PlannedChange change, NameWatch? watch, CancellationToken cancellationToken) =>
        change.Action == PlanAction.Create
            ? await CreateAsync(operations, change.Wanted!, watch, cancellationToken)
            : (await ChangeAsync(operations, change, cancellationToken), null);

    // AWS has no lock and accepts a name any number of times. Another run of the same desired state, which listed when this one
    // did, makes the same keys; so the name is looked for once more just before, and after, when both may have been quick.
    private static async Task<(ApiKeyInfo? Key, ApiGatewayException? Doubt)> CreateAsync(ApiKeyOperations operations, ApiKeySpec wanted,
        NameWatch? watch, CancellationToken cancellationToken)
    {
        string name = Show.Quote(wanted.Name);
        if (await (watch?.FindAsync(wanted.Name!, cancellationToken) ?? FindAsync()) is { } already)
        {
            throw new ApiGatewayException(
                ApiGatewayErrorKind.Conflict,
                $"API key '{already}' appeared in {operations.Region} after the plan was made, so no second one of the name {name} was "
                + "created. Perhaps another run applies the same desired state. Run the command again once that one has ended.");
        }

        ApiKeyInfo made = await operations.CreateAsync(wanted, cancellationToken);
        if (watch is not null)
        {
            return (made, null);
        }

        try
        {
            return (made, FindDoubt(made, (await ListNamesAsync(operations, wanted.Name, cancellationToken))[wanted.Name!]));
        }
        catch (ApiGatewayException failure)
        {
            return (made, failure.AfterOthers(
                $"API key {made.Id} was created, but whether another run made one of the same name at the same time could not be "
                + $"determined: {failure.Message}"));
        }

        async Task<ApiKeyInfo?> FindAsync() =>
            (await ListNamesAsync(operations, wanted.Name, cancellationToken))[wanted.Name!].FirstOrDefault();
    }

    /// <summary>What is in doubt about a key that was created when others of its name are there; null for nothing.</summary>
    internal static ApiGatewayException? FindDoubt(ApiKeyInfo made, IEnumerable<ApiKeyInfo> named)
    {
        string[] others = [.. named.Where(key => key.Id != made.Id).Select(key => key.Id).Order(StringComparer.Ordinal)];
        return others.Length == 0
            ? null
            : new ApiGatewayException(
                ApiGatewayErrorKind.Conflict,
                $"API key {made.Id} was created, and {string.Join(", ", others)} of the same name {Show.Quote(made.Name)} at the same "
                + "time: another run applies the same desired state. Let only one run at a time. Keep one of the keys, remove the other "
                + $"with {Words.Typed.Command(Act.RemoveKeys)}, and run the command again.");
    }

    /// <summary>Keys by their names: those whose names start with a prefix, or all.</summary>
    internal static async Task<ILookup<string, ApiKeyInfo>> ListNamesAsync(ApiKeyOperations operations, string? namePrefix,
        CancellationToken cancellationToken)
    {
        List<ApiKeyInfo> named = [];
        await foreach (IReadOnlyList<ApiKeyInfo> page in operations.ListAsync(new ApiKeyQuery(NamePrefix: namePrefix), cancellationToken))
        {
            // The keys of a rotation that is under way have the name too, and the plan knew them.
            named.AddRange(page.Where(key => key is { RotatedTo: null, RotatedFrom: null }));
        }

        return named.ToLookup(key => key.Name ?? "", StringComparer.Ordinal);
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
