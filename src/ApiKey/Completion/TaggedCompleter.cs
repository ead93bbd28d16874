using System.Runtime.CompilerServices;
using ApiKey.Calls;
using ApiKey.Model;
using ApiKey.Service;
using ApiKey.Session;
using ApiKey.Tags;

namespace ApiKey.Completion;

/// <summary>A completer that looks through the tags of the region, page by page: those of usage plans for a command about them, those of
/// keys for any other.</summary>
public abstract class TaggedCompleter : SessionCompleter
{
    private protected sealed override async IAsyncEnumerable<Suggestion> FindAsync(ApiGatewayConnection connection, string word,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        HashSet<string> offered = new(StringComparer.Ordinal);
        await foreach (IEnumerable<(TagSet Tags, string Of)> page in PagesAsync(connection, cancellationToken))
        {
            foreach (Suggestion suggestion in page.SelectMany(item => Suggest(item.Tags, item.Of, word))
                .Where(suggestion => offered.Add(suggestion.Text)))
            {
                yield return suggestion;
            }
        }
    }

    /// <summary>What the tags of a key or a plan offer.</summary>
    private protected abstract IEnumerable<Suggestion> Suggest(TagSet tags, string of, string word);

    private async IAsyncEnumerable<IEnumerable<(TagSet Tags, string Of)>> PagesAsync(ApiGatewayConnection connection,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Somebody waits at the prompt: no second try.
        ServiceOperations operations = ServicePool.Operate(connection with { MaxAttempts = 1 }, new CallTally());
        if (CommandName.Contains("UsagePlan", StringComparison.OrdinalIgnoreCase))
        {
            await foreach (IReadOnlyList<UsagePlanInfo> page in operations.Plans.ListAsync(apiKeyId: null, cancellationToken))
            {
                yield return page.Select(plan => (plan.TagsAll, plan.ToString()));
            }
        }
        else
        {
            await foreach (IReadOnlyList<ApiKeyInfo> page in operations.Keys.ListAsync(new ApiKeyQuery(), cancellationToken))
            {
                yield return page.Select(key => (key.TagsAll, key.ToString()));
            }
        }
    }
}
