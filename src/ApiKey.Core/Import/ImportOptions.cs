using ApiKey.Attributes;

namespace ApiKey.Import;

/// <summary>How key files are imported.</summary>
/// <param name="BatchSize">Rows in one call; null where that was not specified.</param>
/// <param name="FailOnWarning">Whether AWS's warning of a row is a failure. The whole file goes in one call then.</param>
/// <param name="Repeats">Whether rows without a key may be made into keys once more.</param>
/// <param name="ValueCheck">How values are checked.</param>
/// <param name="Plans">Which usage plans stand for those that the files name.</param>
internal sealed record ImportOptions(int? BatchSize, bool FailOnWarning, bool Repeats, ValueCheck ValueCheck, PlanMap Plans)
{
    private const int DefaultBatchSize = 500;

    /// <summary>Whether the one call for a file is to be several.</summary>
    public bool AreContradictory => FailOnWarning && BatchSize is not null;

    /// <summary>Rows in one call.</summary>
    public int RowsInCall => FailOnWarning ? int.MaxValue : BatchSize ?? DefaultBatchSize;
}
