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
        { @"\b(say|says|saying) `?-[A-Z]", "use or specify -X" },
        { @"\bsaid\b", "(not) specified, reported, written" },
        { @"\b(AWS|API|Core|CloudFormation|command that|`?-[A-Z]\w+`?|`[A-Z]\w+-[^`]+`) (takes|took|did not take|does not "
            + @"take) (names|ids|keys|values|text|tags|what|it\b|any|several|more than|\{|\d+ to|an? (?!minute|moment|while|listing|long))",
            "accepts, allows" },
        { @"\b(taken|taking it) as (it is|they are)\b|\bsent and taken\b", "used as it is, accepted" },
        { @"\b(is|are|was|were|be|been|being) told\b(?! (from|apart))", "is reported" },
        { @"(?<!there )\b(is|are|was|were|be) no (?!longer\b|more\b|other\b)\w", "is not a ..." },
        { @"\bmend(s|ed|ing)?\b", "fix" },
        { @"\bremove what is too much\b", "remove any duplicates" },
        { @"\bopen(s|ed)? nothing\b", "grants no access" },
        { @"\bexchang(e|es|ed|ing) the two\b", "Swap the two" },
        { @"\bcould not be found out\b", "could not be determined" },
        { @"\bfor a success\b", "as success" },
        { @"\bbesides?\b", "next to, in addition" },
        { @"\bleft out\b|\b(leaves|leaving) (it |them )?out\b", "omitted, omits" },
        { @"\bha(s|ve|d) (it|them) made\b", "creates it" },
        { @"\b(bad days?|strangers?|the house|rooms|doors?|dice|patience)\b",
            "fault injection, interop, architecture, folders, entry points, jitter, timeout" },
        { @"(?<![\w.,-])1 (keys|plans|tags|calls|errors|rows|entries|regions|days|seconds|items|changes|files|values|names|stages)\b",
            "1 key" },
        { @"\ba (Int32|Int64|error|id|API|AWS|IAM|ARN|object|item|empty|answer|export|import|old|own|account|unknown|other)\b"
            + @"|\ban (key|plan|tag|region|value|name|call|file|profile|new|user|usage|URL|UUID|one)\b", "a or an" },
    };

    [Theory]
    [MemberData(nameof(Phrases))]
    public void APhraseDoesNotComeBack(string phrase, string instead)
    {
        Regex pattern = new(phrase, RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, Regex.InfiniteMatchTimeout);
        string[] found = [.. Lines().Where(line => pattern.IsMatch(line.Text)).Select(line => $"{line.File}: {line.Text.Trim()}")];
        Assert.True(found.Length == 0, $"Write: {instead}\n{string.Join('\n', found)}");
    }

    private static IEnumerable<(string File, string Text)> Lines()
    {
        string[] pages =
        [
            .. Directory.EnumerateFiles(Repository.PathOf("docs"), "*.md"), Repository.PathOf("README.md"),
            Repository.PathOf("CHANGELOG.md"), Repository.PathOf("SECURITY.md"), Repository.PathOf("CONTRIBUTING.md"),
            Repository.PathOf("ARCHITECTURE.md"), Repository.PathOf("src", "ApiKey.Package", "README.md"), Repository.PathOf("build.ps1"),
            Repository.PathOf("docs", "desired-state.schema.json"), Repository.PathOf("src", "ApiKey", "ApiKey.types.ps1xml"),
            Repository.PathOf("src", "ApiKey", "ApiKey.format.ps1xml"), Repository.PathOf("ApiKey.psd1"),
            .. Directory.EnumerateFiles(Repository.PathOf("tests", "Live"), "*.psd1"),
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
