using ApiKey.Model;
using ApiKey.Tags;

namespace ApiKey.Completion;

/// <summary>Tags that are on some key of the region, as text that a tag parameter takes: <c>env=prod</c>.</summary>
public sealed class TagCompleter : KeyCompleter
{
    private protected override IEnumerable<Suggestion> Suggest(ApiKeyInfo key, string word) => key.TagsAll
        .Select(tag => new Suggestion(TagSet.From([tag]).ToText(), $"on {key}"))
        .Where(suggestion => suggestion.Text.StartsWith(word, StringComparison.OrdinalIgnoreCase));
}
