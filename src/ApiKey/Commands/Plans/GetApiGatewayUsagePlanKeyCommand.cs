using System.Management.Automation;
using ApiKey.Binding;
using ApiKey.Cmdlets;
using ApiKey.Completion;
using ApiKey.Model;
using ApiKey.Plans;
using ApiKey.Text;

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
        NameFilter filter = new(Name ?? ["*"]);
        bool isEmpty = true;
        bool isWhole = Calls.Each($"Listing the API keys of usage plan '{plan}'",
            operations.ListKeysAsync(plan.Id, filter.CommonPrefix, StopToken), page =>
        {
            Progress.Count(page.Count);
            foreach (UsagePlanKeyInfo key in page)
            {
                isEmpty = false;
                if (filter.Matches(key.Name ?? ""))
                {
                    Write(key, plan);
                }
            }
        });

        if (!isWhole)
        {
            return;
        }

        // AWS answers no keys for a plan that is not there, too.
        bool isThere = true;
        if (isEmpty && plan.Plan is null)
        {
            UsagePlanInfo? found = null;
            isThere = Calls.Try($"Listing the API keys of usage plan '{plan}'", plan.Id,
                () => found = Calls.Await(operations.GetAsync(plan, StopToken)));
            if (found is not null && found.Id != plan.Id)
            {
                // It was a name that looks like an id.
                List(new UsagePlanIdentity(found), operations);
                return;
            }
        }

        foreach (string missing in isThere ? filter.UnmatchedLiterals : [])
        {
            WriteProblem(
                "UsagePlanKeyNotFound",
                $"There is no API key named {Show.Quote(missing)} in usage plan '{plan}' in {operations.Region}. Names are case-sensitive; "
                + $"use wildcards (for example '{Show.Plain(missing)}*') to search.",
                Show.Target(missing),
                ErrorCategory.ObjectNotFound);
        }
    }

    private void Write(UsagePlanKeyInfo key, UsagePlanIdentity plan) => WriteObject(key with { UsagePlanName = plan.Plan?.Name });
}
