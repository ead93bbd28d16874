using System.Management.Automation.Language;
using ApiKey.Help;
using ApiKey.Tests.Engine;

namespace ApiKey.Tests.Help;

/// <summary>What Get-Help shows beyond the words of a page: addresses, examples as they look, and the help of scripts.</summary>
public class HelpViewTests
{
    public static TheoryData<string> Commands =>
        [.. Directory.EnumerateFiles(Repository.PathOf("docs"), "*-*.md").Select(file => Path.GetFileNameWithoutExtension(file))
            .Where(name => name != "connection-parameters")];

    public static TheoryData<string> Scripts =>
    [
        .. new[] { ".", "examples", "tests/Pester" }
            .SelectMany(folder => Directory.EnumerateFiles(Repository.PathOf(folder.Split('/')), "*.ps1"))
            .Where(file => Path.GetDirectoryName(file) != Repository.PathOf("tests", "Pester")
                || File.ReadAllText(file).Contains(".SYNOPSIS", StringComparison.Ordinal))
            .Select(file => Path.GetRelativePath(Repository.Root, file)),
    ];

    [Theory]
    [MemberData(nameof(Commands))]
    public void OnlineHelpHasAnAddress(string command)
    {
        using ModuleSession session = new();
        string page = $"/blob/main/docs/{command}.md";
        Assert.EndsWith(page, session.Screen($"@((Get-Help {command}).relatedLinks.navigationLink.uri -like 'https://*')[0]").Trim());
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void AnExampleLooksAsOnThePage(string command)
    {
        using ModuleSession session = new(width: 250);
        string[] shown = session.Screen($"Get-Help {command} -Examples").ReplaceLineEndings("\n").Split('\n');
        Assert.All(Page.Read(Repository.PathOf("docs", command + ".md")).Examples, example => Assert.Contains(
            string.Join('\n', example.Session.Split('\n').Select(line => ("    " + line).TrimEnd())),
            string.Join('\n', shown.Select(line => line.TrimEnd()))));
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public void AScriptsHelpIsItsHelp(string script)
    {
        ScriptBlockAst parsed = Parser.ParseFile(Repository.PathOf(script), out _, out _);
        Assert.False(string.IsNullOrWhiteSpace(parsed.GetHelpContent()?.Synopsis), "PowerShell finds no help, or a comment touches it.");
    }
}
