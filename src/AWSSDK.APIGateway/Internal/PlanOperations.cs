using Amazon.APIGateway.Model;

namespace Amazon.APIGateway.Internal;

/// <summary>The operations on usage plans, their keys and usage (model apigateway-2015-07-09), each described once.</summary>
internal static class PlanOperations
{
    public static readonly Operation<CreateUsagePlanRequest, CreateUsagePlanResponse> CreateUsagePlan = new("POST", "/usageplans")
    {
        WriteBody = (request, writer) =>
        {
            Shapes.Write(writer, "name", request.Name);
            Shapes.Write(writer, "description", request.Description);
            PlanShapes.Write(writer, request.ApiStages);
            PlanShapes.Write(writer, "throttle", request.Throttle);
            PlanShapes.Write(writer, request.Quota);
            Shapes.Write(writer, "tags", request.Tags);
        },
        ReadAnswer = PlanShapes.ReadUsagePlan,
    };

    public static readonly Operation<GetUsagePlanRequest, GetUsagePlanResponse> GetUsagePlan = new("GET", "/usageplans/{usageplanId}")
    {
        PathParameters = [("usageplanId", request => request.UsagePlanId)],
        ReadAnswer = PlanShapes.ReadUsagePlan,
    };

    public static readonly Operation<GetUsagePlansRequest, GetUsagePlansResponse> GetUsagePlans = new("GET", "/usageplans")
    {
        WriteQuery = (request, query) =>
        {
            query.Add("position", request.Position);
            query.Add("keyId", request.KeyId);
            query.Add("limit", request.Limit);
        },
        ReadAnswer = (answer, response) =>
        {
            response.Position = Shapes.Text(answer, "position");
            response.Items = Shapes.List<UsagePlan>(answer, "item", PlanShapes.ReadUsagePlan);
        },
    };

    public static readonly Operation<UpdateUsagePlanRequest, UpdateUsagePlanResponse> UpdateUsagePlan = new("PATCH",
        "/usageplans/{usageplanId}")
    {
        PathParameters = [("usageplanId", request => request.UsagePlanId)],
        WriteBody = (request, writer) => Shapes.Write(writer, request.PatchOperations),
        ReadAnswer = PlanShapes.ReadUsagePlan,
    };

    public static readonly Operation<DeleteUsagePlanRequest, DeleteUsagePlanResponse> DeleteUsagePlan = new("DELETE",
        "/usageplans/{usageplanId}")
    {
        PathParameters = [("usageplanId", request => request.UsagePlanId)],
    };

    public static readonly Operation<CreateUsagePlanKeyRequest, CreateUsagePlanKeyResponse> CreateUsagePlanKey = new("POST",
        "/usageplans/{usageplanId}/keys")
    {
        PathParameters = [("usageplanId", request => request.UsagePlanId)],
        WriteBody = (request, writer) =>
        {
            Shapes.Write(writer, "keyId", request.KeyId);
            Shapes.Write(writer, "keyType", request.KeyType);
        },
        ReadAnswer = PlanShapes.ReadUsagePlanKey,
    };

    public static readonly Operation<GetUsagePlanKeyRequest, GetUsagePlanKeyResponse> GetUsagePlanKey = new("GET",
        "/usageplans/{usageplanId}/keys/{keyId}")
    {
        PathParameters = [("usageplanId", request => request.UsagePlanId), ("keyId", request => request.KeyId)],
        ReadAnswer = PlanShapes.ReadUsagePlanKey,
    };

    public static readonly Operation<GetUsagePlanKeysRequest, GetUsagePlanKeysResponse> GetUsagePlanKeys = new("GET",
        "/usageplans/{usageplanId}/keys")
    {
        PathParameters = [("usageplanId", request => request.UsagePlanId)],
        WriteQuery = (request, query) =>
        {
            query.Add("position", request.Position);
            query.Add("limit", request.Limit);
            query.Add("name", request.NameQuery);
        },
        ReadAnswer = (answer, response) =>
        {
            response.Position = Shapes.Text(answer, "position");
            response.Items = Shapes.List<UsagePlanKey>(answer, "item", PlanShapes.ReadUsagePlanKey);
        },
    };

    public static readonly Operation<DeleteUsagePlanKeyRequest, DeleteUsagePlanKeyResponse> DeleteUsagePlanKey = new("DELETE",
        "/usageplans/{usageplanId}/keys/{keyId}")
    {
        PathParameters = [("usageplanId", request => request.UsagePlanId), ("keyId", request => request.KeyId)],
    };

    public static readonly Operation<GetUsageRequest, GetUsageResponse> GetUsage = new("GET", "/usageplans/{usageplanId}/usage")
    {
        PathParameters = [("usageplanId", request => request.UsagePlanId)],
        WriteQuery = (request, query) =>
        {
            query.Add("keyId", request.KeyId);
            query.Add("startDate", request.StartDate);
            query.Add("endDate", request.EndDate);
            query.Add("position", request.Position);
            query.Add("limit", request.Limit);
        },
        ReadAnswer = PlanShapes.ReadUsage,
    };

    public static readonly Operation<UpdateUsageRequest, UpdateUsageResponse> UpdateUsage = new("PATCH",
        "/usageplans/{usageplanId}/keys/{keyId}/usage")
    {
        PathParameters = [("usageplanId", request => request.UsagePlanId), ("keyId", request => request.KeyId)],
        WriteBody = (request, writer) => Shapes.Write(writer, request.PatchOperations),
        ReadAnswer = PlanShapes.ReadUsage,
    };
}
