using System.Text.RegularExpressions;

namespace ApiKey.Tests.Unit;

/// <summary>Phrases that read as translated, and that must not come back: in pages, examples and every text of the code. Phrases, not
/// words, because most words are right elsewhere.</summary>
[Trait(Category.Name, Category.Unit)]
public partial class PlainEnglishTests
{
    /// <summary>What must not be written, and what to write.</summary>
    public static TheoryData<string, string> Phrases => new()
    {
        { @"\b[Ss]ay `?-[A-Z]", "use or specify -X" },
        { @"\bunless said\b|\bif not said\b|\bwhen (not )?said\b", "(not) specified" },
        { @"\b(AWS|API|`?-[A-Z]\w+`?) takes (names|ids|keys|values|text|what|tags|\{|\d+ to)", "accepts, allows" },
        { @"\b(is|are|was|were|be|been) told\b", "is reported" },
        { @"(?<![Tt]here )\bis no (plan|number|key|name|region|date|id|value|tag)\b", "is not a ..." },
        { @"\b(is|are|was) mended\b|\bmends (it|each|the)\b", "is fixed" },
        { @"\bremove what is too much\b", "remove any duplicates" },
        { @"\bopens nothing\b", "grants no access" },
        { @"\bExchange the two\b", "Swap the two" },
        { @"\bcould not be found out\b", "could not be determined" },
        { @"\bfor a success\b", "as success" },
        { @"\bbeside\b", "next to" },
        { @"\bleft out\b|\bleaves (it |them )?out\b", "omitted, omits" },
        { @"\bhas it made\b", "creates it" },
        { @"\b(bad days?|strangers|the house|dice)\b", "fault injection, interop, architecture, jitter" },
        { @"(?<![\w.,-])1 (keys|plans|tags|calls|errors|rows|entries|regions|days)\b", "1 key" },
        { @"\ba (Int32|Int64|error|id|API)\b|\ban (key|plan|tag|region)\b", "a or an" },
    };

    [Theory]
    [MemberData(nameof(Phrases))]
    public void APhraseDoesNotComeBack(string phrase, string instead)
    {
        Regex pattern = new(phrase, RegexOptions.ExplicitCapture, Regex.InfiniteMatchTimeout);
        string[] found = [.. Lines().Where(line => pattern.IsMatch(line.Text)).Select(line => $"{line.File}: {line.Text.Trim()}")];
        Assert.True(found.Length == 0, $"Write: {instead}\n{string.Join('\n', found)}");
    }

    private static IEnumerable<(string File, string Text)> Lines()
    {
        string[] pages =
        [
            .. Directory.EnumerateFiles(Repository.PathOf("docs"), "*.md"), Repository.PathOf("README.md"),
            Repository.PathOf("CHANGELOG.md"), Repository.PathOf("SECURITY.md"), Repository.PathOf("src", "ApiKey.Package", "README.md"),
            .. Directory.EnumerateFiles(Repository.PathOf("examples"), "*", SearchOption.AllDirectories),
        ];
        IEnumerable<string> sources = Directory.EnumerateFiles(Repository.PathOf("src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Contains("obj"));
        return pages.SelectMany(file => File.ReadLines(file).Select(line => (Path.GetFileName(file), line)))
            .Concat(sources.SelectMany(file => File.ReadLines(file)
                .Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal))
                .SelectMany(line => Literal().Matches(line).Select(text => (Path.GetFileName(file), text.Value)))));
    }

    [GeneratedRegex("\"(\\\\.|[^\"\\\\])*\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex Literal();
}
