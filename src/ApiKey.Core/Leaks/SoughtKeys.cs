using ApiKey.Calls;
using ApiKey.Keys;
using ApiKey.Model;

namespace ApiKey.Leaks;

/// <summary>The keys whose values are sought. The values themselves are dropped as soon as the search is prepared.</summary>
internal sealed class SoughtKeys
{
    private readonly List<List<ApiKeyInfo>> _keysOfValues = [];

    private SoughtKeys(IEnumerable<ApiKeyInfo> keys, bool encoded, IReadOnlyList<string> missing)
    {
        Dictionary<string, int> values = new(StringComparer.Ordinal);
        foreach (ApiKeyInfo key in keys)
        {
            if (string.IsNullOrEmpty(key.Value))
            {
                WithoutValue++;
                continue;
            }

            if (values.TryAdd(key.Value, _keysOfValues.Count))
            {
                _keysOfValues.Add([]);
            }

            // In another region or account the same value may be that of another key.
            _keysOfValues[values[key.Value]].Add(key with { Value = null });
            Count++;
        }

        Missing = missing;
        Values = new ValueSearch([.. values.OrderBy(value => value.Value).Select(value => value.Key)], encoded);
    }

    /// <summary>How many keys are sought.</summary>
    public int Count { get; }

    /// <summary>How many of the keys that were asked for came without a value, so that they cannot be sought.</summary>
    public int WithoutValue { get; }

    /// <summary>The ids that no key has.</summary>
    public IReadOnlyList<string> Missing { get; }

    /// <summary>Finds their values.</summary>
    public ValueSearch Values { get; }

    /// <summary>The keys that have a value.</summary>
    public IReadOnlyList<ApiKeyInfo> KeysOf(int value) => _keysOfValues[value];

    /// <summary>Reads them: a listing with values for each place, all places at once.</summary>
    /// <param name="places">The regions and accounts.</param>
    /// <param name="ids">The ids of keys to look for.</param>
    /// <param name="isNamed">Whether a key of this name is one to look for, too; null for no name. Without ids, too, all are.</param>
    /// <param name="namePrefix">What the names have in common; null for nothing.</param>
    /// <param name="encoded">Whether encoded forms of the values are sought as well.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<SoughtKeys> ReadAsync(IEnumerable<ApiKeyOperations> places, IEnumerable<string> ids,
        Func<string, bool>? isNamed, string? namePrefix, bool encoded, CancellationToken cancellationToken)
    {
        HashSet<string> given = new(ids, StringComparer.Ordinal);
        ApiKeyInfo[] all = [.. (await Task.WhenAll(places.Select(ListAsync))).SelectMany(some => some)];
        IEnumerable<ApiKeyInfo> sought = all.Where(key => given.Contains(key.Id) || (isNamed?.Invoke(key.Name ?? "") ?? given.Count == 0));
        return new SoughtKeys(sought, encoded, [.. given.Except(all.Select(key => key.Id), StringComparer.Ordinal)]);

        async Task<List<ApiKeyInfo>> ListAsync(ApiKeyOperations place)
        {
            List<ApiKeyInfo> listed = [];
            ApiKeyQuery query = new(given.Count > 0 ? null : namePrefix, IncludeValues: true);
            await foreach (IReadOnlyList<ApiKeyInfo> page in place.ListAsync(query, cancellationToken))
            {
                listed.AddRange(page);
            }

            return listed;
        }
    }
}
