using System.Text.RegularExpressions;

namespace ApiKey.Tests.Unit;

/// <summary>Which namespaces of a project use which, as its sources say: by a using, which the build refuses when nothing needs it, or by a
/// qualified name.</summary>
internal sealed partial record NamespaceArrows(IReadOnlyCollection<string> Namespaces,
    IReadOnlyList<(string From, string To, string File)> All)
{
    public static NamespaceArrows Of(string project)
    {
        (string File, string Text, string Namespace)[] sources =
        [
            .. from file in Directory.EnumerateFiles(Repository.PathOf("src", project), "*.cs", SearchOption.AllDirectories)
               where !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
               let text = Prose().Replace(File.ReadAllText(file), "")
               let declared = Declaration().Match(text)
               where declared.Success
               select (file, text, declared.Groups["name"].Value),
        ];
        Dictionary<string, HashSet<string>> types = sources.GroupBy(source => source.Namespace).ToDictionary(
            group => group.Key,
            group => group.SelectMany(source => Type().Matches(source.Text)).Select(type => type.Groups["name"].Value).ToHashSet());
        return new NamespaceArrows(
            types.Keys,
            [.. from source in sources from used in UsedBy(source.Text, types) where used != source.Namespace
                select (source.Namespace, used, Path.GetFileName(source.File))]);
    }

    private static IEnumerable<string> UsedBy(string text, Dictionary<string, HashSet<string>> types)
    {
        IEnumerable<string> imported = Using().Matches(text).Select(used => used.Groups["name"].Value).Where(types.ContainsKey);
        IEnumerable<string> qualified =
            from name in Qualified().Matches(text)
            from known in types
            where known.Key.EndsWith($".{name.Groups["space"].Value}", StringComparison.Ordinal)
                && known.Value.Contains(name.Groups["type"].Value)
            select known.Key;
        return imported.Concat(qualified).Distinct();
    }

    // Comments and texts; documentation links count when they need a using.
    [GeneratedRegex("//[^\n]*|\"(?:[^\"\\\\\n]|\\\\.)*\"")]
    private static partial Regex Prose();

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"^using (?:static |\w+ = )?(?<name>[\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Using();

    [GeneratedRegex(@"^(?:public|internal) (?:\w+ )*?(?:record struct|record|class|enum|struct|interface|delegate [\w<>?]+) (?<name>\w+)",
        RegexOptions.Multiline)]
    private static partial Regex Type();

    [GeneratedRegex(@"(?<![\w.])(?:ApiKey\.)?(?<space>\w+)\.(?<type>\w+)")]
    private static partial Regex Qualified();
}
