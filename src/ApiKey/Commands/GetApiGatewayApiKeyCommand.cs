using System.Collections;
using System.Management.Automation;
using ApiKey.Binding;
using ApiKey.Model;
using ApiKey.Planning;
using ApiKey.Service;
using ApiKey.Tags;

namespace ApiKey.Commands;

/// <summary>Reads one key by id, lists keys by name, or finds who holds a value.</summary>
[Cmdlet(VerbsCommon.Get, "ApiGatewayApiKey", DefaultParameterSetName = ByName)]
[OutputType(typeof(ApiKeyInfo))]
public sealed class GetApiGatewayApiKeyCommand : ApiKeyCommand
{
    private const string ByName = "Name";
    private const string ById = "Id";
    private const string ByValue = "Value";
    private const string Listing = "Listing API keys";

    /// <summary>Names, with wildcards. As on AWS, upper and lower case differ.</summary>
    [Parameter(Position = 0, ParameterSetName = ByName)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>Ids, or key objects to read afresh.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ById)]
    public ApiKeyIdentity[] Id { get; set; } = [];

    /// <summary>Values whose keys are sought, as text or SecureString: "whose key is this?"</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByValue)]
    [TransformSecret]
    [ValidateNotNullOrEmpty]
    public string[] Value { get; set; } = [];

    /// <summary>Only keys of this AWS Marketplace customer.</summary>
    [Parameter(ParameterSetName = ByName)]
    [ValidateNotNullOrEmpty]
    public string? CustomerId { get; set; }

    /// <summary>Only keys that are enabled, or with $false disabled.</summary>
    [Parameter(ParameterSetName = ByName)]
    [TransformEnabled]
    public bool? Enabled { get; set; }

    /// <summary>Only keys with all of these tags, among their own and the default ones.</summary>
    [Parameter(ParameterSetName = ByName)]
    [TransformTag]
    public IDictionary? Tag { get; set; }

    /// <summary>Reads the values too. Without it they are null.</summary>
    [Parameter(ParameterSetName = ByName)]
    [Parameter(ParameterSetName = ById)]
    public SwitchParameter IncludeValue { get; set; }

    /// <inheritdoc/>
    protected override bool AsksForOne => ParameterSetName == ById && Id.Length == 1;

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

    private void ReadById()
    {
        foreach (ApiKeyIdentity identity in Id)
        {
            ApiKeyOperations operations = Operations(identity);
            Start($"Reading API key '{identity}'", identity.Key ?? (object)identity.Id, () => operations.GetAsync(identity.Id, IncludeValue, StopToken), WriteKey);
        }
    }

    private void ListByName()
    {
        ApiKeyOperations operations = Operations();
        NameFilter filter = new(Name ?? ["*"]);
        Each(Listing, operations.ListAsync(new ApiKeyQuery(filter.CommonPrefix, CustomerId, IncludeValue), StopToken), page =>
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
        foreach (string missing in filter.UnmatchedLiterals)
        {
            WriteFault(
                "ApiKeyNotFound",
                $"There is no API key named '{missing}' in {operations.Region}. Names are case-sensitive; use wildcards (for example '{missing}*') to search.",
                missing,
                ErrorCategory.ObjectNotFound);
        }
    }

    private void FindHolders()
    {
        ApiKeyOperations operations = Operations();
        HashSet<string> sought = Value.ToHashSet(StringComparer.Ordinal);
        int found = 0;
        Each(Listing, operations.FindHoldersAsync(sought, StopToken), key =>
        {
            found++;
            WriteKey(key with { Value = null });
        });
        if (found < sought.Count)
        {
            // Which value it was is not said: it is a secret.
            WriteFault(
                "ApiKeyNotFound",
                $"No API key in {operations.Region} holds {(sought.Count == 1 ? "that value" : $"{sought.Count - found} of the {sought.Count} values")}. Values are case-sensitive.",
                null,
                ErrorCategory.ObjectNotFound);
        }
    }

    private bool HasWhatIsAsked(ApiKeyInfo key) =>
        (Enabled is null || Enabled == key.Enabled)
        && (Tag is null || key.TagsAll.ContainsAll((TagSet)Tag));
}
