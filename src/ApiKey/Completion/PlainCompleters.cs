using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Runtime.CompilerServices;
using ApiKey.Calls;
using ApiKey.Model;
using ApiKey.Service;
using ApiKey.Session;

namespace ApiKey.Completion;

/// <summary>True and false, as PowerShell writes them.</summary>
public sealed class BooleanCompleter : IArgumentCompleter
{
    private static readonly string[] Words = ["$true", "$false"];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete,
        CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Words.Where(word => word.StartsWith(wordToComplete ?? "", StringComparison.OrdinalIgnoreCase))
            .Select(word => new CompletionResult(word, word, CompletionResultType.ParameterValue, word));
}

/// <summary>
/// What only the user knows: a new name, a description, a number. What is typed stays as it is; without it, PowerShell would
/// offer the names of files.
/// </summary>
public sealed class OwnWordCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete,
        CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string word = string.IsNullOrEmpty(wordToComplete) ? "''" : wordToComplete;
        return [new CompletionResult(word, word, CompletionResultType.ParameterValue, $"-{parameterName}: yours to choose")];
    }
}

/// <summary>Where an object is meant, which nobody types: nothing is offered, and no names of files either.</summary>
public sealed class NothingCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete,
        CommandAst commandAst, IDictionary fakeBoundParameters) => [];
}

/// <summary>AWS Marketplace customers that some key of the region has.</summary>
public sealed class CustomerIdCompleter : KeyCompleter
{
    private protected override IEnumerable<Suggestion> Suggest(ApiKeyInfo key, string word) =>
        key.CustomerId is { Length: > 0 } customer && customer.StartsWith(word, StringComparison.OrdinalIgnoreCase)
            ? [new Suggestion(customer, $"of {key}")] : [];
}

/// <summary>Names of usage plans for a parameter that accepts wildcards.</summary>
public sealed class UsagePlanNameCompleter : SessionCompleter
{
    private protected override async IAsyncEnumerable<Suggestion> FindAsync(ApiGatewayConnection connection, string word,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (IReadOnlyList<UsagePlanInfo> page in ServicePool.Operate(connection with { MaxAttempts = 1 }, new CallTally()).Plans
            .ListAsync(apiKeyId: null, cancellationToken))
        {
            foreach (UsagePlanInfo plan in page.Where(plan => plan.Name?.StartsWith(word, StringComparison.Ordinal) is true))
            {
                yield return new Suggestion(WildcardPattern.Escape(plan.Name!), plan.Name!, plan.ToString());
            }
        }
    }
}
