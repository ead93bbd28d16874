using ApiKey.Model;

namespace ApiKey.Completion;

/// <summary>Ids of keys, by the start of the id or of the name. The menu shows the name, the tooltip the state.</summary>
public sealed class KeyIdCompleter : KeyCompleter
{
    private protected override IEnumerable<Suggestion> Suggest(ApiKeyInfo key, string word) =>
        key.Id.StartsWith(word, StringComparison.OrdinalIgnoreCase)
            || key.Name?.StartsWith(word, StringComparison.OrdinalIgnoreCase) is true
            ? [new Suggestion(key.Id, key.ToString(), Describe(key))]
            : [];
}
