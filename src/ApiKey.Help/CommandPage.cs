namespace ApiKey.Help;

/// <summary>A command and its page, laid side by side.</summary>
/// <param name="Command">What the code says.</param>
/// <param name="Page">What the page says.</param>
/// <param name="Shared">The page about parameters that many commands have.</param>
public sealed record CommandPage(Command Command, Page Page, Page Shared)
{
    /// <summary>The file of the page about parameters that many commands have.</summary>
    public const string SharedParameters = "connection-parameters.md";

    private static readonly string[] Expected = ["Description", "Parameters", "Inputs", "Outputs", "Notes", "Examples", "Links"];

    // One more section is allowed where a command is about a thing of its own, such as a file format.
    private string[] StandardSections => [.. Page.Sections.Where(section => Expected.Contains(section, StringComparer.Ordinal))];

    /// <summary>The text about a parameter; null for nothing.</summary>
    public string? MeaningOf(string parameter) =>
        Page.Parameters.GetValueOrDefault(parameter) ?? (SharesParameters ? Shared.Parameters.GetValueOrDefault(parameter) : null);

    private bool SharesParameters => Page.LinksTo("Parameters", SharedParameters);

    /// <summary>Where page and code differ, and what the page lacks; each a sentence that names it.</summary>
    public IReadOnlyList<string> Problems =>
    [
        .. Page.Title == Command.Name ? Array.Empty<string>() : [$"{Command.Name}: the page is titled '{Page.Title}'."],
        .. Page.Synopsis.Length > 0 ? Array.Empty<string>() : [$"{Command.Name}: there is no synopsis below the title."],
        .. StandardSections.SequenceEqual(Expected, StringComparer.Ordinal) ? Array.Empty<string>()
            : [$"{Command.Name}: the sections are {string.Join(", ", StandardSections)}; they should be {string.Join(", ", Expected)}."],
        .. Expected.Where(section => Page.Sections.Contains(section, StringComparer.Ordinal) && Page.SectionOf(section).Count == 0)
            .Select(section => $"{Command.Name}: the section {section} is empty."),
        .. Command.Parameters.Keys.Where(parameter => MeaningOf(parameter) is null or "")
            .Select(parameter => $"{Command.Name}: there is no text about -{parameter}."),
        .. Page.Parameters.Keys.Where(parameter => !Command.Parameters.ContainsKey(parameter))
            .Select(parameter => $"{Command.Name}: the page tells of -{parameter}, which the command does not have."),
        .. Page.Examples.Count >= 3 ? Array.Empty<string>()
            : [$"{Command.Name}: there are {Page.Examples.Count} examples; three are the least."],
        .. Page.Examples.Where(example => example.Code.Length == 0)
            .Select(example => $"{Command.Name}: the example '{example.Title}' has no PowerShell block."),
    ];
}
