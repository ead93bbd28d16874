using System.Text.RegularExpressions;
using ApiKey.Files;
using ApiKey.Model;
using ApiKey.Service;
using ApiKey.Tags;
using ApiKey.Traffic;

namespace ApiKey.Planning;

/// <summary>
/// The import of one key file: batches through ImportApiKeys, then one look at what is there, then what that format cannot
/// carry. Every step may be repeated, so an import that was killed is finished by running it again.
/// </summary>
internal sealed partial class KeyFileImport : IDisposable
{
    // So many single reads cost less than listing an account that is full (10,000 keys, 20 pages).
    private const int SingleReads = 20;

    // A body much larger than this is nothing AWS documents to take.
    private const int LargestBatchCharacters = 1 << 20;

    private readonly ApiKeyOperations _operations;
    private readonly int _batchSize;
    private readonly ImportSeed? _seed;
    private readonly Dictionary<UInt128, ApiKeyInfo> _keys = [];
    private readonly List<string> _ids = [];
    private readonly HashSet<int> _taken = [];

    /// <summary>An import. When rows leave the value to be generated, this is where the seed is kept.</summary>
    /// <param name="operations">Where to.</param>
    /// <param name="file">The checked file; disposed with this.</param>
    /// <param name="batchSize">Rows in one call.</param>
    /// <param name="place">Which account and region it is imported into; null when nothing will be sent.</param>
    /// <exception cref="IOException">The seed cannot be kept.</exception>
    public KeyFileImport(ApiKeyOperations operations, KeyFile file, int batchSize, QuotaScope? place)
    {
        (_operations, File, _batchSize) = (operations, file, batchSize);
        _seed = place is not null && file.CountWithoutValue > 0 ? ImportSeed.Open(file, place) : null;
    }

    /// <summary>The file.</summary>
    public KeyFile File { get; }

    /// <summary>The file that an import which does not end leaves behind; null when there is none.</summary>
    public string? SeedPath => _seed?.Path;

    /// <summary>The rows with their values, generated ones included.</summary>
    public IEnumerable<KeyFileRow> Rows()
    {
        int number = 0;
        foreach (KeyFileRow row in File.Rows())
        {
            number++;
            yield return row.Spec.Value is null && _seed is not null ? row with { Spec = row.Spec with { Value = _seed.ValueOf(number) } } : row;
        }
    }

    /// <summary>The rows in batches, each ready to be sent.</summary>
    public IEnumerable<ImportBatch> Batches()
    {
        ImportBatch batch = new();
        foreach (KeyFileRow row in Rows())
        {
            if (batch.Count > 0 && (batch.Count >= _batchSize || (batch.Length >= LargestBatchCharacters && _batchSize < int.MaxValue)))
            {
                yield return batch;
                batch = new ImportBatch();
            }

            batch.Add(row);
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }

    /// <summary>Sends a batch: one call.</summary>
    public Task<ImportAnswer> SendAsync(ImportBatch batch, bool failOnWarnings, CancellationToken cancellationToken) =>
        _operations.ImportAsync(batch.ToBody(), failOnWarnings, cancellationToken);

    /// <summary>Notes which keys a batch came to.</summary>
    public void Note(ImportBatch batch, ImportAnswer answer)
    {
        _ids.AddRange(answer.Ids);
        _taken.UnionWith(batch.Lines);
    }

    /// <summary>How many rows were in batches that AWS took.</summary>
    public int CountTaken => _taken.Count;

    /// <summary>Whether AWS took the batch a row was in.</summary>
    public bool WasTaken(KeyFileRow row) => _taken.Contains(row.Line);

    /// <summary>
    /// What AWS warns of, each with the lines it may be about. AWS does not document how it names a row; where a text says
    /// "row n", that row of the batch is meant.
    /// </summary>
    public static IEnumerable<string> TellWarnings(ImportBatch batch, ImportAnswer answer) => answer.Warnings.Select(warning =>
        RowNumber().Match(warning) is { Success: true } match && int.TryParse(match.Groups["row"].ValueSpan, System.Globalization.CultureInfo.InvariantCulture, out int row) && row >= 1 && row <= batch.Count
            ? $"line {batch.Lines[row - 1]}: {warning}"
            : $"{(batch.Count == 1 ? $"line {batch.Lines[0]}" : $"lines {batch.Lines[0]} to {batch.Lines[^1]}")}: {warning}");

    /// <summary>Reads the keys that are there for the rows, with their values: a few by id, many in one listing.</summary>
    public async IAsyncEnumerable<int> CollectAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (_ids.Count <= SingleReads)
        {
            foreach (string id in _ids)
            {
                ApiKeyInfo key = await _operations.GetAsync(id, includeValue: true, cancellationToken);
                _keys[KeyFileRow.MarkOf(key.Value!)] = key;
                yield return 1;
            }

            yield break;
        }

        HashSet<string> ids = _ids.ToHashSet(StringComparer.Ordinal);
        await foreach (int found in CollectWhereAsync(key => ids.Contains(key.Id), cancellationToken))
        {
            yield return found;
        }
    }

    /// <summary>Reads which rows have a key already: one listing. For -WhatIf.</summary>
    public IAsyncEnumerable<int> CollectExistingAsync(CancellationToken cancellationToken)
    {
        HashSet<UInt128> marks = File.Rows().Where(row => row.Spec.Value is not null).Select(row => row.ValueMark).ToHashSet();
        return CollectWhereAsync(key => marks.Contains(KeyFileRow.MarkOf(key.Value!)), cancellationToken);
    }

    /// <summary>The key of a row; null when there is none.</summary>
    public ApiKeyInfo? KeyOf(KeyFileRow row) => row.Spec.Value is null ? null : _keys.GetValueOrDefault(row.ValueMark);

    /// <summary>Gives a key what ImportApiKeys cannot carry: customer and tags, default tags too. Only what differs is sent.</summary>
    public async Task<ApiKeyInfo> CompleteAsync(KeyFileRow row, ApiKeyInfo key, CancellationToken cancellationToken)
    {
        ApiKeySpec wanted = new()
        {
            CustomerId = row.Spec.CustomerId is { } customer && !string.Equals(customer, key.CustomerId, StringComparison.Ordinal) ? customer : null,
            Tags = row.Spec.Tags is { } tags && !_operations.Policy.WithoutIgnored(_operations.Policy.Merge(tags)).Equals(key.TagsAll) ? tags : null,
        };
        TagSet missingDefaults = wanted.Tags is null ? _operations.Policy.WithoutIgnored(_operations.Policy.Defaults).Without(key.TagsAll.Keys) : TagSet.Empty;
        ApiKeyChange change = new(wanted) { AddTags = missingDefaults };
        ApiKeyInfo done = change.IsEmpty ? key : await _operations.UpdateAsync(key, change, cancellationToken);
        return done with { Value = key.Value };
    }

    /// <summary>Forgets the seed: everything is done.</summary>
    public void Complete() => _seed?.Complete();

    /// <inheritdoc/>
    public void Dispose() => File.Dispose();

    [GeneratedRegex(@"\brow (?<row>\d{1,6})\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RowNumber();

    private async IAsyncEnumerable<int> CollectWhereAsync(Func<ApiKeyInfo, bool> isMeant, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (IReadOnlyList<ApiKeyInfo> page in _operations.ListAsync(new ApiKeyQuery(IncludeValues: true), cancellationToken))
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
