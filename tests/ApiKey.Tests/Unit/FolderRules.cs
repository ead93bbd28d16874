using System.Text.RegularExpressions;

namespace ApiKey.Tests.Unit;

/// <summary>The folders of the module: what is in one has its namespace, and they point one way.</summary>
public partial class FolderRules
{
    // Who may know whom. A folder that is not here, or an arrow that is not, fails the test.
    private static readonly Dictionary<string, string[]> AllowedArrows = new(StringComparer.Ordinal)
    {
        ["Views"] = [],
        ["Session"] = [],
        ["Binding"] = ["Session"],
        ["Completion"] = ["Session"],
        ["Cmdlets"] = ["Binding", "Completion", "Session"],
        ["Commands"] = ["Binding", "Cmdlets", "Completion", "Session"],
    };

    private static readonly string Module = Repository.PathOf("src", "ApiKey");

    public static TheoryData<string> Files =>
        [.. AllowedFolders().SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Module, folder), "*.cs", SearchOption.AllDirectories)).Select(file => Path.GetRelativePath(Module, file))];

    [Fact]
    public void EveryFolderIsInTheTable() => Assert.Equal(AllowedArrows.Keys.Order(), AllowedFolders().Order());

    // The namespace of a cmdlet is part of every error id, so it stays the same whichever feature the command is sorted into.
    [Theory]
    [MemberData(nameof(Files))]
    public void ANamespaceIsThatOfItsFolderAndKnowsNoOtherThanItMay(string file)
    {
        string text = File.ReadAllText(Path.Combine(Module, file));
        string folder = file.Split(Path.DirectorySeparatorChar)[0];
        Assert.Contains($"namespace ApiKey.{folder};", text);
        IEnumerable<string> others = Mention().Matches(text).Select(match => match.Groups["folder"].Value).Where(name => name != folder && AllowedArrows.ContainsKey(name));
        Assert.All(others, other => Assert.Contains(other, AllowedArrows[folder]));
    }

    [Fact]
    public void NoFolderKnowsItselfThroughOthers() => Assert.All(AllowedArrows.Keys, folder => Assert.DoesNotContain(folder, AllowedArrows[folder].SelectMany(Reach)));

    private static IEnumerable<string> Reach(string folder) => AllowedArrows[folder].SelectMany(Reach).Prepend(folder);

    private static IEnumerable<string> AllowedFolders() =>
        Directory.EnumerateDirectories(Module).Select(folder => Path.GetFileName(folder)).Where(folder => folder is not ("bin" or "obj"));

    [GeneratedRegex(@"(using ApiKey\.|cref=""(ApiKey\.)?)(?<folder>\w+)\b")]
    private static partial Regex Mention();
}
