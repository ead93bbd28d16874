using ApiKey.Tags;

namespace ApiKey.Completion;

/// <summary>Keys of tags that are in use in the region.</summary>
public sealed class TagKeyCompleter : TaggedCompleter
{
    private protected override IEnumerable<Suggestion> Suggest(TagSet tags, string of, string word) => tags
        .Where(tag => tag.Key.StartsWith(word, StringComparison.OrdinalIgnoreCase))
        .Select(tag => new Suggestion(tag.Key, $"{tag.Key}={tag.Value} on {of}"));
}
