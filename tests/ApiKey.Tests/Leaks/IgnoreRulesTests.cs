using ApiKey.Leaks;
using ApiKey.Tests.Interop;

namespace ApiKey.Tests.Leaks;

/// <summary>What .gitignore omits is what git itself omits: random trees and rules, asked of git where it is installed.</summary>
[Trait(Category.Name, Category.Foreign)]
public sealed class IgnoreRulesTests : IDisposable
{
    private const int Trees = 60;

    private static readonly (string, string)[] Plain = [("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_NOSYSTEM", "1")];
    private static readonly string[] Names = ["a", "b", "ab", "abc", "a b", "#a", "!a", ".x", "a.log", "b.log", "B", "[a]", "a\\b", "a "];

    // Parts of patterns, sound ones and odd ones.
    private static readonly string[] Parts =
    [
        "a", "b", "ab", "*", "a*", "*b", "?", "??", "**", "*.log", "a**b", "[ab]", "[!a]", "[^b]*", "[a-b]b", "[", "[]a]", "\\a", "\\#a",
        "\\!a", "\\*", ".x", ".*",
        "a b", "a\\ ", "a ", "B", "[[:upper:]]", "[[:alpha:]]*", "\\[a\\]", "a\\\\b", "[b-a]", "[a-", "a\\", "***",
        "[\\]a]", "[[:nope:]]", "[a\\-z]b",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("apikey-ignore-").FullName;

    [Fact]
    public async Task GitOmitsTheSame()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Names of this test cannot be there.");
        await Tool.Require("git", "--version");
        for (int seed = 0; seed < Trees; seed++)
        {
            Random random = new(seed);
            string root = Directory.CreateDirectory(Path.Combine(_folder, $"{seed}")).FullName;
            Assert.Equal(0, (await Tool.Run("git", ["init", "-q"], root, Plain)).ExitCode);
            Plant(random, root, depth: 0);
            if (random.Next(3) == 0)
            {
                await File.WriteAllTextAsync(Path.Combine(root, ".git", "info", "exclude"), Rules(random),
                    TestContext.Current.CancellationToken);
            }

            ToolRun run = await Tool.Run("git", ["ls-files", "--others", "--exclude-standard", "-z"], root, Plain);
            string[] expected = [.. run.Output.Split('\0', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];
            Assert.True(expected.SequenceEqual(Found(root, root)), Explain(root, expected));

            // From a folder within, the rules above count as well.
            foreach (string folder in Directory.EnumerateDirectories(root)
                .Where(folder => !folder.EndsWith(".git", StringComparison.Ordinal)))
            {
                string prefix = Path.GetRelativePath(root, folder) + "/";
                string[] within = [.. expected.Where(path => path.StartsWith(prefix, StringComparison.Ordinal))];
                bool isIgnored = within.Length == 0;
                Assert.True(isIgnored || within.SequenceEqual(Found(root, folder)), Explain(root, within));
            }
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static IEnumerable<string> Found(string root, string folder) => new FileWalk(isRecursive: true, includesIgnored: false)
        .Of(folder).Where(file => file.Skip == SkipReason.None).Select(file => Path.GetRelativePath(root, file.Path))
        .Order(StringComparer.Ordinal);

    private static string Explain(string root, string[] expected) =>
        string.Join('\n', Directory.EnumerateFiles(root, ".gitignore", SearchOption.AllDirectories)
            .Append(Path.Combine(root, ".git", "info", "exclude"))
            .Select(file => $"{Path.GetRelativePath(root, file)}:\n{(File.Exists(file) ? File.ReadAllText(file) : "")}"))
            + $"\nonly git: {string.Join(" | ", expected.Except(Found(root, root)))}"
            + $"\nonly here: {string.Join(" | ", Found(root, root).Except(expected))}";

    private static void Plant(Random random, string folder, int depth)
    {
        if (depth == 0 || random.Next(3) == 0)
        {
            File.WriteAllText(Path.Combine(folder, ".gitignore"), Rules(random));
        }

        foreach (string name in Names.Where(_ => random.Next(2) == 0))
        {
            string path = Path.Combine(folder, name);
            if (depth < 3 && random.Next(3) == 0)
            {
                Plant(random, Directory.CreateDirectory(path).FullName, depth + 1);
            }
            else
            {
                File.WriteAllText(path, "x");
            }
        }
    }

    // Never empty: a file without anything is not searched.
    private static string Rules(Random random) => (random.Next(8) == 0 ? "\uFEFF" : "")
        + string.Join(random.Next(6) == 0 ? "\r\n" : "\n", Enumerable.Range(0, random.Next(1, 6)).Select(_ => Rule(random)))
        + (random.Next(2) == 0 ? "\n" : "\n#");

    private static string Rule(Random random) => random.Next(12) switch
    {
        0 => "# " + Parts[random.Next(Parts.Length)],
        1 => "",
        2 => "/",
        _ => (random.Next(4) == 0 ? "!" : "") + (random.Next(4) == 0 ? "/" : "")
            + string.Join('/', Enumerable.Range(0, random.Next(1, 4)).Select(_ => Parts[random.Next(Parts.Length)]))
            + (random.Next(4) == 0 ? "/" : "") + (random.Next(6) == 0 ? "  " : ""),
    };
}
