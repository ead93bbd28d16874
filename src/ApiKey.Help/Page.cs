using System.Text.RegularExpressions;

namespace ApiKey.Help;

/// <summary>A page of docs/ with its sections.</summary>
public sealed partial class Page
{
    private readonly Dictionary<string, IReadOnlyList<Block>> _sections = new(StringComparer.Ordinal);

    private Page(string path, IReadOnlyList<Block> blocks)
    {
        Path = path;
        Blocks = blocks;
        Title = blocks.OfType<Heading>().FirstOrDefault(heading => heading.Level == 1)?.Text ?? "";
        Sections = [.. blocks.OfType<Heading>().Where(heading => heading.Level == 2).Select(heading => heading.Text)];
        foreach (string section in Sections)
        {
            _sections[section] = [.. blocks.SkipWhile(block => block != blocks.First(candidate => candidate is Heading { Level: 2 } heading
                && heading.Text == section)).Skip(1).TakeWhile(block => block is not Heading { Level: <= 2 })];
        }
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The title: a command's name, or an about topic.</summary>
    public string Title { get; }

    /// <summary>Everything on the page.</summary>
    public IReadOnlyList<Block> Blocks { get; }

    /// <summary>The names of the sections, in order.</summary>
    public IReadOnlyList<string> Sections { get; }

    /// <summary>The paragraph below the title; empty when there is none.</summary>
    public string Synopsis => Blocks.Count > 1 && Blocks[1] is Paragraph first ? Markdown.ToPlain(first.Text) : "";

    /// <summary>The examples: a heading with what stands below it.</summary>
    public IReadOnlyList<Example> Examples => [.. ReadExamples(SectionOf("Examples"))];

    /// <summary>Reads a page.</summary>
    public static Page Read(string path) => new(path, Markdown.Read(File.ReadAllText(path)));

    /// <summary>What is in a section; nothing when there is none of that name.</summary>
    public IReadOnlyList<Block> SectionOf(string name) => _sections.GetValueOrDefault(name) ?? [];

    /// <summary>Whether a section leads to another page.</summary>
    public bool LinksTo(string section, string target) =>
        SectionOf(section).OfType<Paragraph>().SelectMany(paragraph => Markdown.LinksIn(paragraph.Text)).Any(link => link.Target == target);

    /// <summary>What the page says about parameters: name without dash, and text. A row may be about several.</summary>
    public IReadOnlyDictionary<string, string> Parameters =>
        SectionOf("Parameters").OfType<Table>()
            .SelectMany(table => table.Rows.Skip(1))
            .SelectMany(row => ParameterName().Matches(row[0])
                .Select(name => KeyValuePair.Create(name.Groups["name"].Value, Markdown.ToPlain(row[^1]))))
            .GroupBy(row => row.Key, StringComparer.Ordinal)
            .ToDictionary(rows => rows.Key, rows => rows.First().Value, StringComparer.Ordinal);

    private static IEnumerable<Example> ReadExamples(IReadOnlyList<Block> blocks)
    {
        for (int index = 0; index < blocks.Count; index++)
        {
            if (blocks[index] is Heading { Level: 3 } heading)
            {
                yield return new Example(heading.Text, [.. blocks.Skip(index + 1).TakeWhile(block => block is not Heading)]);
            }
        }
    }

    [GeneratedRegex("`-(?<name>[A-Za-z]+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ParameterName();
}

/// <summary>An example: a title, code, and the rest of its text.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Blocks">What stands below the title.</param>
public sealed record Example(string Title, IReadOnlyList<Block> Blocks)
{
    /// <summary>The first PowerShell block; empty when there is none.</summary>
    public string Code => Blocks.FirstOrDefault(IsCode) is Fence code ? code.Text : "";

    /// <summary>The code with what it prints, as at a prompt.</summary>
    public string Session => string.Join("\n\n", SessionFences.Select(fence => fence.Text));

    /// <summary>The rest of its text.</summary>
    public IEnumerable<Block> Remarks => Blocks.Except(SessionFences);

    private IEnumerable<Fence> SessionFences => Blocks.SkipWhile(block => !IsCode(block))
        .TakeWhile((block, index) => index == 0 || block is Fence { Info: "text" })
        .Cast<Fence>();

    private static bool IsCode(Block block) => block is Fence fence && fence.Info.Split(' ')[0] == "powershell";
}
