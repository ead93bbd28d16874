using System.Management.Automation;
using ApiKey.Model;

namespace ApiKey.Completion;

/// <summary>Names of keys for a parameter that accepts wildcards. As on AWS, upper and lower case differ.</summary>
public sealed class KeyNameCompleter : KeyCompleter
{
    private protected override string? PrefixOf(string word) => word.Length == 0 ? null : word;

    private protected override IEnumerable<Suggestion> Suggest(ApiKeyInfo key, string word) =>
        key.Name is { Length: > 0 } name && name.StartsWith(word, StringComparison.Ordinal)
            ? [new Suggestion(WildcardPattern.Escape(name), name, Describe(key))]
            : [];
}
