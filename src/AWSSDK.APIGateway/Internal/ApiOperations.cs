using System.Text.Json;
using Amazon.APIGateway.Model;

namespace Amazon.APIGateway.Internal;

/// <summary>The operations that read APIs, their stages and methods.</summary>
internal static class ApiOperations
{
    public static readonly Operation<GetRestApiRequest, GetRestApiResponse> GetRestApi = new("GET", "/restapis/{restapi_id}")
    {
        PathParameters = [("restapi_id", request => request.RestApiId)],
        ReadAnswer = (answer, response) =>
        {
            response.Id = Shapes.Text(answer, "id");
            response.Name = Shapes.Text(answer, "name");
            response.ApiKeySource = Shapes.Text(answer, "apiKeySource") is { } source ? new ApiKeySourceType(source) : null;
        },
    };

    public static readonly Operation<GetStageRequest, GetStageResponse> GetStage = new("GET",
        "/restapis/{restapi_id}/stages/{stage_name}")
    {
        PathParameters = [("restapi_id", request => request.RestApiId), ("stage_name", request => request.StageName)],
        ReadAnswer = (answer, response) =>
        {
            response.StageName = Shapes.Text(answer, "stageName");
            response.DeploymentId = Shapes.Text(answer, "deploymentId");
        },
    };

    public static readonly Operation<GetDeploymentRequest, GetDeploymentResponse> GetDeployment = new("GET",
        "/restapis/{restapi_id}/deployments/{deployment_id}")
    {
        PathParameters = [("restapi_id", request => request.RestApiId), ("deployment_id", request => request.DeploymentId)],
        WriteQuery = (request, query) => query.Add("embed", request.Embed),
        ReadAnswer = (answer, response) =>
        {
            response.Id = Shapes.Text(answer, "id");
            response.ApiSummary = Shapes.Member(answer, "apiSummary") is { } summary
                ? Map(summary, path => Map(path, method => new MethodSnapshot { ApiKeyRequired = NeedsKey(method) }))
                : null;
        },
    };

    public static readonly Operation<GetResourcesRequest, GetResourcesResponse> GetResources = new("GET",
        "/restapis/{restapi_id}/resources")
    {
        PathParameters = [("restapi_id", request => request.RestApiId)],
        WriteQuery = (request, query) =>
        {
            query.Add("position", request.Position);
            query.Add("limit", request.Limit);
            query.Add("embed", request.Embed);
        },
        ReadAnswer = (answer, response) =>
        {
            response.Position = Shapes.Text(answer, "position");
            response.Items = Shapes.List<Resource>(answer, "item", ReadResource);
        },
    };

    private static void ReadResource(JsonElement source, Resource resource)
    {
        resource.Id = Shapes.Text(source, "id");
        resource.Path = Shapes.Text(source, "path");
        resource.ResourceMethods = Shapes.Member(source, "resourceMethods") is { } methods
            ? Map(methods, method => new Method { ApiKeyRequired = NeedsKey(method) })
            : null;
    }

    private static bool? NeedsKey(JsonElement method) => Shapes.Member(method, "apiKeyRequired")?.GetBoolean();

    private static Dictionary<string, T> Map<T>(JsonElement source, Func<JsonElement, T> read) =>
        source.EnumerateObject().ToDictionary(entry => entry.Name, entry => read(entry.Value), StringComparer.Ordinal);
}
