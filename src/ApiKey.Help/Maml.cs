using System.Management.Automation;
using System.Xml.Linq;

namespace ApiKey.Help;

/// <summary>Writes MAML, the format that Get-Help reads for cmdlets.</summary>
public static class Maml
{
    private static readonly XNamespace Help = "http://msh";
    private static readonly XNamespace Text = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Cmd = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    /// <summary>The help of all commands; <paramref name="online"/> is the address of the folder with their pages.</summary>
    public static XDocument Write(IEnumerable<CommandPage> pages, string online) => new(
        new XElement(
            Help + "helpItems",
            new XAttribute("schema", "maml"),
            new XAttribute(XNamespace.Xmlns + "maml", Text),
            new XAttribute(XNamespace.Xmlns + "command", Cmd),
            new XAttribute(XNamespace.Xmlns + "dev", Dev),
            pages.Select(page => WriteCommand(page, online))));

    private static XElement WriteCommand(CommandPage page, string online)
    {
        string[] name = page.Command.Name.Split('-');
        return new XElement(
            Cmd + "command",
            new XElement(
                Cmd + "details",
                new XElement(Cmd + "name", page.Command.Name),
                new XElement(Cmd + "verb", name[0]),
                new XElement(Cmd + "noun", name[1]),
                new XElement(Text + "description", Paragraphs(page.Page.Synopsis))),
            new XElement(Text + "description", Prose(page.Page.SectionOf("Description"))),
            new XElement(Cmd + "syntax", page.Command.ParameterSets.Select(set => WriteSyntax(page, set))),
            new XElement(Cmd + "parameters", page.Command.Parameters.OrderBy(parameter => parameter.Key, StringComparer.Ordinal)
                .Select(parameter => WriteParameter(page, parameter.Value, null))),
            new XElement(Cmd + "inputTypes", new XElement(Cmd + "inputType", Typed(page.Page.SectionOf("Inputs")))),
            new XElement(Cmd + "returnValues", new XElement(Cmd + "returnValue", Typed(page.Page.SectionOf("Outputs")))),
            new XElement(Text + "alertSet", new XElement(Text + "alert", Prose(page.Page.SectionOf("Notes").Concat(Further(page.Page))))),
            new XElement(Cmd + "examples", page.Page.Examples.Select(WriteExample)),
            new XElement(
                Text + "relatedLinks",
                // The first link with an address is the one that Get-Help -Online opens.
                Link("Online version:", $"{online}/{page.Command.Name}.md"),
                Links(page.Page).Select(link => Link(link, ""))));
    }

    // A section of a command's own, such as a file format, comes with the notes.
    private static IEnumerable<Block> Further(Page page) => page.Sections
        .Where(section => section is not ("Description" or "Parameters" or "Inputs" or "Outputs" or "Notes" or "Examples" or "Links"))
        .SelectMany(section => page.SectionOf(section).Prepend(new Heading(2, section)));

    private static XElement WriteSyntax(CommandPage page, string set) => new(
        Cmd + "syntaxItem",
        new XElement(Text + "name", page.Command.Name),
        page.Command.Parameters.Values
            .Where(parameter => Command.IsIn(parameter, set))
            .OrderBy(parameter => Command.Binding(parameter, set) is { Position: >= 0 } bound ? bound.Position : int.MaxValue)
            .ThenByDescending(parameter => Command.IsRequired(parameter, Command.Binding(parameter, set)))
            .Select(parameter => WriteParameter(page, parameter, set)));

    private static XElement WriteParameter(CommandPage page, ParameterMetadata parameter, string? set)
    {
        ParameterSetMetadata?[] bindings = set is null ? [.. parameter.ParameterSets.Values] : [Command.Binding(parameter, set)];
        ParameterSetMetadata? bound = bindings.FirstOrDefault(binding => binding is not null);
        Type type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        XElement element = new(
            Cmd + "parameter",
            new XAttribute("required", Word(bindings.All(binding => Command.IsRequired(parameter, binding)))),
            new XAttribute("variableLength", Word(type.IsArray)),
            new XAttribute("globbing", Word(Command.TakesWildcards(parameter))),
            new XAttribute("pipelineInput", Pipeline(bindings)),
            new XAttribute("position", bound
                is { Position: >= 0 } ? bound.Position.ToString(System.Globalization.CultureInfo.InvariantCulture) : "named"),
            new XAttribute("aliases", parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases)),
            new XElement(Text + "name", parameter.Name),
            new XElement(Text + "description", Paragraphs(page.MeaningOf(parameter.Name) ?? "")));
        if (type != typeof(SwitchParameter))
        {
            string shown = LanguagePrimitives.ConvertTypeNameToPSTypeName(type.FullName).Trim('[', ']').Split('.')[^1];
            element.Add(new XElement(Cmd + "parameterValue", new XAttribute("required", "true"),
                type.IsArray && !shown.EndsWith("[]", StringComparison.Ordinal) ? shown + "[]" : shown));
            if (type.IsEnum)
            {
                element.Add(new XElement(Cmd + "parameterValueGroup", Enum.GetNames(type)
                    .Select(value => new XElement(Cmd + "parameterValue", value))));
            }
        }

        element.Add(new XElement(Dev + "type", new XElement(Text + "name", type.Name), new XElement(Text + "uri")));
        element.Add(new XElement(Dev + "defaultValue", page.Command.DefaultOf(parameter.Name) ?? "None"));
        return element;
    }

    private static string Pipeline(ParameterSetMetadata?[] bindings)
    {
        bool byValue = bindings.Any(binding => binding?.ValueFromPipeline is true);
        bool byName = bindings.Any(binding => binding?.ValueFromPipelineByPropertyName is true);
        return (byValue, byName) switch
        {
            (true, true) => "True (ByValue, ByPropertyName)",
            (true, false) => "True (ByValue)",
            (false, true) => "True (ByPropertyName)",
            _ => "False",
        };
    }

    // Of what is in the remarks PowerShell trims the first line, which would shift the head of a table; code it leaves alone.
    private static XElement WriteExample(Example example, int index) => new(
        Cmd + "example",
        new XElement(Text + "title", $"---- Example {index + 1}: {example.Title} ----"),
        new XElement(Dev + "code", example.Session),
        new XElement(Dev + "remarks", Prose(example.Remarks)));

    private static XElement Typed(IReadOnlyList<Block> blocks)
    {
        string text = string.Join('\n', PlainText.Lines(blocks, PlainText.NoWrap)).Trim();
        return new XElement(Dev + "type", new XElement(Text + "name", text));
    }

    private static XElement Link(string text, string address) =>
        new(Text + "navigationLink", new XElement(Text + "linkText", text), new XElement(Text + "uri", address));

    private static IEnumerable<string> Links(Page page) =>
        page.SectionOf("Links").OfType<Bullets>().SelectMany(list => list.Items).SelectMany(Markdown.LinksIn).Select(link => link.Text);

    private static IEnumerable<XElement> Prose(IEnumerable<Block> blocks) =>
        blocks.Select(block => string.Join('\n', PlainText.Lines([block], PlainText.NoWrap)).Trim('\n')).SelectMany(Paragraphs);

    // Without at least one paragraph the engine's view shows nothing at all.
    private static IEnumerable<XElement> Paragraphs(string text) => [new XElement(Text + "para", text)];

    private static string Word(bool value) => value ? "true" : "false";
}
