using ApiKey.Model;

namespace ApiKey.Completion;

/// <summary>Keys of tags that are on some key of the region.</summary>
public sealed class TagKeyCompleter : KeyCompleter
{
    private protected override IEnumerable<Suggestion> Suggest(ApiKeyInfo key, string word) =>
        key.TagsAll.Where(tag => tag.Key.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            .Select(tag => new Suggestion(tag.Key, $"{tag.Key}={tag.Value} on {key}"));
}
