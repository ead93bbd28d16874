using System.Management.Automation;
using ApiKey.Binding;
using ApiKey.Cmdlets;
using ApiKey.Completion;
using ApiKey.Model;
using ApiKey.Plans;

namespace ApiKey.Commands;

/// <summary>Lists the keys in usage plans. The values that AWS sends with them are dropped.</summary>
[Cmdlet(VerbsCommon.Get, "ApiGatewayUsagePlanKey", DefaultParameterSetName = ByName)]
[OutputType(typeof(UsagePlanKeyInfo))]
public sealed class GetApiGatewayUsagePlanKeyCommand : ApiGatewayCmdlet
{
    private const string ByName = "Name";
    private const string ById = "Id";

    /// <summary>The plans: ids, names that only one plan has, or plan objects.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [TransformPlan(IsNeeded = true)]
    [ArgumentCompleter(typeof(UsagePlanIdCompleter))]
    public UsagePlanIdentity[] UsagePlanId { get; set; } = [];

    /// <summary>Names of keys, with wildcards. As on AWS, upper and lower case differ.</summary>
    [Parameter(Position = 1, ParameterSetName = ByName)]
    [TransformNameFilter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(KeyNameCompleter))]
    public string[]? Name { get; set; }

    /// <summary>Keys, as ids or key objects; one that is not in the plan is an error.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = ById)]
    [TransformKey]
    [AllowNull]
    [Alias("KeyId", "ApiKeyId")]
    [ArgumentCompleter(typeof(KeyIdCompleter))]
    public ApiKeyIdentity[] Id { get; set; } = [];

    /// <inheritdoc/>
    protected override void Execute()
    {
        foreach (UsagePlanIdentity given in UsagePlanId)
        {
            UsagePlanOperations operations = PlanOperations(given.Connection);
            if (FindPlan("Reading", given, operations) is not { } plan)
            {
                continue;
            }

            if (ParameterSetName == ById)
            {
                foreach (ApiKeyIdentity key in Id.Where(key => !RefuseElsewhere(key, plan)))
                {
                    Calls.Start($"Reading API key '{key}' of usage plan '{plan}'", key.Target,
                        () => operations.Names.WithAsync(plan, async found =>
                            (Plan: found, Key: await operations.GetKeyAsync(found.Id, key.Id, StopToken)), StopToken),
                        answer => Write(answer.Key, answer.Plan));
                }
            }
            else
            {
                List(plan, operations);
            }
        }
    }

    private void List(UsagePlanIdentity plan, UsagePlanOperations operations)
    {
        string what = $"Listing the API keys of usage plan '{plan}'";
        NameFilter filter = new(Name ?? ["*"]);
        bool isEmpty = true;
        bool isWhole = Calls.Each(what, operations.ListKeysAsync(plan.Id, filter.CommonPrefix, StopToken), page =>
        {
            Progress.Count(page.Count);
            isEmpty &= page.Count == 0;
            Array.ForEach([.. page.Where(key => filter.Matches(key.Name ?? ""))], key => Write(key, plan));
        });

        // AWS answers no keys for a plan that is not there, too.
        UsagePlanInfo? found = plan.Plan;
        if (isWhole && isEmpty && found is null)
        {
            isWhole = Calls.Try(what, plan.Id, () => found = Calls.Await(operations.GetAsync(plan, StopToken)));
        }

        if (found is not null && found.Id != plan.Id)
        {
            // It was a name that looks like an id.
            List(new UsagePlanIdentity(found), operations);
        }
        else if (isWhole)
        {
            WriteMissingNames("UsagePlanKeyNotFound", "API key", filter, $"usage plan '{plan}' in {operations.Region}");
        }
    }

    private void Write(UsagePlanKeyInfo key, UsagePlanIdentity plan) => WriteObject(key with { UsagePlanName = plan.Plan?.Name });
}
