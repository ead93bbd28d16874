using System.Collections;
using System.Management.Automation;
using ApiKey.Binding;
using ApiKey.Calls;
using ApiKey.Cmdlets;
using ApiKey.Completion;
using ApiKey.Keys;
using ApiKey.Model;
using ApiKey.Service;
using ApiKey.Session;
using ApiKey.Tags;
using ApiKey.Text;

namespace ApiKey.Commands;

/// <summary>
/// Reads one key by id, lists keys by name, or finds who holds a value: in one place (region and profile) or in several side
/// by side. What is asked for by name, id or value is missing only when it is in none of the places.
/// </summary>
[Cmdlet(VerbsCommon.Get, "ApiGatewayApiKey", DefaultParameterSetName = ByName)]
[OutputType(typeof(ApiKeyInfo))]
public sealed class GetApiGatewayApiKeyCommand : ApiGatewayCmdlet
{
    private const string ByName = "Name";
    private const string ById = "Id";
    private const string ByValue = "Value";
    private const string Listing = "Listing API keys";

    // Pages read ahead in each further place while the first is written: some thousands of keys.
    private const int PagesAhead = 8;

    private readonly Dictionary<ApiKeyIdentity, int> _found = [];
    private readonly List<string> _reached = [];
    private readonly Dictionary<ConnectionChoice, ApiGatewayException> _shut = [];

    /// <summary>Names, with wildcards. As on AWS, upper and lower case differ.</summary>
    [Parameter(Position = 0, ParameterSetName = ByName)]
    [Given]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(KeyNameCompleter))]
    public string[]? Name { get; set; }

    /// <summary>Ids, or key objects to read afresh.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ById)]
    [TransformKey]
    [AllowNull]
    [ArgumentCompleter(typeof(KeyIdCompleter))]
    public ApiKeyIdentity[] Id { get; set; } = [];

    /// <summary>Values whose keys are sought, as text or SecureString: "whose key is this?"</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByValue)]
    [AllowNull]
    [TransformSecret]
    public Secret[] Value { get; set; } = [];

    /// <summary>Only keys of this AWS Marketplace customer.</summary>
    [Parameter(ParameterSetName = ByName)]
    [Given]
    public string? CustomerId { get; set; }

    /// <summary>Only keys that are enabled, or with $false disabled.</summary>
    [Parameter(ParameterSetName = ByName)]
    [TransformEnabled]
    public bool? Enabled { get; set; }

    /// <summary>Only keys with all of these tags, among their own and the default ones.</summary>
    [Parameter(ParameterSetName = ByName)]
    [TransformTag]
    [ArgumentCompleter(typeof(TagCompleter))]
    public IDictionary? Tag { get; set; }

    /// <summary>Reads the values too. Without it they are null.</summary>
    [Parameter(ParameterSetName = ByName)]
    [Parameter(ParameterSetName = ById)]
    public SwitchParameter IncludeValue { get; set; }

    /// <summary>The regions to read, each for itself; the connection's when omitted.</summary>
    [Parameter]
    [Given]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public new string[]? Region { get; set; }

    /// <summary>The profiles to read with, each for itself; their regions are used when none is given.</summary>
    [Parameter]
    [Given]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    public new string[]? ProfileName { get; set; }

    /// <inheritdoc/>
    private protected override bool WantsOneKey => ParameterSetName == ById && Id.Length == 1;

    private string Reached => string.Join(", ", _reached);

    private protected override IReadOnlyList<ConnectionChoice> ReadPlaces() =>
    [
        .. from profile in ProfileName?.Distinct(StringComparer.Ordinal) ?? [null]
           from region in Region?.Distinct(StringComparer.OrdinalIgnoreCase) ?? [null]
           select new ConnectionChoice(Connection, region, profile, EndpointUrl),
    ];

    /// <inheritdoc/>
    protected override void Execute()
    {
        switch (ParameterSetName)
        {
            case ById:
                ReadById();
                break;
            case ByValue:
                FindHolders();
                break;
            default:
                ListByName();
                break;
        }
    }

    /// <inheritdoc/>
    protected override void Finish()
    {
        foreach (ApiKeyIdentity missing in _found.Where(entry => entry.Value == 0).Select(entry => entry.Key))
        {
            WriteMissing($"There is no API key '{missing}' in {Reached}. List the keys with Get-ApiGatewayApiKey.",
                missing.Key ?? (object)missing.Id);
        }
    }

    private void ReadById()
    {
        foreach (ApiKeyIdentity identity in Id)
        {
            foreach (ConnectionChoice place in Places)
            {
                if (!_shut.ContainsKey(place) && Open(place, identity.Connection)?.Keys is { } operations)
                {
                    Calls.Start(
                        $"Reading API key '{identity}'{Where(place)}",
                        identity.Target,
                        () => operations.GetAsync(identity.Id, IncludeValue, StopToken),
                        key =>
                        {
                            CountFound(identity, place, operations, found: 1);
                            WriteKey(key);
                        },
                        failure => ReadsSeveralPlaces
                            && (failure.Kind == ApiGatewayErrorKind.NotFound ? CountFound(identity, place, operations, found: 0)
                                : IsReportedAlready(place, failure)));
                }
            }
        }
    }

    private void ListByName()
    {
        NameFilter filter = new(Name ?? ["*"]);
        EachPlace(operations => operations.ListAsync(new ApiKeyQuery(filter.CommonPrefix, CustomerId, IncludeValue), StopToken), page =>
        {
            Progress.Count(page.Count);
            foreach (ApiKeyInfo key in page)
            {
                if (filter.Matches(key.Name ?? "") && HasWhatIsAsked(key))
                {
                    WriteKey(key);
                }
            }
        });
        foreach (string missing in _reached.Count == 0 ? [] : filter.UnmatchedLiterals)
        {
            WriteMissing($"There is no API key named {Show.Quote(missing)} in {Reached}. Names are case-sensitive; use wildcards (for "
                + $"example '{Show.Plain(missing)}*') to search.", missing);
        }
    }

    private void FindHolders()
    {
        HashSet<string> sought = Value.Select(value => value.Reveal()).ToHashSet(StringComparer.Ordinal);
        HashSet<string> found = new(StringComparer.Ordinal);
        EachPlace(operations => operations.FindHoldersAsync(sought, StopToken), key =>
        {
            found.Add(key.Value!);
            WriteKey(key with { Value = null });
        });
        if (found.Count < sought.Count && _reached.Count > 0)
        {
            // Which value it was is not specified: it is a secret.
            WriteMissing($"No API key in {Reached} holds "
                + $"{(sought.Count == 1 ? "that value" : $"{sought.Count - found.Count} of the {sought.Count} values")}. Values are "
                + "case-sensitive.", null);
        }
    }

    /// <summary>Reads all places at once and handles them one after the other, in the order they were specified.</summary>
    private void EachPlace<T>(Func<ApiKeyOperations, IAsyncEnumerable<T>> read, Action<T> action)
    {
        List<(ConnectionChoice Place, ApiKeyOperations Operations, IAsyncEnumerable<T> Items)> readings = [];
        foreach (ConnectionChoice place in Places)
        {
            if (Open(place, origin: null)?.Keys is { } operations)
            {
                IAsyncEnumerable<T> items = read(operations);
                readings.Add((place, operations, ReadsSeveralPlaces ? ReadAhead.Start(items, PagesAhead, StopToken) : items));
            }
        }

        foreach ((ConnectionChoice place, ApiKeyOperations operations, IAsyncEnumerable<T> items) in readings)
        {
            if (Calls.Each(Listing + Where(place), items, action))
            {
                AddReached(place, operations);
            }
        }
    }

    // With one place the service itself says what is missing, and nothing is kept of what was found.
    private bool CountFound(ApiKeyIdentity identity, ConnectionChoice place, ApiKeyOperations operations, int found)
    {
        if (ReadsSeveralPlaces)
        {
            _found[identity] = _found.GetValueOrDefault(identity) + found;
            AddReached(place, operations);
        }

        return true;
    }

    // A place where no call can go well is reported once and asked no more; the other places go on.
    private bool IsReportedAlready(ConnectionChoice place, ApiGatewayException failure) =>
        ErrorTable.EndsCommand(failure.Kind) && !_shut.TryAdd(place, failure) && _shut[place] != failure;

    private void AddReached(ConnectionChoice place, ApiKeyOperations operations)
    {
        string name = Describe(place, operations);
        if (!_reached.Contains(name))
        {
            _reached.Add(name);
        }
    }

    private static string Describe(ConnectionChoice place, ApiKeyOperations operations) =>
        place.ProfileName is { } profile ? $"{operations.Region} (profile {profile})" : operations.Region;

    private string Where(ConnectionChoice place) => ReadsSeveralPlaces ? $" {place}" : "";

    private void WriteMissing(string message, object? target)
        => WriteProblem("ApiKeyNotFound", message, target, ErrorCategory.ObjectNotFound);

    private bool HasWhatIsAsked(ApiKeyInfo key) =>
        (Enabled is null || Enabled == key.Enabled)
        && (Tag is null || key.TagsAll.ContainsAll((TagSet)Tag));
}
