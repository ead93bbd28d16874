using Amazon.APIGateway.Model;

namespace ApiKey.Aws;

/// <summary>A usage plan of the service client, which has no common type for one in a listing and in single answers.</summary>
internal readonly record struct PlanParts(
    string? Id, string? Name, string? Description, List<ApiStage>? ApiStages, ThrottleSettings? Throttle, QuotaSettings? Quota,
        string? ProductCode, Dictionary<string, string>? Tags)
{
    public PlanParts(UsagePlan plan)
        : this(plan.Id, plan.Name, plan.Description, plan.ApiStages, plan.Throttle, plan.Quota, plan.ProductCode, plan.Tags)
    {
    }

    public PlanParts(CreateUsagePlanResponse plan)
        : this(plan.Id, plan.Name, plan.Description, plan.ApiStages, plan.Throttle, plan.Quota, plan.ProductCode, plan.Tags)
    {
    }

    public PlanParts(GetUsagePlanResponse plan)
        : this(plan.Id, plan.Name, plan.Description, plan.ApiStages, plan.Throttle, plan.Quota, plan.ProductCode, plan.Tags)
    {
    }

    public PlanParts(UpdateUsagePlanResponse plan)
        : this(plan.Id, plan.Name, plan.Description, plan.ApiStages, plan.Throttle, plan.Quota, plan.ProductCode, plan.Tags)
    {
    }
}
