namespace ApiKey.Formats;

/// <summary>Reads a CSV file as a list of keys: the first line names the attributes, an empty cell says nothing.</summary>
internal static class CsvNodes
{
    /// <summary>The document.</summary>
    /// <exception cref="FileProblemException">It is not CSV, or lists nothing.</exception>
    public static DesiredNode Parse(string text)
    {
        using StringReader source = new(text);
        CsvReader reader = new(source);
        IReadOnlyList<CsvCell> header = reader.ReadHeader("Name,Description,Enabled,CustomerId,Tags");
        TextNode[] names = [.. header.Select(cell => new TextNode(PlaceOf(cell), cell.Text.Trim()))];
        List<DesiredNode> rows = [];
        while (reader.ReadRecord() is { } record)
        {
            CsvReader.CheckLength(record, header);

            // An empty cell is there and says nothing, so that a column nobody knows is seen even when it is empty.
            rows.Add(new MapNode(PlaceOf(record[0]), [.. names.Zip(record).Select(pair => (pair.First, ToNode(pair.Second)))]));
        }

        return rows.Count > 0
            ? new ListNode(PlaceOf(header[0]), rows)
            : throw new FileProblemException(header[0].Line, header[0].Column,
                "The file has no rows: perhaps it was cut off. A desired state without any keys is written in JSON: { \"keys\": [] }.");
    }

    private static DesiredNode ToNode(CsvCell cell) => cell.Text.Length == 0 ? new NullNode(PlaceOf(cell))
        : new TextNode(PlaceOf(cell), cell.Text);

    private static NodePlace PlaceOf(CsvCell cell) => new(cell.Line, cell.Column);
}
