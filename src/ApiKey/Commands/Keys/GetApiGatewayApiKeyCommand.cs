using System.Management.Automation;
using ApiKey.Binding;
using ApiKey.Calls;
using ApiKey.Cmdlets;
using ApiKey.Completion;
using ApiKey.Keys;
using ApiKey.Model;
using ApiKey.Session;
using ApiKey.Tags;

namespace ApiKey.Commands;

/// <summary>Reads keys by id, lists them by name or finds who holds a value, in one place (region and profile) or in several.</summary>
[Cmdlet(VerbsCommon.Get, "ApiGatewayApiKey", DefaultParameterSetName = ByName), OutputType(typeof(ApiKeyInfo))]
public sealed class GetApiGatewayApiKeyCommand : ApiGatewayCmdlet, ICompletesTags
{
    private const string ByName = "Name", ById = "Id", ByValue = "Value";

    private KeySearchReport? _search;

    /// <summary>Names, with wildcards. As on AWS, upper and lower case differ.</summary>
    [Parameter(Position = 0, ParameterSetName = ByName), TransformNameFilter, SupportsWildcards]
    [ArgumentCompleter(typeof(KeyNameCompleter))]
    public string[]? Name { get; set; }

    /// <summary>Ids, or key objects to read afresh.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ById)]
    [TransformKey, AllowNull, ArgumentCompleter(typeof(KeyIdCompleter))]
    public ApiKeyIdentity[] Id { get; set; } = [];

    /// <summary>Values whose keys are sought, as text or SecureString: "whose key is this?"</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByValue), AllowNull, TransformSecret, ArgumentCompleter(typeof(OwnWordCompleter))]
    public Secret[] Value { get; set; } = [];

    /// <summary>Only keys of this AWS Marketplace customer.</summary>
    [Parameter(ParameterSetName = ByName), Given, ArgumentCompleter(typeof(CustomerIdCompleter))]
    public string? CustomerId { get; set; }

    /// <summary>Only keys that are enabled, or with $false disabled.</summary>
    [Parameter(ParameterSetName = ByName), TransformEnabled, ArgumentCompleter(typeof(BooleanCompleter))]
    public bool? Enabled { get; set; }

    /// <summary>Only keys with all of these tags, among their own and the default ones; the values with wildcards.</summary>
    [Parameter(ParameterSetName = ByName), TransformTag, SupportsWildcards, ArgumentCompleter(typeof(TagCompleter))]
    public ITagDictionary? Tag { get; set; }

    /// <summary>Only keys that have tags with all of these keys, whatever their values.</summary>
    [Parameter(ParameterSetName = ByName), TransformTagKey(TagKeyUse.Find), ArgumentCompleter(typeof(TagKeyCompleter))]
    public string[] HasTag { get; set; } = [];

    /// <summary>Only keys that are in no usage plan, and so grant no access.</summary>
    [Parameter(ParameterSetName = ByName)]
    public SwitchParameter InNoUsagePlan { get; set; }

    /// <summary>Reads the values too. Without it they are null.</summary>
    [Parameter(ParameterSetName = ByName), Parameter(ParameterSetName = ById)]
    public SwitchParameter IncludeValue { get; set; }

    /// <summary>The regions to read, each for itself; the connection's when omitted.</summary>
    [Parameter, Given, ArgumentCompleter(typeof(RegionCompleter))]
    public new string[]? Region { get; set; }

    /// <summary>The profiles to read with, each for itself; their regions are used when none is given.</summary>
    [Parameter, Given, ArgumentCompleter(typeof(ProfileCompleter))]
    public new string[]? ProfileName { get; set; }

    private protected override bool WantsOneKey => ParameterSetName == ById && Id.Length == 1;

    private protected override IReadOnlyList<ConnectionChoice> ReadPlaces() =>
        ConnectionChoice.Each(Connection, Region, ProfileName, EndpointUrl);

    /// <inheritdoc/>
    protected override void Begin() => _search = new KeySearchReport(this, Calls);

    /// <inheritdoc/>
    protected override void Execute()
    {
        Array.ForEach(Id, id => _search!.Read(id, IncludeValue));
        if (ParameterSetName == ByValue)
        {
            _search!.FindHolders(Value);
        }
        else if (ParameterSetName == ByName)
        {
            NameFilter names = new(Name ?? ["*"]);
            Dictionary<string, Func<string, bool>> tags = ((TagSet?)Tag ?? TagSet.Empty)
                .ToDictionary(tag => tag.Key, tag => Wildcards.Of(tag.Value ?? ""), StringComparer.Ordinal);
            _search!.List(names, new ApiKeyQuery(names.CommonPrefix, CustomerId, IncludeValue),
                new KeyFilter { Name = names.Matches, Enabled = Enabled, Tags = tags, TagKeys = HasTag, IsInNoPlan = InNoUsagePlan });
        }
    }

    /// <inheritdoc/>
    protected override void Finish() => _search!.Complete();
}
