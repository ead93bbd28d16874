namespace ApiKey.Tags;

/// <summary>
/// What a connection says about tags: Terraform's <c>default_tags</c> and <c>ignore_tags</c>. It decides which tags are sent
/// and which are shown.
/// </summary>
internal sealed record TagPolicy
{
    /// <summary>The environment variables <c>TF_AWS_DEFAULT_TAGS_&lt;key&gt;</c> each give one default tag.</summary>
    internal const string DefaultTagVariablePrefix = "TF_AWS_DEFAULT_TAGS_";

    /// <summary>The environment variable with ignored keys, separated by commas.</summary>
    internal const string IgnoredKeysVariable = "TF_AWS_IGNORE_TAGS_KEYS";

    /// <summary>The environment variable with ignored key prefixes, separated by commas.</summary>
    internal const string IgnoredPrefixesVariable = "TF_AWS_IGNORE_TAGS_KEY_PREFIXES";

    /// <summary>Neither defaults nor ignored tags.</summary>
    public static TagPolicy None { get; } = new();

    /// <summary>Tags put on every key, unless its own tags say otherwise.</summary>
    public TagSet Defaults { get; init; } = TagSet.Empty;

    /// <summary>Keys of tags that others manage: not shown, not removed.</summary>
    public IReadOnlyCollection<string> IgnoredKeys { get; init; } = [];

    /// <summary>Key prefixes of tags that others manage: not shown, not removed.</summary>
    public IReadOnlyCollection<string> IgnoredPrefixes { get; init; } = [];

    /// <summary>
    /// Joins what was specified to Connect-ApiGateway with the environment, as Terraform's provider does: a default tag that was
    /// specified beats the variable of the same key; ignored keys and prefixes are united.
    /// </summary>
    internal static TagPolicy Resolve(
        TagSet? defaults,
        IEnumerable<string>? ignoredKeys,
        IEnumerable<string>? ignoredPrefixes,
        IReadOnlyDictionary<string, string> environment) =>
        new()
        {
            Defaults = DefaultsFrom(environment).Merge(defaults ?? TagSet.Empty),
            IgnoredKeys = Unite(ignoredKeys, environment, IgnoredKeysVariable),
            IgnoredPrefixes = Unite(ignoredPrefixes, environment, IgnoredPrefixesVariable),
        };

    /// <summary>Whether nothing is specified at all.</summary>
    public bool IsEmpty => Defaults.Count == 0 && IgnoredKeys.Count == 0 && IgnoredPrefixes.Count == 0;

    /// <summary>Whether a tag is one that others manage (ignored, or AWS's own).</summary>
    internal bool IsForeign(string key) =>
        key.StartsWith(TagSet.SystemPrefix, StringComparison.Ordinal)
        || IgnoredKeys.Contains(key, StringComparer.Ordinal)
        || IgnoredPrefixes.Any(prefix => key.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>The tags less those that are ignored by key or prefix.</summary>
    internal TagSet WithoutIgnored(TagSet tags) => tags.Without(IgnoredKeys).WithoutPrefixes(IgnoredPrefixes);

    /// <summary>Own tags laid over the default ones: what a new key gets.</summary>
    internal TagSet Merge(TagSet own) => Defaults.Merge(own);

    /// <summary>Terraform's <c>tags_all</c> of the tags on a key: all but AWS's own and the ignored.</summary>
    internal TagSet Managed(TagSet onKey) => WithoutIgnored(onKey.WithoutSystem());

    /// <summary>Terraform's <c>tags</c> of the tags on a key: the managed ones less those equal to a default tag.</summary>
    internal TagSet Own(TagSet onKey) => Managed(onKey).Except(Defaults);

    private static TagSet DefaultsFrom(IReadOnlyDictionary<string, string> environment)
    {
        Dictionary<string, string?> defaults = new(StringComparer.Ordinal);
        foreach ((string name, string value) in environment)
        {
            if (name.StartsWith(DefaultTagVariablePrefix, StringComparison.Ordinal) && name.Length > DefaultTagVariablePrefix.Length)
            {
                defaults[name[DefaultTagVariablePrefix.Length..]] = value;
            }
        }

        return TagSet.From(defaults);
    }

    private static string[] Unite(IEnumerable<string>? given, IReadOnlyDictionary<string, string> environment, string variable)
    {
        string[] fromEnvironment = environment.TryGetValue(variable, out string? text)
            ? text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            : [];
        return [.. (given ?? []).Concat(fromEnvironment).Distinct(StringComparer.Ordinal)];
    }
}
