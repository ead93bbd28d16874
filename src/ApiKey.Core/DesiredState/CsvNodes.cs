using ApiKey.Files;

namespace ApiKey.DesiredState;

/// <summary>Reads a CSV file as a list of keys: the first line names the attributes, an empty cell says nothing.</summary>
internal static class CsvNodes
{
    /// <summary>The document.</summary>
    /// <exception cref="FileFaultException">It is not CSV.</exception>
    public static DesiredNode Parse(string text)
    {
        using StringReader source = new(text);
        CsvReader reader = new(source);
        IReadOnlyList<CsvCell> header = reader.ReadRecord() ?? throw new FileFaultException(1, 1, "The file is empty. Its first line names the columns, for example Name,Description,Enabled,CustomerId,Tags.");
        TextNode[] names = [.. header.Select(cell => new TextNode(PlaceOf(cell), cell.Text.Trim()))];
        List<DesiredNode> rows = [];
        while (reader.ReadRecord() is { } record)
        {
            if (record.Count > names.Length)
            {
                throw new FileFaultException(record[names.Length].Line, record[names.Length].Column, $"The row has {record.Count} cells, the header {names.Length}. Put a cell that holds a comma in double quotes.");
            }

            rows.Add(new MapNode(PlaceOf(record[0]), [.. names.Zip(record).Where(pair => pair.Second.Text.Length > 0).Select(pair => (pair.First, (DesiredNode)new TextNode(PlaceOf(pair.Second), pair.Second.Text)))]));
        }

        return new ListNode(PlaceOf(header[0]), rows);
    }

    private static NodePlace PlaceOf(CsvCell cell) => new(cell.Line, cell.Column);
}
