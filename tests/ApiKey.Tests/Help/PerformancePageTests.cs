using System.Text.RegularExpressions;

namespace ApiKey.Tests.Help;

/// <summary>docs/performance.md, which the benchmarks write: it says on what machine and with which versions, it names nothing of that
/// machine, and README quotes no other figure.</summary>
[Trait(Category.Name, Category.Unit)]
public partial class PerformancePageTests
{
    private static readonly string Text = File.ReadAllText(Repository.PathOf("docs", "performance.md")).ReplaceLineEndings("\n");
    private static readonly string Readme = File.ReadAllText(Repository.PathOf("README.md"));

    [Theory]
    [InlineData("system")]
    [InlineData("processors")]
    [InlineData("memory")]
    [InlineData("ApiKey")]
    [InlineData(".NET")]
    [InlineData("PowerShell")]
    [InlineData("AWS CLI")]
    [InlineData("Python")]
    [InlineData("boto3")]
    [InlineData("Terraform")]
    [InlineData("its AWS provider")]
    [InlineData("moto")]
    [InlineData("ripgrep")]
    [InlineData("grep")]
    public void ItSaysOnWhatItWasMeasured(string name)
        => Assert.Matches($@"(?m)^\| {Regex.Escape(name)} \| (.*\d.*|not on this machine) \|$", Text);

    [Fact]
    public void ItHasEveryBenchmark()
    {
        // The titles stand in the benchmarks' own list.
        string[] titles = [.. Title().Matches(File.ReadAllText(Repository.PathOf("tests", "ApiKey.Benchmarks", "Benchmark.cs")))
            .Select(title => title.Groups["title"].Value)];
        Assert.True(titles.Length > 10);
        Assert.Equal(titles, Heading().Matches(Text).Select(heading => heading.Groups["title"].Value));
        Assert.All(Text.Split("\n## ").Skip(1), part => Assert.Matches("(?s)\n```\n.+\n```\n*$", part));
    }

    [Fact]
    public void ItNamesNothingOfTheMachine()
    {
        Assert.DoesNotMatch(@"(?m)(^|[\s'""(])(/[a-z]+/|[A-Z]:\\|~/)", Text);
        Assert.DoesNotMatch(@"\d+\.\d+\.\d+\.\d+:\d+|https?://", Text);
    }

    [Fact]
    public void ReadmeQuotesOnlyItsFigures() => Assert.All(
        Figure().Matches(Address().Replace(Readme, "")).Select(figure => figure.Value),
        figure => Assert.True(Text.Contains(figure, StringComparison.Ordinal),
            $"README says '{figure}', which is not in docs/performance.md: run build.ps1 -Task Benchmark, or take it out."));

    [Theory]
    [InlineData("creates take 0.37 of boto3's time", "0.37 of boto3's time")]
    [InlineData("12.5 times as long", "12.5 times as long")]
    [InlineData("lists 6,000 keys a second", "6,000 keys a second")]
    [InlineData("in 250 ms", "250 ms")]
    [InlineData("17 MB", "17 MB")]
    [InlineData("half of it at 98 %", "98 %")]
    public void AFigureIsRecognized(string text, string figure) => Assert.Equal(figure, Figure().Match(text).Value);

    [GeneratedRegex("""new\("[a-z-]+", "(?<title>[^"]+)",""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex Title();

    [GeneratedRegex("(?m)^## (?<title>.+)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex Heading();

    // A badge has its text in its address.
    [GeneratedRegex(@"https?://\S+", RegexOptions.None, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex Address();

    // What was measured: a number with the unit that the benchmarks print.
    [GeneratedRegex(@"\d[\d.,]*(%| (%|ms\b|MB\b|times( as long)?\b|of boto3's time\b|([a-z]+ )?a second\b|(keys|rows)/s))",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex Figure();
}
