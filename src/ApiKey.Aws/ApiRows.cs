using Amazon.APIGateway;
using Amazon.APIGateway.Model;
using ApiKey.Calls;

namespace ApiKey.Aws;

/// <summary>How the calls that read APIs are sent: a row each, with its request and what its answer is to us.</summary>
internal static class ApiRows
{
    public static IReadOnlyList<CallRow> All { get; } =
    [
        CallRow.For<GetKeySource, ApiKeySource>((_, call) => $"/restapis/{call.ApiId}", async (aws, call, stop) =>
        {
            GetRestApiResponse api = await aws.Client.GetRestApiAsync(new() { RestApiId = call.ApiId }, stop);
            return new ApiKeySource(api.ApiKeySource == ApiKeySourceType.AUTHORIZER);
        }),
        CallRow.For<GetStageDeployment, StageDeployment>((_, call) => $"/restapis/{call.ApiId}/stages/{call.Stage}",
            async (aws, call, stop) =>
            {
                GetStageResponse stage = await aws.Client.GetStageAsync(new() { RestApiId = call.ApiId, StageName = call.Stage }, stop);
                return new StageDeployment(stage.DeploymentId ?? "");
            }),
        CallRow.For<GetDeployedMethods, IReadOnlyList<ApiMethod>>(
            (_, call) => $"/restapis/{call.ApiId}/deployments/{call.DeploymentId}",
            async (aws, call, stop) =>
            {
                GetDeploymentResponse deployment = await aws.Client.GetDeploymentAsync(
                    new() { RestApiId = call.ApiId, DeploymentId = call.DeploymentId, Embed = ["apisummary"] }, stop);
                return
                [
                    .. from path in deployment.ApiSummary ?? []
                       from method in path.Value
                       select new ApiMethod(path.Key.Length == 0 ? "/" : path.Key, method.Key, method.Value.ApiKeyRequired ?? false),
                ];
            }),
        CallRow.For<ListMethods, Page<ApiMethod>>((_, call) => $"/restapis/{call.ApiId}/resources", async (aws, call, stop) =>
        {
            GetResourcesResponse page = await aws.Client.GetResourcesAsync(
                new() { RestApiId = call.ApiId, Embed = ["methods"], Limit = Wire.PageSize, Position = call.Position }, stop);
            return new Page<ApiMethod>(
                [
                    .. from resource in page.Items ?? []
                       from method in resource.ResourceMethods ?? []
                       select new ApiMethod(resource.Path ?? "", method.Key, method.Value.ApiKeyRequired ?? false, resource.Id),
                ],
                Wire.NullIfEmpty(page.Position));
        }),
    ];
}
