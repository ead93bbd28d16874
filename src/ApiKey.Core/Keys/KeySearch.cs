using System.Runtime.CompilerServices;
using ApiKey.Calls;
using ApiKey.Model;
using ApiKey.Plans;
using ApiKey.Service;

namespace ApiKey.Keys;

/// <summary>A region of an account that keys are looked for in.</summary>
/// <param name="Label">What distinguishes it from the others, as an error names it; empty when it is the only one.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Keys">What can be done with keys there.</param>
/// <param name="Plans">What can be done with usage plans there.</param>
internal sealed record SearchPlace(string Label, string Name, ApiKeyOperations Keys, UsagePlanOperations Plans);

/// <summary>Some of the keys of a place, or why no more come from it.</summary>
/// <param name="Place">The place.</param>
/// <param name="Keys">Those that are meant; none with a failure.</param>
/// <param name="Read">How many were read.</param>
/// <param name="Failure">What ended the reading of this place; null when it goes on.</param>
internal sealed record SearchPage(SearchPlace Place, IReadOnlyList<ApiKeyInfo> Keys, int Read, ApiGatewayException? Failure = null);

/// <summary>
/// Looks for keys in one place or in several side by side, and remembers which of them answered: what is asked for is missing only
/// when it is in none of those.
/// </summary>
/// <param name="isInSeveral">Whether there are several places. One place itself says what is missing, and nothing is kept of what was
/// found.</param>
internal sealed class KeySearch(bool isInSeveral)
{
    // Pages read ahead in each further place while the first is handed on: some thousands of keys.
    private const int PagesAhead = 8;

    private readonly Dictionary<ApiKeyIdentity, int> _found = [];
    private readonly List<string> _answered = [];
    private readonly Dictionary<string, ApiGatewayException> _shut = new(StringComparer.Ordinal);

    /// <summary>The names of the places that answered, in the order they did.</summary>
    public IReadOnlyList<string> Answered => _answered;

    /// <summary>What was read by id and is in none of several places.</summary>
    public IEnumerable<ApiKeyIdentity> Missing => _found.Keys.Where(identity => _found[identity] == 0);

    /// <summary>Whether there is a point in asking a place: not after every call to it was bound to fail.</summary>
    public bool MayAsk(string label) => !_shut.ContainsKey(label);

    /// <summary>Counts a key that was read.</summary>
    public void CountFound(ApiKeyIdentity identity, SearchPlace place) => Count(identity, place, 1);

    /// <summary>Counts a key that was not read.</summary>
    /// <param name="identity">The key.</param>
    /// <param name="place">The place that was asked.</param>
    /// <param name="failure">Why it was not.</param>
    /// <param name="isOfPlace">Whether every call to the place fails like this.</param>
    /// <returns>Whether the failure is none to report: the key may be elsewhere, or the failure was reported before.</returns>
    public bool CountFailed(ApiKeyIdentity identity, SearchPlace place, ApiGatewayException failure, bool isOfPlace)
    {
        if (isInSeveral && failure.Kind == ApiGatewayErrorKind.NotFound)
        {
            Count(identity, place, 0);
            return true;
        }

        // Such a place is reported once and asked no more; the other places go on.
        return isInSeveral && isOfPlace && !_shut.TryAdd(place.Label, failure) && _shut[place.Label] != failure;
    }

    /// <summary>Lists keys, page by page: all places are read at once and handed on one after the other.</summary>
    public IAsyncEnumerable<SearchPage> ListAsync(IEnumerable<SearchPlace> places, ApiKeyQuery query, KeyFilter filter,
        CancellationToken cancellationToken) =>
        ReadAsync(places, place => filter.IsInNoPlan ? ListInNoPlanAsync(place, query, filter, cancellationToken)
            : place.Keys.ListAsync(query, cancellationToken), keys => keys.Where(filter.Matches), cancellationToken);

    /// <summary>Finds the keys that hold certain values, likewise. They come without those.</summary>
    /// <param name="places">Where.</param>
    /// <param name="values">The values. Those that a key holds are removed as the keys come.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public IAsyncEnumerable<SearchPage> FindHoldersAsync(IEnumerable<SearchPlace> places, ISet<string> values,
        CancellationToken cancellationToken)
    {
        HashSet<string> sought = values.ToHashSet(StringComparer.Ordinal);
        return ReadAsync(places, place => OneByOneAsync(place.Keys.FindHoldersAsync(sought, cancellationToken)), keys =>
        {
            values.ExceptWith(keys.Select(key => key.Value!));
            return keys.Select(key => key with { Value = null });
        }, cancellationToken);
    }

    // Not an iterator: the places are entered, and what is read ahead is begun, before anybody asks for a page.
    private IAsyncEnumerable<SearchPage> ReadAsync(IEnumerable<SearchPlace> places,
        Func<SearchPlace, IAsyncEnumerable<IReadOnlyList<ApiKeyInfo>>> read,
        Func<IReadOnlyList<ApiKeyInfo>, IEnumerable<ApiKeyInfo>> select, CancellationToken cancellationToken) =>
        InTurnAsync([.. places.Select(place => new Reading(place, isInSeveral
            ? ReadAhead.Start(read(place), PagesAhead, cancellationToken) : read(place)))], select);

    // The plans are read after the keys: a key that joins one meanwhile is not taken for one that no caller needs.
    private static async IAsyncEnumerable<IReadOnlyList<ApiKeyInfo>> ListInNoPlanAsync(SearchPlace place, ApiKeyQuery query,
        KeyFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<ApiKeyInfo> meant = [];
        await foreach (IReadOnlyList<ApiKeyInfo> page in place.Keys.ListAsync(query, cancellationToken))
        {
            meant.AddRange(page.Where(filter.Matches));
        }

        if (meant.Count > 0)
        {
            PlanMembers members = await PlanMembers.ReadAsync(place.Plans, cancellationToken);
            yield return [.. meant.Where(key => members.PlansOf(key.Id).Count == 0)];
        }
    }

    private async IAsyncEnumerable<SearchPage> InTurnAsync(IReadOnlyList<Reading> readings,
        Func<IReadOnlyList<ApiKeyInfo>, IEnumerable<ApiKeyInfo>> select)
    {
        foreach ((SearchPlace place, IAsyncEnumerable<IReadOnlyList<ApiKeyInfo>> source) in readings)
        {
            bool hasAnswered = true;
            await foreach (SearchPage page in FailureAsItem.SelectAsync(source,
                keys => new SearchPage(place, [.. select(keys)], keys.Count),
                (ApiGatewayException failure) => new SearchPage(place, [], Read: 0, failure)))
            {
                hasAnswered = page.Failure is null;
                yield return page;
            }

            if (hasAnswered)
            {
                CountAnswer(place);
            }
        }
    }

    private static async IAsyncEnumerable<IReadOnlyList<ApiKeyInfo>> OneByOneAsync(IAsyncEnumerable<ApiKeyInfo> keys)
    {
        await foreach (ApiKeyInfo key in keys)
        {
            yield return [key];
        }
    }

    private void Count(ApiKeyIdentity identity, SearchPlace place, int found)
    {
        if (isInSeveral)
        {
            _found[identity] = _found.GetValueOrDefault(identity) + found;
            CountAnswer(place);
        }
    }

    private void CountAnswer(SearchPlace place)
    {
        if (!_answered.Contains(place.Name))
        {
            _answered.Add(place.Name);
        }
    }

    private sealed record Reading(SearchPlace Place, IAsyncEnumerable<IReadOnlyList<ApiKeyInfo>> Pages);
}
