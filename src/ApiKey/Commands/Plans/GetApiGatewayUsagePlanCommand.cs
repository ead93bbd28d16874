using System.Management.Automation;
using ApiKey.Binding;
using ApiKey.Cmdlets;
using ApiKey.Completion;
using ApiKey.Model;
using ApiKey.Plans;

namespace ApiKey.Commands;

/// <summary>Lists usage plans, reads one by id, or tells which plans a key is in.</summary>
[Cmdlet(VerbsCommon.Get, "ApiGatewayUsagePlan", DefaultParameterSetName = ByName)]
[OutputType(typeof(UsagePlanInfo))]
public sealed class GetApiGatewayUsagePlanCommand : ApiGatewayCmdlet
{
    private const string ByName = "Name";
    private const string ById = "Id";
    private const string ByKey = "ApiKeyId";

    /// <summary>Names, with wildcards. Upper and lower case differ.</summary>
    [Parameter(Position = 0, ParameterSetName = ByName)]
    [TransformNameFilter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(UsagePlanNameCompleter))]
    public string[]? Name { get; set; }

    /// <summary>Ids, names that only one plan has, or plan objects to read afresh.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = ById)]
    [TransformPlan(IsIdColumn = true, IsPassedOver = true)]
    [Alias("UsagePlanId")]
    [ArgumentCompleter(typeof(UsagePlanIdCompleter))]
    public UsagePlanIdentity[] Id { get; set; } = [];

    /// <summary>Keys, as ids or key objects, whose plans are sought.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ByKey)]
    [TransformKey(IsPassedOver = true, ComesSecond = true)]
    [AllowNull]
    [ArgumentCompleter(typeof(KeyIdCompleter))]
    public ApiKeyIdentity[] ApiKeyId { get; set; } = [];

    /// <inheritdoc/>
    protected override void Execute()
    {
        switch (ParameterSetName)
        {
            case ById when Id.Length > 0:
                ReadById();
                break;
            case ByKey:
                ListOfKeys();
                break;
            default:
                ListByName();
                break;
        }
    }

    private void ReadById()
    {
        foreach (UsagePlanIdentity identity in Id)
        {
            UsagePlanOperations operations = PlanOperations(identity.Connection);
            Calls.Start($"Reading usage plan '{identity}'", identity.Target, () => operations.GetAsync(identity, StopToken),
                WriteObject);
        }
    }

    private void ListOfKeys()
    {
        foreach (ApiKeyIdentity identity in ApiKeyId)
        {
            Calls.Start(
                $"Listing the usage plans of API key '{identity}'",
                identity.Target,
                () => Operations(identity).ListPlansAsync(identity, PlanOperations(identity.Connection), StopToken),
                plans => WriteObject(plans, enumerateCollection: true));
        }
    }

    private void ListByName()
    {
        UsagePlanOperations operations = PlanOperations();
        NameFilter filter = new(Name ?? ["*"]);
        Calls.Each("Listing usage plans", operations.ListAsync(apiKeyId: null, StopToken),
            page => WriteObject(page.Where(plan => filter.Matches(plan.Name ?? "")), enumerateCollection: true));
        WriteMissingNames("UsagePlanNotFound", "usage plan", filter, operations.Region, ", or -Id for an id");
    }
}
