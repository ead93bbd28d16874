using ApiKey.Formats;

namespace ApiKey.Import;

/// <summary>What was sent of an import, and what AWS answered.</summary>
/// <param name="rows">The rows.</param>
internal sealed class SentRows(ImportRows rows)
{
    private readonly List<string> _ids = [];
    private readonly HashSet<int> _accepted = [];

    /// <summary>The keys that the rows came to.</summary>
    public IReadOnlyList<string> Ids => _ids;

    /// <summary>The rows in batches that AWS accepted.</summary>
    public IEnumerable<KeyFileRow> Accepted() => rows.All().Where(row => _accepted.Contains(row.Line));

    /// <summary>Records which keys a batch came to.</summary>
    public void Accept(ImportBatch batch, BatchOutcome outcome)
    {
        if (outcome.Refusal is null)
        {
            _ids.AddRange(outcome.Ids);
            _accepted.UnionWith(batch.Lines);
        }
    }
}
