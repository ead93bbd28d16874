using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using ApiKey.Service;
using ApiKey.Session;

namespace ApiKey.Completion;

/// <summary>
/// The root of every completer: it takes off and puts on quotes, gives up after two seconds with what it has by then, and
/// never shows an error. What is typed already (-Connection, -Region, -ProfileName, -EndpointUrl) decides where it looks.
/// </summary>
public abstract class SessionCompleter : IArgumentCompleter
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    // More than a person reads; the list is for those who type another letter.
    private const int Enough = 500;

    private IDictionary _typed = new Hashtable();

    /// <summary>The command that is typed. PowerShell makes a completer anew for each Tab.</summary>
    private protected string CommandName { get; private set; } = "";

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete,
        CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        CommandName = commandName ?? "";
        _typed = fakeBoundParameters;
        string word = wordToComplete ?? "";
        char quote = word.Length > 0 && word[0] is '\'' or '"' ? word[0] : '\0';
        if (quote != '\0')
        {
            word = word[1..].TrimEnd(quote);
        }

        ConnectionChoice choice = ReadChoice(fakeBoundParameters, parameterName);

        // The session's connection is known to this thread only, so it is looked up here.
        ApiGatewayConnection connection = choice.Over(choice.BasisOf(origin: null));
        return ConnectionRules.ProblemsOf(connection).Count > 0 ? []
            : Collect(connection, word).Select(suggestion => suggestion.ToResult(quote));
    }

    /// <summary>What can stand here, best first. It may take its time: what has come within two seconds is offered.</summary>
    /// <param name="connection">The connection the command would use.</param>
    /// <param name="word">What was typed, without quotes.</param>
    /// <param name="cancellationToken">Cancelled when nobody waits any longer.</param>
    private protected abstract IAsyncEnumerable<Suggestion> FindAsync(ApiGatewayConnection connection, string word,
        CancellationToken cancellationToken);

    /// <summary>What is typed already for another parameter; null for nothing.</summary>
    private protected string? Typed(string parameter) => FirstText(_typed, parameter);

    private List<Suggestion> Collect(ApiGatewayConnection connection, string word)
    {
        List<Suggestion> found = [];

        // On another thread: finding credentials or a region may block, and nobody waits longer for that either.
        Task search = Task.Run(() => FillAsync(connection, word, found));
        Task.WaitAny([search], Timeout);
        lock (found)
        {
            return [.. found];
        }
    }

    private async Task FillAsync(ApiGatewayConnection connection, string word, List<Suggestion> found)
    {
        using CancellationTokenSource timeout = new(Timeout);
        try
        {
            await foreach (Suggestion suggestion in FindAsync(connection, word, timeout.Token))
            {
                lock (found)
                {
                    found.Add(suggestion);
                    if (found.Count == Enough)
                    {
                        return;
                    }
                }
            }
        }
        catch (Exception failure) when (failure is ApiGatewayException or OperationCanceledException)
        {
            // The command itself will say what is wrong; Tab in the middle of a line must not.
        }
    }

    // The word that is being typed is not part of where to look: half a region is not a region.
    private static ConnectionChoice ReadChoice(IDictionary bound, string typed)
    {
        return new ConnectionChoice(
            ValueOf(bound, "Connection") as ApiGatewayConnection,
            Text("Region"),
            Text("ProfileName"),
            Uri.TryCreate(Text("EndpointUrl"), UriKind.RelativeOrAbsolute, out Uri? endpoint) ? endpoint : null);

        string? Text(string name) => name == typed ? null : FirstText(bound, name);
    }

    private static object? ValueOf(IDictionary bound, string name) => bound[name] is PSObject wrapped ? wrapped.BaseObject : bound[name];

    private static string? FirstText(IDictionary bound, string name) => ValueOf(bound, name) switch
    {
        null => null,
        IEnumerable many and not string => many.Cast<object?>().FirstOrDefault()?.ToString(),
        object one => one.ToString() is { Length: > 0 } text ? text : null,
    };
}
