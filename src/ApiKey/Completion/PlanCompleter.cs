using System.Runtime.CompilerServices;
using ApiKey.Calls;
using ApiKey.Model;
using ApiKey.Plans;
using ApiKey.Service;
using ApiKey.Session;

namespace ApiKey.Completion;

/// <summary>A completer that looks through the usage plans of the region, page by page.</summary>
public abstract class PlanCompleter : SessionCompleter
{
    private protected sealed override async IAsyncEnumerable<Suggestion> FindAsync(ApiGatewayConnection connection, string word,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Somebody waits at the prompt: no second try.
        UsagePlanOperations operations = ServicePool.Operate(connection with { MaxAttempts = 1 }, new CallTally()).Plans;
        HashSet<string> offered = new(StringComparer.Ordinal);
        await foreach (IReadOnlyList<UsagePlanInfo> page in operations.ListAsync(apiKeyId: null, cancellationToken))
        {
            foreach (Suggestion suggestion in page.SelectMany(plan => Suggest(plan, word)).Where(found => offered.Add(found.Text)))
            {
                yield return suggestion;
            }
        }
    }

    /// <summary>What a usage plan offers.</summary>
    private protected abstract IEnumerable<Suggestion> Suggest(UsagePlanInfo plan, string word);
}
