using System.Text.RegularExpressions;

namespace ApiKey.Tests.Unit;

/// <summary>Which namespaces of a project use which, as its sources say: by a using, which the build refuses when nothing needs it, by a
/// qualified name, or by the name of a type of an enclosing namespace, which needs neither.</summary>
internal sealed partial record NamespaceArrows(IReadOnlyCollection<string> Namespaces,
    IReadOnlyList<(string From, string To, string File)> All)
{
    public static NamespaceArrows Of(string project)
    {
        (string File, string Text, string Namespace)[] sources =
        [
            .. from file in FilesOf(project)
               let declared = NamespaceOf(file)
               where declared is not null
               select (file, Prose().Replace(File.ReadAllText(file), ""), declared),
        ];
        Dictionary<string, HashSet<string>> types = sources.GroupBy(source => source.Namespace).ToDictionary(
            group => group.Key,
            group => group.SelectMany(source => Type().Matches(source.Text)).Select(type => type.Groups["name"].Value).ToHashSet());
        return new NamespaceArrows(
            types.Keys,
            [.. from source in sources from used in UsedBy(source.Text, source.Namespace, types) where used != source.Namespace
                select (source.Namespace, used, Path.GetFileName(source.File))]);
    }

    public static IEnumerable<string> FilesOf(string project) =>
        Directory.EnumerateFiles(Repository.PathOf("src", project), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    /// <summary>The namespace that a file declares; null for a program without one.</summary>
    public static string? NamespaceOf(string file) =>
        Declaration().Match(File.ReadAllText(file)) is { Success: true } declared ? declared.Groups["name"].Value : null;

    private static IEnumerable<string> UsedBy(string text, string from, Dictionary<string, HashSet<string>> types)
    {
        IEnumerable<string> imported = Using().Matches(text).Select(used => used.Groups["name"].Value).Where(types.ContainsKey);
        IEnumerable<string> qualified =
            from name in Qualified().Matches(text)
            from known in types
            where known.Key.EndsWith($".{name.Groups["space"].Value}", StringComparison.Ordinal)
                && known.Value.Contains(name.Groups["type"].Value)
            select known.Key;
        IEnumerable<string> enclosing = types.Keys.Where(name => from.StartsWith($"{name}.", StringComparison.Ordinal)
            && Word().Matches(text).Any(word => types[name].Contains(word.Value)));
        return imported.Concat(qualified).Concat(enclosing).Distinct();
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

    [GeneratedRegex(@"(?<![\w.])[A-Z]\w+")]
    private static partial Regex Word();

    [GeneratedRegex(@"(?<![\w.])(?:ApiKey\.)?(?<space>\w+)\.(?<type>\w+)")]
    private static partial Regex Qualified();
}
