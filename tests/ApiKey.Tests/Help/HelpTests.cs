using System.Text.RegularExpressions;
using ApiKey.Help;
using ApiKey.Tests.Engine;

namespace ApiKey.Tests.Help;

/// <summary>Help and code say the same, and Get-Help shows it.</summary>
public partial class HelpTests
{
    private static readonly string Docs = Repository.PathOf("docs");

    public static TheoryData<string> Commands => [.. Read().Select(command => command.Name)];

    public static TheoryData<string> Pages =>
        [.. Directory.EnumerateFiles(Docs, "*.md").Append(Repository.PathOf("README.md"))
            .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))];

    public static TheoryData<string> Topics
        => [.. Directory.EnumerateFiles(Docs, "about_*.md").Select(file => Path.GetFileNameWithoutExtension(file))];

    [Theory]
    [MemberData(nameof(Commands))]
    public void AnyGapBetweenCodeAndPageIsNamed(string command)
    {
        string path = Path.Combine(Docs, command + ".md");
        Assert.True(File.Exists(path), $"{command} has no page docs/{command}.md.");
        Assert.Empty(new CommandPage(Read().Single(candidate => candidate.Name == command), Page.Read(path),
            Page.Read(Path.Combine(Docs, CommandPage.SharedParameters))).Problems);
    }

    [Fact]
    public void EveryPageIsOfACommandOrATopic()
    {
        string[] commands = [.. Read().Select(command => command.Name)];
        Assert.All(
            Directory.EnumerateFiles(Docs, "*.md").Select(file => Path.GetFileNameWithoutExtension(file))
                .Where(name => name + ".md" != CommandPage.SharedParameters && name != "performance"),
            name => Assert.True(name.StartsWith("about_", StringComparison.Ordinal) || commands.Contains(name),
                $"docs/{name}.md is about no command."));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void NoLinkIsDead(string page)
    {
        string path = Repository.PathOf(page.Split('/'));
        string[] dead =
        [
            .. Markdown.LinksIn(File.ReadAllText(path))
                .Select(link => link.Target)
                .Where(target => !target.StartsWith("https://", StringComparison.Ordinal) && !LeadsSomewhere(path, target)),
        ];
        Assert.Empty(dead);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void GetHelpShowsEverythingOfThePage(string command)
    {
        using ModuleSession session = new();
        Page page = Page.Read(Path.Combine(Docs, command + ".md"));
        string help = Words(session.Screen($"Get-Help {command} -Full"));
        Assert.Contains(Words(page.Synopsis), help);
        Assert.All(page.Parameters.Values, meaning => Assert.Contains(Words(meaning), help));
        Assert.All(page.Examples, example => Assert.Contains(Words(example.Title) + Words("----") + Words(example.Code), help));
        Assert.All(
            new[] { "Description", "Inputs", "Outputs", "Notes" }.SelectMany(page.SectionOf).OfType<Paragraph>(),
            paragraph => Assert.Contains(Words(Markdown.ToPlain(paragraph.Text)), help));
        Assert.All(page.SectionOf("Links").OfType<Bullets>().SelectMany(list => list.Items),
            item => Assert.Contains(Words(Markdown.ToPlain(item)), help));
    }

    [Fact]
    public void GetHelpTellsTypePositionAndPipelineAsTheyAre()
    {
        using ModuleSession session = new();
        string id = Words(session.Screen("Get-Help Set-ApiGatewayApiKey -Parameter Id"));
        Assert.Contains(Words("-Id <ApiKeyIdentity[]> Required. Ids or key objects. Required? true Position? 0 Default value None Accept "
            + "pipeline input? True (ByValue, ByPropertyName) Aliases none Accept wildcard characters? false"), id);
        string name = Words(session.Screen("Get-Help Get-ApiGatewayApiKey -Parameter Name"));
        Assert.Contains(Words("Position? 0"), name);
        Assert.Contains(Words("Accept wildcard characters? true"), name);
        Assert.Contains(Words("Default value 1"), Words(session.Screen("Get-Help New-ApiGatewayApiKey -Parameter ThrottleLimit")));
    }

    [Fact]
    public void EveryRequiredParameterIsCalledSo() => Assert.All(Read(), command =>
    {
        Page page = Page.Read(Path.Combine(Docs, command.Name + ".md"));
        string[] required = [.. command.Parameters.Values
            .Where(parameter => parameter.ParameterSets.Values.Any(set => Command.IsRequired(parameter, set)))
            .Select(parameter => parameter.Name).Order(StringComparer.Ordinal)];
        Assert.Equal(required, page.Parameters.Where(row => row.Value.StartsWith("Required", StringComparison.Ordinal))
            .Select(row => row.Key).Order(StringComparer.Ordinal));
    });

    [Theory]
    [MemberData(nameof(Topics))]
    public void AnAboutTopicIsShown(string topic)
    {
        using ModuleSession session = new(width: 80);
        string shown = session.Screen($"Get-Help {topic}");
        Assert.Contains(Words(Page.Read(Path.Combine(Docs, topic + ".md")).Synopsis), Words(shown));
        Assert.StartsWith("TOPIC", shown.TrimStart());
        string[] lines = File.ReadAllLines(Path.Combine(Repository.Module, "en-US", topic + ".help.txt"));
        Assert.All(lines.Where(line => !line.Contains("apigateway", StringComparison.OrdinalIgnoreCase)),
            line => Assert.True(line.Length <= 80, line));
    }

    private static IReadOnlyList<Command> Read() => Command.ReadAll(Path.Combine(Repository.Module, "bin", "ApiKey.dll"));

    private static bool LeadsSomewhere(string page, string target)
    {
        string[] parts = target.Split('#');
        string file = parts[0].Length == 0 ? page : Path.Combine(Path.GetDirectoryName(page)!, parts[0]);
        return (File.Exists(file) || Directory.Exists(file))
            && (parts.Length == 1 || Page.Read(file).Blocks.OfType<Heading>()
                .Any(heading => Anchor().Replace(heading.Text.ToLowerInvariant(), "").Replace(' ', '-') == parts[1]));
    }

    // Lines are broken where the view breaks them, so only the letters are compared.
    private static string Words(string text) => string.Concat(text.Where(letter => !char.IsWhiteSpace(letter)));

    [GeneratedRegex("[^a-z0-9 _-]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex Anchor();
}
