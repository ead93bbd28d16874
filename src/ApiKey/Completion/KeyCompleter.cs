using ApiKey.Calls;
using ApiKey.Keys;
using ApiKey.Model;
using ApiKey.Service;
using ApiKey.Session;

namespace ApiKey.Completion;

/// <summary>A completer that looks through the keys of the region, page by page.</summary>
public abstract class KeyCompleter : SessionCompleter
{
    private protected sealed override async IAsyncEnumerable<Suggestion> FindAsync(ApiGatewayConnection connection, string word,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Somebody waits at the prompt: no second try.
        ApiKeyOperations operations = ServicePool.Operate(connection with { MaxAttempts = 1 }, new CallTally()).Keys;
        HashSet<string> offered = new(StringComparer.Ordinal);
        await foreach (IReadOnlyList<ApiKeyInfo> page in operations.ListAsync(new ApiKeyQuery(PrefixOf(word)), cancellationToken))
        {
            foreach (Suggestion suggestion in page.SelectMany(key => Suggest(key, word)).Where(suggestion => offered.Add(suggestion.Text)))
            {
                yield return suggestion;
            }
        }
    }

    /// <summary>What names must start with for the key to matter; AWS then lists only those. Null for all keys.</summary>
    private protected virtual string? PrefixOf(string word) => null;

    /// <summary>What a key offers.</summary>
    private protected abstract IEnumerable<Suggestion> Suggest(ApiKeyInfo key, string word);

    /// <summary>A key in a few words: its name or id, its state, its tags; never its value.</summary>
    private protected static string Describe(ApiKeyInfo key) =>
        string.Join(", ", new[] { key.ToString(), key.Enabled ? "enabled" : "disabled", key.Description,
            key.TagsAll.Count == 0 ? null : key.TagsAll.ToString() }.Where(part => !string.IsNullOrEmpty(part)));
}
