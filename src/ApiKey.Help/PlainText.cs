using System.Text;

namespace ApiKey.Help;

/// <summary>Writes a page as plain text, as about topics are shown.</summary>
public static class PlainText
{
    /// <summary>A width at which nothing is broken: the terminal breaks lines itself.</summary>
    public const int NoWrap = int.MaxValue;

    private const int Width = 80;
    private const string Indent = "    ";

    /// <summary>An about topic with the headings that Get-Help looks for.</summary>
    public static string Write(Page page)
    {
        ArgumentNullException.ThrowIfNull(page);
        IEnumerable<string> lines =
        [
            "TOPIC",
            Indent + page.Title,
            "",
            "SHORT DESCRIPTION",
            .. Wrap(page.Synopsis, Width - Indent.Length).Select(line => Indent + line),
            "",
            "LONG DESCRIPTION",
            .. Lines([.. page.Blocks.Skip(2)], Width - Indent.Length).Select(line => line.Length == 0 ? "" : Indent + line),
        ];
        return string.Join('\n', lines).TrimEnd() + "\n";
    }

    /// <summary>Blocks as lines, an empty one between two blocks.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<Block> blocks, int width)
        => blocks.SelectMany(block => (IEnumerable<string>)[.. Lines(block, width), ""]);

    private static IEnumerable<string> Lines(Block block, int width) => block switch
    {
        Heading heading => [heading.Level <= 2 ? heading.Text.ToUpperInvariant() : heading.Text],
        Paragraph paragraph => paragraph.Text.Split('\n').SelectMany(line => Wrap(Markdown.ToPlain(line), width)),
        Fence fence => fence.Text.Split('\n').Select(line => Indent + line),
        Bullets list => list.Items.SelectMany(item => Wrap(Markdown.ToPlain(item), width - 2)
            .Select((line, index) => (index == 0 ? "- " : "  ") + line)),
        Table table => TableLines(table, width),
        _ => throw new ArgumentOutOfRangeException(nameof(block), block, "A block without a plain form."),
    };

    // The first columns take what they need, up to a third of the width; the last takes the rest.
    private static IEnumerable<string> TableLines(Table table, int width)
    {
        int columns = table.Rows.Max(row => row.Count);
        int[] widths = [.. Enumerable.Range(0, columns)
            .Select(column => table.Rows.Max(row => column < row.Count ? Markdown.ToPlain(row[column]).Length : 0))];
        if (width != NoWrap && widths.Sum() + (2 * (columns - 1)) > width)
        {
            for (int column = 0; column < columns - 1; column++)
            {
                widths[column] = Math.Min(widths[column], width / (columns == 2 ? 3 : columns));
            }

            widths[^1] = Math.Max(10, width - widths[..^1].Sum() - (2 * (columns - 1)));
        }

        foreach (IReadOnlyList<string> row in table.Rows)
        {
            string[][] cells = [.. Enumerable.Range(0, columns)
                .Select(column => Wrap(column < row.Count ? Markdown.ToPlain(row[column]) : "", Math.Max(1, widths[column])).ToArray())];
            for (int line = 0; line < cells.Max(cell => cell.Length); line++)
            {
                yield return string.Join("  ",
                    cells.Select((cell, column) => (line < cell.Length ? cell[line] : "").PadRight(widths[column]))).TrimEnd();
            }
        }
    }

    private static IEnumerable<string> Wrap(string text, int width)
    {
        StringBuilder line = new();
        foreach (string word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line.ToString();
                line.Clear();
            }

            line.Append(line.Length == 0 ? "" : " ").Append(word);
        }

        yield return line.ToString();
    }
}
