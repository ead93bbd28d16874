using System.Runtime.CompilerServices;
using ApiKey.Calls;
using ApiKey.Model;
using ApiKey.Plans;
using ApiKey.Service;
using ApiKey.Session;

namespace ApiKey.Completion;

/// <summary>Ids of usage plans, by the start of the id or of the name. The menu shows the name, the tooltip rate, quota and
/// stages.</summary>
public sealed class UsagePlanIdCompleter : SessionCompleter
{
    private protected override async IAsyncEnumerable<Suggestion> FindAsync(ApiGatewayConnection connection, string word,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        UsagePlanOperations operations = ServicePool.Operate(connection with { MaxAttempts = 1 }, new CallTally()).Plans;
        await foreach (IReadOnlyList<UsagePlanInfo> page in operations.ListAsync(apiKeyId: null, cancellationToken))
        {
            foreach (UsagePlanInfo plan in page.Where(plan => plan.Id.StartsWith(word, StringComparison.OrdinalIgnoreCase)
                || plan.Name?.StartsWith(word, StringComparison.OrdinalIgnoreCase) is true))
            {
                yield return new Suggestion(plan.Id, plan.ToString(),
                    string.Join(", ", new[] { plan.ToString(), plan.Description, string.Join(' ', plan.ApiStages) }
                        .Where(part => !string.IsNullOrEmpty(part))));
            }
        }
    }
}
