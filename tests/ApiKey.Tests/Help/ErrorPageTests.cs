using System.Text.RegularExpressions;
using ApiKey.Help;
using ApiKey.Service;

namespace ApiKey.Tests.Help;

/// <summary>The page of error ids names each id that the code can give, and no other.</summary>
public partial class ErrorPageTests
{
    private static readonly string[] Folders = ["src/ApiKey", "src/ApiKey.Core"];

    [Fact]
    public void ThePageNamesEveryErrorIdAndNoOther()
    {
        string[] listed = [.. Page.Read(Repository.PathOf("docs", "about_ApiKey_Errors.md")).Blocks.OfType<Table>()
            .SelectMany(table => table.Rows.Skip(1)).Select(row => row[0].Trim('`'))];
        Assert.Equal(listed.Length, listed.Distinct(StringComparer.Ordinal).Count());
        string[] given = [.. IdsInCode()];
        Assert.True(given.Length > 50, "The search for error ids in the code finds hardly any; has the way to give one changed?");
        Assert.Empty(given.Except(listed, StringComparer.Ordinal));
        Assert.Empty(listed.Except(given, StringComparer.Ordinal).Except(IdsOfKinds(), StringComparer.Ordinal));
    }

    // An id is the first argument of a problem, or stands before a category or a text in a table or a tuple.
    [GeneratedRegex(
        """(?:(?:Problem|Refuse)\w*\(\s*"(?<id>[A-Z]\w+)"|ErrorId = "(?<id>\w+)"|"(?<id>[A-Z]\w+)",\s*ErrorCategory|"""
        + """\(\s*"(?<id>[A-Z][a-z]+[A-Z]\w+)",\s*\$?"([^"]+ [^"]+ [^"]+ |-\{))""",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex IdInCode();

    private static IEnumerable<string> IdsInCode() => Folders
        .SelectMany(folder => Directory.EnumerateFiles(Repository.PathOf(folder.Split('/')), "*.cs", SearchOption.AllDirectories))
        .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
        .SelectMany(file => IdInCode().Matches(File.ReadAllText(file)))
        .Select(match => match.Groups["id"].Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    // Ids that are made of a resource and what happened to it.
    private static IEnumerable<string> IdsOfKinds() => Enum.GetNames<ApiGatewayResource>()
        .SelectMany(resource => new[] { $"{resource}NotFound", $"{resource}Conflict", $"Ambiguous{resource}" });
}
