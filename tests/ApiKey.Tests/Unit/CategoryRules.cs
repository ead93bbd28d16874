using System.Text.RegularExpressions;

namespace ApiKey.Tests.Unit;

/// <summary>A category says what its tests need, so that each filter of CONTRIBUTING keeps its promise.</summary>
[Trait(Category.Name, Category.Unit)]
public partial class CategoryRules
{
    [Fact]
    public void ATestThatStartsAnotherProgramIsForeign() => Assert.Empty(
        TestFiles().Where(file => Program().IsMatch(file.Text) && !file.Text.Contains("Category.Foreign", StringComparison.Ordinal))
            .Select(file => $"{file.Path} starts another program: add [Trait(Category.Name, Category.Foreign)]"));

    [Fact]
    public void AUnitTestUsesNeitherTheEngineNorAnotherProgram() => Assert.Empty(
        TestFiles().Where(file => file.Text.Contains("Category.Unit", StringComparison.Ordinal)
            && (Engine().IsMatch(file.Text) || Program().IsMatch(file.Text)))
            .Select(file => $"{file.Path} is not a unit test: remove its category"));

    [Fact]
    public void TheFiltersAreDocumented()
    {
        string text = File.ReadAllText(Repository.PathOf("CONTRIBUTING.md"));
        Assert.Contains($"--filter \"{Category.Name}={Category.Unit}\"", text);
        Assert.Contains($"--filter \"{Category.Name}!={Category.Foreign}\"", text);
    }

    private static IEnumerable<(string Path, string Text)> TestFiles() =>
        Directory.EnumerateDirectories(Repository.PathOf("tests", "ApiKey.Tests"))
            .Where(folder => Path.GetFileName(folder) is not ("bin" or "obj"))
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
            .Where(file => Path.GetFileName(file) != nameof(CategoryRules) + ".cs")
            .Select(file => (file, File.ReadAllText(file)))
            .Where(file => file.Item2.Contains("[Fact", StringComparison.Ordinal)
                || file.Item2.Contains("[Theory", StringComparison.Ordinal));

    [GeneratedRegex(@"\b(ConsoleRun|PowerShellHost|MotoServer|TerraformFolder)\b|\bTool\.(Run|Start|Require)\b|\bProcess\.Start\b",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex Program();

    [GeneratedRegex(@"\b(ModuleSession|HostileSession|ExampleSession|RunspaceFactory|PowerShell\.Create)\b",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex Engine();
}
