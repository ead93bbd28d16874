using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace ApiKey.Help;

/// <summary>Reads the Markdown that the pages are written in: headings, paragraphs, fences, lists, tables; links, code and
/// emphasis.</summary>
public static class Markdown
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables()
        .UsePreciseSourceLocation().Build();

    /// <summary>The parts of a page, in order.</summary>
    public static IReadOnlyList<Block> Read(string text)
    {
        string page = text.ReplaceLineEndings("\n");
        return [.. Markdig.Markdown.Parse(page, Pipeline).Select(block => Read(block, page))];
    }

    /// <summary>Text as a terminal shows it: links become what they say, code loses its marks.</summary>
    public static string ToPlain(string text) => Markdig.Markdown.ToPlainText(text, Pipeline).Trim();

    /// <summary>The links in a text: what they say and where they lead.</summary>
    public static IEnumerable<(string Text, string Target)> LinksIn(string text) =>
        Markdig.Markdown.Parse(text, Pipeline).Descendants<LinkInline>()
            .Select(link => (ToPlain(text[(link.LabelSpan.Start)..(link.LabelSpan.End + 1)]), link.Url ?? ""));

    private static Block Read(Markdig.Syntax.Block block, string page) => block switch
    {
        HeadingBlock heading => new Heading(heading.Level, Source(heading, page).TrimStart('#').Trim()),
        FencedCodeBlock fence => new Fence($"{fence.Info} {fence.Arguments}".Trim(), fence.Lines.ToString()),
        Markdig.Extensions.Tables.Table table => new Table([.. table.Cast<TableRow>()
            .Select(row => row.Cast<TableCell>().Select(cell => Source(cell, page).Trim()).ToArray())]),
        ListBlock list => new Bullets([.. list.Cast<ListItemBlock>().Select(item => string.Join(' ',
            Source(item, page)[1..].Split('\n', StringSplitOptions.TrimEntries)).Trim())]),
        ParagraphBlock paragraph => new Paragraph(Source(paragraph, page)),
        _ => throw new InvalidDataException($"The page has a part that help does not show, at line {block.Line + 1}."),
    };

    private static string Source(MarkdownObject part, string page) => page[part.Span.Start..(part.Span.End + 1)];
}
