namespace ApiKey.Formats;

/// <summary>Writes CSV as <see cref="CsvReader"/> and AWS read it: every cell in double quotes, doubled inside, lines ended by CR
/// LF.</summary>
internal static class CsvWriter
{
    /// <summary>One record with its line end.</summary>
    public static string Record(IEnumerable<string> cells) =>
        string.Join(',', cells.Select(cell => $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")) + "\r\n";
}
