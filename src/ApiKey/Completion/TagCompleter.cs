using ApiKey.Tags;

namespace ApiKey.Completion;

/// <summary>Tags that are in use in the region, as text that a tag parameter accepts: <c>env=prod</c>.</summary>
public sealed class TagCompleter : TaggedCompleter
{
    private protected override IEnumerable<Suggestion> Suggest(TagSet tags, string of, string word) => tags
        .Select(tag => new Suggestion(TagSet.From([tag]).ToText(), $"on {of}"))
        .Where(suggestion => suggestion.Text.StartsWith(word, StringComparison.OrdinalIgnoreCase));
}
