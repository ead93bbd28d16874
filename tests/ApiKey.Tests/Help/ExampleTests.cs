using System.Text.RegularExpressions;
using ApiKey.Help;

namespace ApiKey.Tests.Help;

/// <summary>Every example of the pages and of README runs as it stands, and prints what the page says.</summary>
public partial class ExampleTests
{
    private const string NotRun = "not-run";

    // What cannot run in a test, by the first line; as short as can be.
    private static readonly string[] ExpectedNotRun = ["README.md: dotnet build"];

    public static TheoryData<string, int> Blocks
    {
        get
        {
            TheoryData<string, int> data = [];
            foreach (string file in Files())
            {
                IReadOnlyList<Block> blocks = Page.Read(file).Blocks;
                for (int index = 0; index < blocks.Count; index++)
                {
                    if (IsPowerShell(blocks[index], out bool runs) && runs)
                    {
                        data.Add(Path.GetFileName(file), index);
                    }
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Blocks))]
    public void AnExampleRunsAndPrintsWhatThePageSays(string page, int index)
    {
        IReadOnlyList<Block> blocks = Page.Read(Files().Single(file => Path.GetFileName(file) == page)).Blocks;
        string code = ((Fence)blocks[index]).Text;
        using ExampleSession session = new(page);
        if (index + 1 < blocks.Count && blocks[index + 1] is Fence { Info: "text" } output)
        {
            Assert.Equal(Mask(output.Text), Mask(session.Screen(code)));
        }
        else
        {
            session.Good(code);
        }
    }

    [Fact]
    public void HardlyAnythingIsLeftOut() =>
        Assert.Equal(
            ExpectedNotRun,
            Files().SelectMany(file => Page.Read(file).Blocks
                .Where(block => IsPowerShell(block, out bool runs) && !runs)
                .Select(block => $"{Path.GetFileName(file)}: {((Fence)block).Text.Split('\n')[0]}")));

    private static IEnumerable<string> Files() =>
        Directory.EnumerateFiles(Repository.PathOf("docs"), "*.md").Append(Repository.PathOf("README.md")).Order(StringComparer.Ordinal);

    private static bool IsPowerShell(Block block, out bool runs)
    {
        string[] info = block is Fence fence ? fence.Info.Split(' ') : [];
        runs = !info.Contains(NotRun);
        return info is ["powershell", ..];
    }

    // Ids, dates and ports differ from run to run. Words of an id's length go too, on both sides.
    private static string Mask(string text) =>
        Port().Replace(Date().Replace(Id().Replace(text.TrimEnd(), "IDENTIFIER"), "DATE"), "127.0.0.1:PORT");

    [GeneratedRegex(@"\b([a-z0-9]{10}|[a-z0-9]{6})\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex Id();

    [GeneratedRegex(@"\d{4}-\d\d-\d\d( \d\d:\d\d(:\d\d)?Z)?", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex Date();

    [GeneratedRegex(@"127\.0\.0\.1:(\d+|PORT)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex Port();
}
