using ApiKey.Formats;
using ApiKey.Model;

namespace ApiKey.Import;

/// <summary>
/// The rows of a file as they go out: with their values, generated ones included, and with what the keys they overwrite keep. AWS
/// clears what such a row omits, and enables the key; here an empty cell says nothing, so that the key keeps what it has.
/// </summary>
/// <param name="file">The file.</param>
/// <param name="seed">Where generated values come from; null when none are.</param>
/// <param name="before">The keys that rows overwrite.</param>
internal sealed class ImportRows(KeyFile file, ImportSeed? seed, KeysByValue before)
{
    // AWS documents no limit for a body; this is as much as one call carries.
    private const int LargestBatchCharacters = 1 << 20;

    /// <summary>The rows, in their order.</summary>
    public IEnumerable<KeyFileRow> All()
    {
        int number = 0;
        foreach (KeyFileRow row in file.Rows())
        {
            number++;
            if (row.Spec.Value is null)
            {
                yield return seed is null ? row : row with { Spec = row.Spec with { Value = seed.ValueOf(number) } };
            }
            else
            {
                yield return before.Of(row) is { } old ? Keep(row, old) : row;
            }
        }
    }

    /// <summary>The rows in batches, each ready to be sent.</summary>
    public IEnumerable<ImportBatch> Batches(int size)
    {
        ImportBatch batch = new();
        foreach (KeyFileRow row in All())
        {
            if (batch.Count > 0 && (batch.Count >= size || (batch.Length >= LargestBatchCharacters && size < int.MaxValue)))
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

    private static KeyFileRow Keep(KeyFileRow row, ApiKeyInfo old) => row with
    {
        Spec = row.Spec with
        {
            Name = row.Spec.Name ?? old.Name,
            Description = row.Spec.Description ?? old.Description,
            Enabled = row.Spec.Enabled ?? old.Enabled,
        },
    };
}
