using System.Text.RegularExpressions;

namespace ApiKey.Help;

/// <summary>Reads the Markdown that the pages are written in: headings, paragraphs, fences, lists, tables; links, code and
/// emphasis.</summary>
public static partial class Markdown
{
    private const string FenceMark = "```";

    /// <summary>The parts of a page, in order.</summary>
    public static IReadOnlyList<Block> Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        List<Block> blocks = [];
        string[] lines = text.ReplaceLineEndings("\n").Split('\n');
        int next = 0;
        while (next < lines.Length)
        {
            string line = lines[next];
            if (line.StartsWith(FenceMark, StringComparison.Ordinal))
            {
                string[] inside = [.. lines.Skip(next + 1).TakeWhile(inner => !inner.StartsWith(FenceMark, StringComparison.Ordinal))];
                blocks.Add(new Fence(line[FenceMark.Length..].Trim(), string.Join('\n', inside)));
                next += inside.Length + 2;
            }
            else if (line.StartsWith('#'))
            {
                int level = line.TakeWhile(letter => letter == '#').Count();
                blocks.Add(new Heading(level, line[level..].Trim()));
                next++;
            }
            else if (string.IsNullOrWhiteSpace(line))
            {
                next++;
            }
            else
            {
                string[] together = [.. lines.Skip(next).TakeWhile(IsText)];
                blocks.Add(ReadText(together));
                next += together.Length;
            }
        }

        return blocks;
    }

    /// <summary>Text as a terminal shows it: links become what they say, code loses its marks.</summary>
    public static string ToPlain(string text) => Emphasis().Replace(Link().Replace(text, "${text}"), "${text}")
        .Replace("`", "", StringComparison.Ordinal).Replace("\\|", "|", StringComparison.Ordinal);

    /// <summary>The links in a text: what they say and where they lead.</summary>
    public static IEnumerable<(string Text, string Target)> LinksIn(string text) =>
        Link().Matches(text).Select(match => (ToPlain(match.Groups["text"].Value), match.Groups["target"].Value));

    private static bool IsText(string line) => !string.IsNullOrWhiteSpace(line) && !line.StartsWith('#')
        && !line.StartsWith(FenceMark, StringComparison.Ordinal);

    private static Block ReadText(string[] lines) => lines[0] switch
    {
        ['|', ..] => new Table([.. lines.Where(line => !Rule().IsMatch(line)).Select(ReadRow)]),
        ['-' or '*', ' ', ..] => new Bullets(ReadItems(lines)),
        _ => new Paragraph(string.Join('\n', lines)),
    };

    private static string[] ReadRow(string line) => [.. CellEnd().Split(line.Trim().Trim('|')).Select(cell => cell.Trim())];

    private static List<string> ReadItems(string[] lines)
    {
        List<string> items = [];
        foreach (string line in lines)
        {
            if (line is ['-' or '*', ' ', ..])
            {
                items.Add(line[2..].Trim());
            }
            else
            {
                items[^1] += " " + line.Trim();
            }
        }

        return items;
    }

    [GeneratedRegex(@"\[(?<text>[^\]]*)\]\((?<target>[^)\s]+)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();

    [GeneratedRegex(@"\*\*(?<text>[^*]+)\*\*", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Emphasis();

    [GeneratedRegex(@"^\|[\s:|-]+$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Rule();

    [GeneratedRegex(@"(?<!\\)\|", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CellEnd();
}
