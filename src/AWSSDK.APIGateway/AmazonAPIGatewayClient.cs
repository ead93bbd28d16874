using Amazon.APIGateway.Internal;
using Amazon.APIGateway.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.APIGateway;

/// <summary>
/// A client for Amazon API Gateway on AWSSDK.Core: credentials, signing, retry and HTTP are the SDK's own. Names and types are
/// those of the official package.
/// </summary>
public class AmazonAPIGatewayClient : AmazonServiceClient, IAmazonAPIGateway
{
    private static readonly IServiceMetadata Metadata = new ServiceDescription();

    /// <summary>A client with the credentials, region and settings the SDK finds.</summary>
    public AmazonAPIGatewayClient()
        : this(new AmazonAPIGatewayConfig())
    {
    }

    /// <summary>A client for a region, with the credentials the SDK finds.</summary>
    public AmazonAPIGatewayClient(RegionEndpoint region)
        : this(new AmazonAPIGatewayConfig { RegionEndpoint = region })
    {
    }

    /// <summary>A client with settings, with the credentials the SDK finds.</summary>
    public AmazonAPIGatewayClient(AmazonAPIGatewayConfig config)
        : base(config)
    {
    }

    /// <summary>A client with credentials, for a region.</summary>
    public AmazonAPIGatewayClient(AWSCredentials credentials, RegionEndpoint region)
        : this(credentials, new AmazonAPIGatewayConfig { RegionEndpoint = region })
    {
    }

    /// <summary>A client with credentials and settings.</summary>
    public AmazonAPIGatewayClient(AWSCredentials credentials, AmazonAPIGatewayConfig clientConfig)
        : base(credentials, clientConfig)
    {
    }

    /// <inheritdoc/>
    protected override IServiceMetadata ServiceMetadata => Metadata;

    /// <inheritdoc/>
    public virtual Task<CreateApiKeyResponse> CreateApiKeyAsync(CreateApiKeyRequest request,
        CancellationToken cancellationToken = default) =>
        InvokeAsync<CreateApiKeyResponse>(request, Operations.CreateApiKey.Options, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<DeleteApiKeyResponse> DeleteApiKeyAsync(DeleteApiKeyRequest request,
        CancellationToken cancellationToken = default) =>
        InvokeAsync<DeleteApiKeyResponse>(request, Operations.DeleteApiKey.Options, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<GetApiKeyResponse> GetApiKeyAsync(GetApiKeyRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<GetApiKeyResponse>(request, Operations.GetApiKey.Options, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<GetApiKeysResponse> GetApiKeysAsync(GetApiKeysRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<GetApiKeysResponse>(request, Operations.GetApiKeys.Options, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<GetTagsResponse> GetTagsAsync(GetTagsRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<GetTagsResponse>(request, Operations.GetTags.Options, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<ImportApiKeysResponse> ImportApiKeysAsync(ImportApiKeysRequest request,
        CancellationToken cancellationToken = default) =>
        InvokeAsync<ImportApiKeysResponse>(request, Operations.ImportApiKeys.Options, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<TagResourceResponse> TagResourceAsync(TagResourceRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<TagResourceResponse>(request, Operations.TagResource.Options, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<UntagResourceResponse> UntagResourceAsync(UntagResourceRequest request,
        CancellationToken cancellationToken = default) =>
        InvokeAsync<UntagResourceResponse>(request, Operations.UntagResource.Options, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<UpdateApiKeyResponse> UpdateApiKeyAsync(UpdateApiKeyRequest request,
        CancellationToken cancellationToken = default) =>
        InvokeAsync<UpdateApiKeyResponse>(request, Operations.UpdateApiKey.Options, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<CreateUsagePlanResponse> CreateUsagePlanAsync(CreateUsagePlanRequest request,
        CancellationToken cancellationToken = default) =>
        InvokeAsync<CreateUsagePlanResponse>(request, PlanOperations.CreateUsagePlan.Options, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<CreateUsagePlanKeyResponse> CreateUsagePlanKeyAsync(CreateUsagePlanKeyRequest request,
        CancellationToken cancellationToken = default) =>
        InvokeAsync<CreateUsagePlanKeyResponse>(request, PlanOperations.CreateUsagePlanKey.Options, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<DeleteUsagePlanResponse> DeleteUsagePlanAsync(DeleteUsagePlanRequest request,
        CancellationToken cancellationToken = default) =>
        InvokeAsync<DeleteUsagePlanResponse>(request, PlanOperations.DeleteUsagePlan.Options, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<DeleteUsagePlanKeyResponse> DeleteUsagePlanKeyAsync(DeleteUsagePlanKeyRequest request,
        CancellationToken cancellationToken = default) =>
        InvokeAsync<DeleteUsagePlanKeyResponse>(request, PlanOperations.DeleteUsagePlanKey.Options, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<GetUsageResponse> GetUsageAsync(GetUsageRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<GetUsageResponse>(request, PlanOperations.GetUsage.Options, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<GetUsagePlanResponse> GetUsagePlanAsync(GetUsagePlanRequest request,
        CancellationToken cancellationToken = default) =>
        InvokeAsync<GetUsagePlanResponse>(request, PlanOperations.GetUsagePlan.Options, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<GetUsagePlanKeyResponse> GetUsagePlanKeyAsync(GetUsagePlanKeyRequest request,
        CancellationToken cancellationToken = default) =>
        InvokeAsync<GetUsagePlanKeyResponse>(request, PlanOperations.GetUsagePlanKey.Options, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<GetUsagePlanKeysResponse> GetUsagePlanKeysAsync(GetUsagePlanKeysRequest request,
        CancellationToken cancellationToken = default) =>
        InvokeAsync<GetUsagePlanKeysResponse>(request, PlanOperations.GetUsagePlanKeys.Options, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<GetUsagePlansResponse> GetUsagePlansAsync(GetUsagePlansRequest request,
        CancellationToken cancellationToken = default) =>
        InvokeAsync<GetUsagePlansResponse>(request, PlanOperations.GetUsagePlans.Options, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<UpdateUsageResponse> UpdateUsageAsync(UpdateUsageRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<UpdateUsageResponse>(request, PlanOperations.UpdateUsage.Options, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<UpdateUsagePlanResponse> UpdateUsagePlanAsync(UpdateUsagePlanRequest request,
        CancellationToken cancellationToken = default) =>
        InvokeAsync<UpdateUsagePlanResponse>(request, PlanOperations.UpdateUsagePlan.Options, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<GetDeploymentResponse> GetDeploymentAsync(GetDeploymentRequest request,
        CancellationToken cancellationToken = default) =>
        InvokeAsync<GetDeploymentResponse>(request, ApiOperations.GetDeployment.Options, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<GetResourcesResponse> GetResourcesAsync(GetResourcesRequest request,
        CancellationToken cancellationToken = default) =>
        InvokeAsync<GetResourcesResponse>(request, ApiOperations.GetResources.Options, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<GetRestApiResponse> GetRestApiAsync(GetRestApiRequest request,
        CancellationToken cancellationToken = default) =>
        InvokeAsync<GetRestApiResponse>(request, ApiOperations.GetRestApi.Options, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<GetStageResponse> GetStageAsync(GetStageRequest request,
        CancellationToken cancellationToken = default) =>
        InvokeAsync<GetStageResponse>(request, ApiOperations.GetStage.Options, cancellationToken);

    /// <summary>Settings with the SDK's defaults, for the SDK's dependency injection.</summary>
    static ClientConfig IAmazonService.CreateDefaultClientConfig() => new AmazonAPIGatewayConfig();

    /// <summary>A client, for the SDK's dependency injection.</summary>
    static IAmazonService IAmazonService.CreateDefaultServiceClient(AWSCredentials awsCredentials, ClientConfig clientConfig) =>
        new AmazonAPIGatewayClient(awsCredentials, (AmazonAPIGatewayConfig)clientConfig);

    /// <inheritdoc/>
    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        pipeline.RemoveHandler<EndpointResolver>();
        pipeline.AddHandlerAfter<Marshaller>(new APIGatewayEndpointResolver());
        pipeline.AddHandlerAfter<Marshaller>(new SigV4Resolver());
    }

    private sealed class ServiceDescription : IServiceMetadata
    {
        public string ServiceId => "API Gateway";

        public IDictionary<string, string> OperationNameMapping { get; } = new Dictionary<string, string>(StringComparer.Ordinal);
    }
}
