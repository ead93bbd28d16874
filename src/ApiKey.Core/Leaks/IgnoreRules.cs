namespace ApiKey.Leaks;

/// <summary>The rules of the .gitignore files that hold in a folder, as git reads them: the last rule that matches decides, and that of a
/// deeper file before that of one above.</summary>
internal sealed class IgnoreRules
{
    private const string FileName = ".gitignore";
    private const string Repository = ".git";

    private readonly IgnoreRules? _above;
    private readonly string _folder;
    private readonly List<Rule> _rules;

    private IgnoreRules(IgnoreRules? above, string folder, List<Rule> rules) => (_above, _folder, _rules) = (above, folder, rules);

    // As git sees it where file systems take both cases for one.
    private static StringComparison Comparison => OperatingSystem.IsWindows() || OperatingSystem.IsMacOS()
        ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    /// <summary>The rules that hold in a folder because of those above it, up to the root of the repository.</summary>
    /// <exception cref="IOException">A file of rules cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public static IgnoreRules? Above(string folder)
    {
        if (RepositoryOf(folder) is not { } root)
        {
            return null;
        }

        IgnoreRules? rules = Read(null, root, Path.Combine(root, Repository, "info", "exclude"));
        string relative = Path.GetRelativePath(root, folder);
        string at = root;
        foreach (string name in relative == "." ? [] : relative.Split(Path.DirectorySeparatorChar))
        {
            rules = Within(rules, at);
            at = Path.Combine(at, name);
        }

        return rules;
    }

    /// <summary>The root of the repository that a folder is in; null for none.</summary>
    public static string? RepositoryOf(string folder)
    {
        for (DirectoryInfo? at = new(folder); at is not null; at = at.Parent)
        {
            if (Path.Exists(Path.Combine(at.FullName, Repository)))
            {
                return at.FullName;
            }
        }

        return null;
    }

    /// <summary>The rules that hold in a folder: those above it, and its own.</summary>
    /// <exception cref="IOException">The folder's file of rules cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public static IgnoreRules? Within(IgnoreRules? above, string folder) => Read(above, folder, Path.Combine(folder, FileName));

    /// <summary>Whether something is not to be searched.</summary>
    /// <param name="rules">The rules of the folder that it is in.</param>
    /// <param name="path">Its whole path.</param>
    /// <param name="isFolder">Whether it is a folder.</param>
    public static bool Ignores(IgnoreRules? rules, string path, bool isFolder)
    {
        for (; rules is not null; rules = rules._above)
        {
            string[] relative = Path.GetRelativePath(rules._folder, path).Split(Path.DirectorySeparatorChar);
            if (rules._rules.FindLast(rule => (isFolder || !rule.IsOfFolders) && rule.Pattern.IsMatch(relative)) is { } rule)
            {
                return !rule.IsNegated;
            }
        }

        return false;
    }

    /// <summary>Whether a name is that of git's own folder.</summary>
    public static bool IsRepository(string name) => string.Equals(name, Repository, Comparison);

    private static IgnoreRules? Read(IgnoreRules? above, string folder, string file)
    {
        if (!File.Exists(file))
        {
            return above;
        }

        List<Rule> rules = [.. File.ReadLines(file).Select(ToRule).OfType<Rule>()];
        return rules.Count == 0 ? above : new IgnoreRules(above, folder, rules);
    }

    private static Rule? ToRule(string line)
    {
        string pattern = WithoutTrailingBlanks(line);
        if (pattern.Length == 0 || pattern[0] == '#')
        {
            return null;
        }

        bool isNegated = pattern[0] == '!';
        pattern = isNegated ? pattern[1..] : pattern;
        bool isOfFolders = pattern.EndsWith('/');
        pattern = isOfFolders ? pattern[..^1] : pattern;
        return pattern.Length == 0 ? null : new Rule(new Glob(pattern, Comparison), isNegated, isOfFolders);
    }

    // A blank that is escaped belongs to the name.
    private static string WithoutTrailingBlanks(string line)
    {
        int end = line.Length;
        while (end > 0 && line[end - 1] == ' ' && !(end > 1 && line[end - 2] == '\\'))
        {
            end--;
        }

        return line[..end];
    }

    private sealed record Rule(Glob Pattern, bool IsNegated, bool IsOfFolders);
}
