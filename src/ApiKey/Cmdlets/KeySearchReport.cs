using System.Management.Automation;
using ApiKey.Binding;
using ApiKey.Calls;
using ApiKey.Keys;
using ApiKey.Model;
using ApiKey.Service;
using ApiKey.Session;
using ApiKey.Text;

namespace ApiKey.Cmdlets;

/// <summary>What a command tells of a search for keys in its places: keys as objects, places that failed and what is missing as
/// errors.</summary>
/// <param name="command">The command.</param>
/// <param name="calls">Its calls.</param>
internal sealed class KeySearchReport(ApiGatewayCmdlet command, CommandCalls calls)
{
    private const string Listing = "Listing API keys";

    private readonly KeySearch _search = new(command.ReadsSeveralPlaces);

    private IEnumerable<SearchPlace> Places => command.Places.Select(choice => Enter(choice)).OfType<SearchPlace>();

    /// <summary>Reads a key in each place.</summary>
    public void Read(ApiKeyIdentity identity, bool includeValue)
    {
        foreach (ConnectionChoice choice in command.Places.Where(choice => _search.MayAsk(Label(choice))))
        {
            if (Enter(choice, identity.Connection) is { } place)
            {
                calls.Start(
                    $"Reading API key '{identity}'{place.Label}",
                    identity.Target,
                    () => place.Keys.GetAsync(identity.Id, includeValue, calls.StopToken),
                    key =>
                    {
                        _search.CountFound(identity, place);
                        command.WriteKey(key);
                    },
                    failure => _search.CountFailed(identity, place, failure, ErrorTable.EndsCommand(failure.Kind)));
            }
        }
    }

    /// <summary>Lists keys.</summary>
    public void List(NameFilter names, ApiKeyQuery query, KeyFilter filter)
    {
        Write(_search.ListAsync(Places, query, filter, calls.StopToken));
        foreach (string missing in names.UnmatchedLiterals)
        {
            WriteMissing($"There is no API key named {Show.Quote(missing)} in", ". Names are case-sensitive; use wildcards (for example "
                + $"'{Show.Plain(missing)}*') to search, or -Id for an id.", Show.Target(missing));
        }
    }

    /// <summary>Finds the keys that hold values.</summary>
    public void FindHolders(IEnumerable<Secret> values)
    {
        HashSet<string> missing = values.Select(value => value.Reveal()).ToHashSet(StringComparer.Ordinal);
        int count = missing.Count;
        Write(_search.FindHoldersAsync(Places, missing, calls.StopToken));
        if (missing.Count > 0)
        {
            // Which value it was is not specified: it is a secret.
            WriteMissing("No API key in", $" holds {(count == 1 ? "that value" : $"{missing.Count} of the {count} values")}. "
                + "Values are case-sensitive.", null);
        }
    }

    /// <summary>Tells what was read by id and is nowhere.</summary>
    public void Complete()
    {
        foreach (ApiKeyIdentity missing in _search.Missing)
        {
            WriteMissing($"There is no API key '{missing}' in", $". {ErrorTable.NameAdvice(missing.Target, command)}List the keys with "
                + "Get-ApiGatewayApiKey.", missing.Target);
        }
    }

    private void Write(IAsyncEnumerable<SearchPage> pages) => calls.Each(Listing, pages, page =>
    {
        if (page.Failure is { } failure)
        {
            calls.Try(Listing + page.Place.Label, null, () => throw failure);
        }

        calls.Progress.Count(page.Read);
        Array.ForEach([.. page.Keys], command.WriteKey);
    });

    // Null when there is no way there, which is an error then.
    private SearchPlace? Enter(ConnectionChoice choice, ApiGatewayConnection? origin = null) =>
        command.Open(choice, origin) is not { } at ? null : new SearchPlace(Label(choice),
            choice.ProfileName is { } profile ? $"{at.Keys.Region} (profile {profile})" : at.Keys.Region, at.Keys, at.Plans);

    private string Label(ConnectionChoice choice) => command.ReadsSeveralPlaces ? $" {choice}" : "";

    // Only what no place has is missing, and only when some place answered.
    private void WriteMissing(string start, string end, object? target)
    {
        if (_search.Answered.Count > 0)
        {
            command.WriteProblem("ApiKeyNotFound", $"{start} {string.Join(", ", _search.Answered)}{end}", target,
                ErrorCategory.ObjectNotFound);
        }
    }
}
