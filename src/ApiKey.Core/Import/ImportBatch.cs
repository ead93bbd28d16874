using System.Text;
using ApiKey.Formats;

namespace ApiKey.Import;

/// <summary>Rows of a key file that go in one call.</summary>
internal sealed class ImportBatch
{
    private readonly StringBuilder _text = new(KeyFileFormat.Aws.Header);
    private readonly List<int> _lines = [];
    private readonly HashSet<UInt128> _marks = [];

    /// <summary>The line each row starts on.</summary>
    public IReadOnlyList<int> Lines => _lines;

    /// <summary>The marks of the rows' values.</summary>
    public IReadOnlySet<UInt128> ValueMarks => _marks;

    /// <summary>How many rows there are.</summary>
    public int Count => _lines.Count;

    /// <summary>How many characters there are.</summary>
    public int Length => _text.Length;

    /// <summary>Whether a row puts its key into usage plans.</summary>
    public bool JoinsPlans { get; private set; }

    /// <summary>Adds a row. AWS's own default of enabled, true, is written out.</summary>
    public void Add(KeyFileRow row)
    {
        _text.Append(KeyFileFormat.Aws.Row(row.Spec with { Enabled = row.Spec.Enabled ?? true }, row.PlanIds));
        _lines.Add(row.Line);
        JoinsPlans |= row.PlanIds.Count > 0;
        _marks.Add(row.ValueMark);
    }

    /// <summary>The body of the call, in UTF-8.</summary>
    public byte[] ToBody() => Encoding.UTF8.GetBytes(_text.ToString());
}
