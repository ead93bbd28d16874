using System.Security.Cryptography;
using System.Text;
using ApiKey.Attributes;
using ApiKey.Model;
using ApiKey.Tags;
using ApiKey.Text;

namespace ApiKey.Formats;

/// <summary>
/// A file of keys in AWS's key file format, with two columns of ours. It is held open and read as often as needed, row by row,
/// so that a file of any length takes the same memory.
/// </summary>
/// <remarks>API Gateway developer guide, "API Gateway API key file format": Name and Key are required; Description, Enabled (true
/// when empty) and UsagePlanIds are optional; headers in any case and order. CustomerId and Tags (k=v, k2=v2) are ours.</remarks>
internal sealed class KeyFile : IDisposable
{
    private readonly FileStream _stream;
    private readonly (long Length, DateTime Written) _stamp;
    private Dictionary<string, List<int>> _planLines = new(StringComparer.Ordinal);
    private IReadOnlyDictionary<string, string> _planIds = new Dictionary<string, string>(StringComparer.Ordinal);

    private KeyFile(string path, FileStream stream)
    {
        Path = path;
        _stream = stream;
        _stamp = Stamp();
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>How many keys it has.</summary>
    public int Count { get; private set; }

    /// <summary>How many rows leave the value to be generated.</summary>
    public int CountWithoutValue { get; private set; }

    /// <summary>Whether there is a column for customers or tags, which takes further calls.</summary>
    public bool HasFurtherFields { get; private set; }

    /// <summary>Whether a row with a value omits something that AWS would otherwise clear on the key that has the value.</summary>
    public bool HasSilentRows { get; private set; }

    /// <summary>The usage plans that rows name, each with the lines of the rows.</summary>
    public IReadOnlyDictionary<string, List<int>> PlanLines => _planLines;

    /// <summary>Columns nobody knows; they are left alone.</summary>
    public IReadOnlyList<string> UnknownColumns { get; private set; } = [];

    /// <summary>The SHA-256 of its content.</summary>
    public string ContentHash { get; private set; } = "";

    /// <summary>Opens a file and checks every row.</summary>
    /// <param name="path">The file.</param>
    /// <param name="policy">The tag policy: default tags count towards AWS's limits.</param>
    /// <param name="valueCheck">How values are checked.</param>
    /// <exception cref="FileProblemException">Something is wrong; every problem is reported, with its place.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static KeyFile Open(string path, TagPolicy policy, ValueCheck valueCheck)
    {
        KeyFile file = new(path, new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read));
        try
        {
            file.Check(policy, valueCheck);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The rows, in file order.</summary>
    /// <exception cref="IOException">The file was changed since it was checked.</exception>
    public IEnumerable<KeyFileRow> Rows() => Read([]).Select(row =>
        row with { PlanIds = [.. row.PlanIds.Select(PlanOf).Distinct(StringComparer.Ordinal)] });

    /// <summary>Puts other usage plans in the place of those that rows name. The file stays as it is.</summary>
    /// <param name="planIds">The ids of the others by those of the file.</param>
    public void ReplacePlans(IReadOnlyDictionary<string, string> planIds)
    {
        _planIds = planIds;
        _planLines = _planLines.GroupBy(plan => PlanOf(plan.Key), plan => plan.Value, StringComparer.Ordinal)
            .ToDictionary(plan => plan.Key, plan => plan.SelectMany(lines => lines).Distinct().Order().ToList(), StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private string PlanOf(string id) => _planIds.GetValueOrDefault(id, id);

    private void Check(TagPolicy policy, ValueCheck valueCheck)
    {
        ContentHash = Convert.ToHexString(SHA256.HashData(_stream));
        List<FileProblem> problems = [];
        Dictionary<UInt128, int> lines = [];
        try
        {
            foreach (KeyFileRow row in Read(problems, (cell, spec, field) => Judge(cell, spec, field, policy, valueCheck)))
            {
                Count++;
                CountWithoutValue += row.Spec.Value is null ? 1 : 0;
                HasSilentRows |= row.Spec is { Value: not null } and not { Name: not null, Description: not null, Enabled: not null };
                foreach (string plan in row.PlanIds)
                {
                    if (!_planLines.TryGetValue(plan, out List<int>? rows))
                    {
                        _planLines.Add(plan, rows = []);
                    }

                    rows.Add(row.Line);
                }

                if (row.Spec.Value is not null && !lines.TryAdd(row.ValueMark, row.Line))
                {
                    problems.Add(new FileProblem(row.Line, 1,
                        $"This row has the same key as line {lines[row.ValueMark]}, so AWS would make one key of the two. Give each row a "
                        + "key of its own."));
                }
            }
        }
        catch (FileProblemException unreadable)
        {
            problems.AddRange(unreadable.Problems);
        }
        catch (DecoderFallbackException)
        {
            problems.Add(new FileProblem(1, 1, "The file is not UTF-8 text. Save it as CSV UTF-8."));
        }

        if (problems.Count == 0 && Count == 0)
        {
            problems.Add(new FileProblem(1, 1, "The file has no rows, so there is nothing to import. Perhaps it was cut off."));
        }

        if (problems.Count > 0)
        {
            throw new FileProblemException(Path, problems);
        }
    }

    private static IEnumerable<string> Judge(CsvCell cell, ApiKeySpec spec, ApiKeyField field, TagPolicy policy, ValueCheck valueCheck)
        => field.Update switch
        {
            _ when cell.Text.Length == 0 => [],
            FieldUpdate.Tags => TagRules.ProblemsOf(policy.Merge(spec.Tags!)),
            _ => field.ProblemsOf(spec, valueCheck),
        };

    private IEnumerable<KeyFileRow> Read(List<FileProblem> problems,
        Func<CsvCell, ApiKeySpec, ApiKeyField, IEnumerable<string>>? judge = null)
    {
        if (Stamp() != _stamp)
        {
            throw new IOException($"{Path} was changed while it was being imported. Run the command again.");
        }

        _stream.Position = 0;
        using StreamReader text = new(_stream, FindEncoding(), detectEncodingFromByteOrderMarks: false, leaveOpen: true);
        CsvReader reader = new(text);
        IReadOnlyList<CsvCell> header = reader.ReadHeader("Name,Key,Description,Enabled,UsagePlanIds,CustomerId,Tags");
        ApiKeyField?[] fields = [.. header.Select(cell => ApiKeyField.All.FirstOrDefault(field => IsNamed(cell, field.Column)))];
        int plans = header.ToList().FindIndex(cell => IsNamed(cell, KeyFileFormat.PlanColumn));
        reader.SingleQuotesCount = index => index == plans;
        CheckHeader(header, fields, plans, problems);
        if (problems.Count > 0)
        {
            yield break;
        }

        while (problems.Count < FileProblemException.MostProblems && reader.ReadRecord() is { } record)
        {
            if (ReadRow(record, header, fields, plans, problems, judge) is { } row)
            {
                yield return row;
            }
        }
    }

    private Encoding FindEncoding()
    {
        byte[] start = new byte[NotCsv.Start];
        start = start[.._stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        NotCsv.Check(Path, start);
        _stream.Position = 0;
        return TextEncoding.Of(start);
    }

    private void CheckHeader(IReadOnlyList<CsvCell> header, ApiKeyField?[] fields, int plans, List<FileProblem> problems)
    {
        UnknownColumns = [.. header.Where((cell, index) => fields[index] is null && index != plans).Select(cell => cell.Text.Trim())];
        HasFurtherFields = fields.Any(field => field is { IsInAwsKeyFile: false });
        string[] missing = [.. ApiKeyField.All.Where(field => field.IsOneKeysOwn).Select(field => field.Column!)
            .Where(column => !header.Any(cell => IsNamed(cell, column)))];
        if (missing.Length > 0)
        {
            problems.Add(new FileProblem(1, 1,
                $"The {(missing.Length == 1 ? "column" : "columns")} {string.Join(" and ", missing)} "
                + $"{(missing.Length == 1 ? "is" : "are")} missing. The first line names the columns; Name and Key must be there, and "
                + "cells of Key may be empty to have a value generated."));
        }

        foreach (CsvCell cell in header.GroupBy(cell => cell.Text.Trim(), StringComparer.OrdinalIgnoreCase)
            .SelectMany(group => group.Skip(1)))
        {
            problems.Add(new FileProblem(cell.Line, cell.Column,
                $"The column {Show.Quote(cell.Text.Trim())} occurs twice. Keep one of the two."));
        }
    }

    private static KeyFileRow? ReadRow(
        IReadOnlyList<CsvCell> record,
        IReadOnlyList<CsvCell> header,
        ApiKeyField?[] fields,
        int plans,
        List<FileProblem> problems,
        Func<CsvCell, ApiKeySpec, ApiKeyField, IEnumerable<string>>? judge)
    {
        int before = problems.Count;
        try
        {
            CsvReader.CheckLength(record, header);
        }
        catch (FileProblemException shifted)
        {
            problems.AddRange(shifted.Problems);
            return null;
        }

        ApiKeySpec spec = new();
        for (int index = 0; index < record.Count; index++)
        {
            // An empty cell says nothing.
            CsvCell cell = record[index];
            if (fields[index] is { } field && cell.Text.Length > 0)
            {
                try
                {
                    spec = field.Read(spec, cell.Text);
                    problems.AddRange((judge?.Invoke(cell, spec, field) ?? [])
                        .Select(problem => new FileProblem(cell.Line, cell.Column, problem)));
                }
                catch (FormatException problem)
                {
                    problems.Add(new FileProblem(cell.Line, cell.Column, problem.Message));
                }
            }
        }

        if (spec.Name is null && spec.Value is null)
        {
            problems.Add(new FileProblem(record[0].Line, record[0].Column,
                "The row has neither a name nor a key. Give it a name, or remove the row."));
        }

        string[] planIds = plans < 0 ? []
            : record[plans].Text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return problems.Count == before ? new KeyFileRow(record[0].Line, spec, planIds) : null;
    }

    private static bool IsNamed(CsvCell cell, string? column)
        => string.Equals(cell.Text.Trim(), column, StringComparison.OrdinalIgnoreCase);

    private (long Length, DateTime Written) Stamp() => (_stream.Length, File.GetLastWriteTimeUtc(Path));
}
