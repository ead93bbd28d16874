using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using ApiKey.Model;
using ApiKey.Session;

namespace ApiKey.Completion;

/// <summary>A few words that are always the same.</summary>
public abstract class WordCompleter : IArgumentCompleter
{
    private readonly string[] _words;

    private protected WordCompleter(params string[] words)
    {
        _words = words;
    }

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete,
        CommandAst commandAst, IDictionary fakeBoundParameters) =>
        _words.Where(word => word.StartsWith(wordToComplete ?? "", StringComparison.OrdinalIgnoreCase))
            .Select(word => new CompletionResult(word, word, CompletionResultType.ParameterValue, word));
}

/// <summary>True and false, as PowerShell writes them.</summary>
public sealed class BooleanCompleter() : WordCompleter("$true", "$false");

/// <summary>The verbs of a request.</summary>
public sealed class MethodCompleter() : WordCompleter("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS");

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

/// <summary>Addresses of the emulators that this process started, or any other.</summary>
public sealed class EmulatorUriCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete,
        CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        CompletionResult[] running =
        [
            .. RunningEmulators.Addresses().Select(address => address.ToString())
                .Where(address => address.StartsWith(wordToComplete ?? "", StringComparison.OrdinalIgnoreCase))
                .Select(address => new CompletionResult(address, address, CompletionResultType.ParameterValue, "a running emulator")),
        ];
        return running.Length > 0 ? running
            : new OwnWordCompleter().CompleteArgument(commandName, parameterName, wordToComplete!, commandAst, fakeBoundParameters);
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
