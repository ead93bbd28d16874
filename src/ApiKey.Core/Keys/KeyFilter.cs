using ApiKey.Model;
using ApiKey.Tags;

namespace ApiKey.Keys;

/// <summary>Which of the keys that were read are meant. What is not specified excludes none.</summary>
internal sealed record KeyFilter
{
    /// <summary>Whether a name is meant. It is asked about every key, so that it learns of names that are there.</summary>
    public required Func<string, bool> Name { get; init; }

    /// <summary>Enabled keys, or disabled ones.</summary>
    public bool? Enabled { get; init; }

    /// <summary>Tags that a key must have, its own or default ones, each with what its value must be.</summary>
    public IReadOnlyDictionary<string, Func<string, bool>> Tags { get; init; } =
        new Dictionary<string, Func<string, bool>>(StringComparer.Ordinal);

    /// <summary>Tags that a key must have, whatever their values.</summary>
    public IReadOnlyList<string> TagKeys { get; init; } = [];

    /// <summary>Only keys that no usage plan has.</summary>
    public bool IsInNoPlan { get; init; }

    /// <summary>Whether a key is meant, as far as the key itself tells.</summary>
    public bool Matches(ApiKeyInfo key) => Name(key.Name ?? "")
        && (Enabled is null || Enabled == key.Enabled)
        && (TagKeys.Count + Tags.Count == 0 || HasTags(key.TagsAll));

    private bool HasTags(TagSet all) => TagKeys.All(all.ContainsKey)
        && Tags.All(tag => all.TryGetValue(tag.Key, out string? value) && tag.Value(value ?? ""));
}
