using System.Runtime.CompilerServices;
using ApiKey.Calls;
using ApiKey.Formats;
using ApiKey.Keys;
using ApiKey.Model;

namespace ApiKey.Import;

/// <summary>Keys that are there, by the values of rows.</summary>
/// <param name="operations">Where.</param>
internal sealed class KeysByValue(ApiKeyOperations operations)
{
    private readonly Dictionary<UInt128, ApiKeyInfo> _keys = [];

    /// <summary>The keys.</summary>
    public IReadOnlyCollection<ApiKeyInfo> All => _keys.Values;

    /// <summary>The key of a row; null when there is none.</summary>
    public ApiKeyInfo? Of(KeyFileRow row) => row.Spec.Value is null || _keys.Count == 0 ? null : _keys.GetValueOrDefault(row.ValueMark);

    /// <summary>Reads the keys that the file names by their values, in one listing.</summary>
    public IAsyncEnumerable<int> ReadOwnValuesAsync(KeyFile file, CancellationToken cancellationToken)
        => ReadValuesAsync(file.Rows().Where(row => row.Spec.Value is not null).Select(row => row.ValueMark).ToHashSet(),
            cancellationToken);

    /// <summary>Reads the keys with certain values, in one listing.</summary>
    public IAsyncEnumerable<int> ReadValuesAsync(IReadOnlySet<UInt128> marks, CancellationToken cancellationToken)
        => ListAsync(key => marks.Contains(KeyFileRow.MarkOf(key.Value!)), cancellationToken);

    /// <summary>Reads keys by id: a few one by one, many in one listing.</summary>
    public async IAsyncEnumerable<int> ReadIdsAsync(IReadOnlyList<string> ids, int singleReads,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (ids.Count > singleReads)
        {
            HashSet<string> all = ids.ToHashSet(StringComparer.Ordinal);
            await foreach (int found in ListAsync(key => all.Contains(key.Id), cancellationToken))
            {
                yield return found;
            }

            yield break;
        }

        foreach (string id in ids)
        {
            ApiKeyInfo key = await operations.GetAsync(id, includeValue: true, cancellationToken);
            _keys[KeyFileRow.MarkOf(key.Value!)] = key;
            yield return 1;
        }
    }

    private async IAsyncEnumerable<int> ListAsync(Func<ApiKeyInfo, bool> isMeant,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (IReadOnlyList<ApiKeyInfo> page in operations.ListAsync(new ApiKeyQuery(IncludeValues: true), cancellationToken))
        {
            int found = 0;
            foreach (ApiKeyInfo key in page.Where(key => key.Value is not null && isMeant(key)))
            {
                _keys[KeyFileRow.MarkOf(key.Value!)] = key;
                found++;
            }

            yield return found;
        }
    }
}
