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

    private KeySearch? _search;

    /// <summary>Names, with wildcards. As on AWS, upper and lower case differ.</summary>
    [Parameter(Position = 0, ParameterSetName = ByName)]
    [TransformNameFilter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(KeyNameCompleter))]
    public string[]? Name { get; set; }

    /// <summary>Ids, or key objects to read afresh.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ById)]
    [TransformKey]
    [AllowNull]
    [ArgumentCompleter(typeof(KeyIdCompleter))]
    public ApiKeyIdentity[] Id { get; set; } = [];

    /// <summary>Values whose keys are sought, as text or SecureString: "whose key is this?"</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByValue)]
    [AllowNull]
    [TransformSecret]
    [ArgumentCompleter(typeof(OwnWordCompleter))]
    public Secret[] Value { get; set; } = [];

    /// <summary>Only keys of this AWS Marketplace customer.</summary>
    [Parameter(ParameterSetName = ByName)]
    [Given]
    [ArgumentCompleter(typeof(CustomerIdCompleter))]
    public string? CustomerId { get; set; }

    /// <summary>Only keys that are enabled, or with $false disabled.</summary>
    [Parameter(ParameterSetName = ByName)]
    [TransformEnabled]
    [ArgumentCompleter(typeof(BooleanCompleter))]
    public bool? Enabled { get; set; }

    /// <summary>Only keys with all of these tags, among their own and the default ones; the values with wildcards.</summary>
    [Parameter(ParameterSetName = ByName)]
    [TransformTag]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(TagCompleter))]
    public IDictionary? Tag { get; set; }

    /// <summary>Only keys that have tags with all of these keys, whatever their values.</summary>
    [Parameter(ParameterSetName = ByName)]
    [Given]
    public string[] HasTag { get; set; } = [];

    /// <summary>Only keys that are in no usage plan, and so grant no access.</summary>
    [Parameter(ParameterSetName = ByName)]
    public SwitchParameter InNoUsagePlan { get; set; }

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

    private KeySearch Search => _search ??= new KeySearch(ReadsSeveralPlaces);

    private IEnumerable<SearchPlace> SearchPlaces => Places.Select(choice => Enter(choice)).OfType<SearchPlace>();

    private protected override IReadOnlyList<ConnectionChoice> ReadPlaces() =>
        ConnectionChoice.Each(Connection, Region, ProfileName, EndpointUrl);

    /// <inheritdoc/>
    protected override void Execute()
    {
        switch (ParameterSetName)
        {
            case ById:
                Array.ForEach(Id, ReadById);
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
        foreach (ApiKeyIdentity missing in Search.Missing)
        {
            WriteMissing($"There is no API key '{missing}' in", ". List the keys with Get-ApiGatewayApiKey.", missing.Target);
        }
    }

    private void ReadById(ApiKeyIdentity identity)
    {
        foreach (ConnectionChoice choice in Places.Where(choice => Search.MayAsk(Label(choice))))
        {
            if (Enter(choice, identity.Connection) is { } place)
            {
                Calls.Start(
                    $"Reading API key '{identity}'{place.Label}",
                    identity.Target,
                    () => place.Keys.GetAsync(identity.Id, IncludeValue, StopToken),
                    key =>
                    {
                        Search.CountFound(identity, place);
                        WriteKey(key);
                    },
                    failure => Search.CountFailed(identity, place, failure, ErrorTable.EndsCommand(failure.Kind)));
            }
        }
    }

    private void ListByName()
    {
        NameFilter names = new(Name ?? ["*"]);
        KeyFilter filter = new()
        {
            Name = names.Matches,
            Enabled = Enabled,
            Tags = ((TagSet?)Tag ?? TagSet.Empty).ToDictionary(tag => tag.Key, tag => Wildcards.Of(tag.Value ?? ""),
                StringComparer.Ordinal),
            TagKeys = HasTag,
            IsInNoPlan = InNoUsagePlan,
        };
        ApiKeyQuery query = new(names.CommonPrefix, CustomerId, IncludeValue);
        WriteKeys(Search.ListAsync(SearchPlaces, query, filter, StopToken), key => filter.Matches(key) ? key : null);
        foreach (string missing in names.UnmatchedLiterals)
        {
            WriteMissing($"There is no API key named {Show.Quote(missing)} in", ". Names are case-sensitive; use wildcards (for example "
                + $"'{Show.Plain(missing)}*') to search.", Show.Target(missing));
        }
    }

    private void FindHolders()
    {
        HashSet<string> sought = Value.Select(value => value.Reveal()).ToHashSet(StringComparer.Ordinal);
        HashSet<string> missing = new(sought, StringComparer.Ordinal);
        WriteKeys(Search.FindHoldersAsync(SearchPlaces, sought, StopToken), key =>
        {
            missing.Remove(key.Value!);
            return key with { Value = null };
        });
        if (missing.Count > 0)
        {
            // Which value it was is not specified: it is a secret.
            WriteMissing("No API key in", $" holds {(sought.Count == 1 ? "that value" : $"{missing.Count} of the {sought.Count} values")}. "
                + "Values are case-sensitive.", null);
        }
    }

    private void WriteKeys(IAsyncEnumerable<SearchPage> pages, Func<ApiKeyInfo, ApiKeyInfo?> select) => Calls.Each(Listing, pages, page =>
    {
        if (page.Failure is { } failure)
        {
            Calls.Try(Listing + page.Place.Label, null, () => throw failure);
        }

        Progress.Count(page.Keys.Count);
        foreach (ApiKeyInfo key in page.Keys)
        {
            if (select(key) is { } selected)
            {
                WriteKey(selected);
            }
        }
    });

    // Null when there is no way there, which is an error then.
    private SearchPlace? Enter(ConnectionChoice choice, ApiGatewayConnection? origin = null) =>
        Open(choice, origin) is not { } at ? null : new SearchPlace(Label(choice),
            choice.ProfileName is { } profile ? $"{at.Keys.Region} (profile {profile})" : at.Keys.Region, at.Keys, at.Plans);

    private string Label(ConnectionChoice choice) => ReadsSeveralPlaces ? $" {choice}" : "";

    // Only what no place has is missing, and only when some place answered.
    private void WriteMissing(string start, string end, object? target)
    {
        if (Search.Reached.Count > 0)
        {
            WriteProblem("ApiKeyNotFound", $"{start} {string.Join(", ", Search.Reached)}{end}", target, ErrorCategory.ObjectNotFound);
        }
    }
}
