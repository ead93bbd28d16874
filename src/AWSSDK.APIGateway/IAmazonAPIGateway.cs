using Amazon.APIGateway.Model;
using Amazon.Runtime;

namespace Amazon.APIGateway;

/// <summary>The operations of Amazon API Gateway on API keys, usage plans and tags.</summary>
public interface IAmazonAPIGateway : IAmazonService, IDisposable
{
    /// <summary>Calls CreateApiKey.</summary>
    Task<CreateApiKeyResponse> CreateApiKeyAsync(CreateApiKeyRequest request, CancellationToken cancellationToken = default);

    /// <summary>Calls DeleteApiKey.</summary>
    Task<DeleteApiKeyResponse> DeleteApiKeyAsync(DeleteApiKeyRequest request, CancellationToken cancellationToken = default);

    /// <summary>Calls GetApiKey.</summary>
    Task<GetApiKeyResponse> GetApiKeyAsync(GetApiKeyRequest request, CancellationToken cancellationToken = default);

    /// <summary>Calls GetApiKeys.</summary>
    Task<GetApiKeysResponse> GetApiKeysAsync(GetApiKeysRequest request, CancellationToken cancellationToken = default);

    /// <summary>Calls GetTags.</summary>
    Task<GetTagsResponse> GetTagsAsync(GetTagsRequest request, CancellationToken cancellationToken = default);

    /// <summary>Calls ImportApiKeys.</summary>
    Task<ImportApiKeysResponse> ImportApiKeysAsync(ImportApiKeysRequest request, CancellationToken cancellationToken = default);

    /// <summary>Calls TagResource.</summary>
    Task<TagResourceResponse> TagResourceAsync(TagResourceRequest request, CancellationToken cancellationToken = default);

    /// <summary>Calls UntagResource.</summary>
    Task<UntagResourceResponse> UntagResourceAsync(UntagResourceRequest request, CancellationToken cancellationToken = default);

    /// <summary>Calls UpdateApiKey.</summary>
    Task<UpdateApiKeyResponse> UpdateApiKeyAsync(UpdateApiKeyRequest request, CancellationToken cancellationToken = default);

    /// <summary>Calls CreateUsagePlan.</summary>
    Task<CreateUsagePlanResponse> CreateUsagePlanAsync(CreateUsagePlanRequest request, CancellationToken cancellationToken = default);

    /// <summary>Calls CreateUsagePlanKey.</summary>
    Task<CreateUsagePlanKeyResponse> CreateUsagePlanKeyAsync(CreateUsagePlanKeyRequest request,
        CancellationToken cancellationToken = default);

    /// <summary>Calls DeleteUsagePlan.</summary>
    Task<DeleteUsagePlanResponse> DeleteUsagePlanAsync(DeleteUsagePlanRequest request, CancellationToken cancellationToken = default);

    /// <summary>Calls DeleteUsagePlanKey.</summary>
    Task<DeleteUsagePlanKeyResponse> DeleteUsagePlanKeyAsync(DeleteUsagePlanKeyRequest request,
        CancellationToken cancellationToken = default);

    /// <summary>Calls GetUsage.</summary>
    Task<GetUsageResponse> GetUsageAsync(GetUsageRequest request, CancellationToken cancellationToken = default);

    /// <summary>Calls GetUsagePlan.</summary>
    Task<GetUsagePlanResponse> GetUsagePlanAsync(GetUsagePlanRequest request, CancellationToken cancellationToken = default);

    /// <summary>Calls GetUsagePlanKey.</summary>
    Task<GetUsagePlanKeyResponse> GetUsagePlanKeyAsync(GetUsagePlanKeyRequest request, CancellationToken cancellationToken = default);

    /// <summary>Calls GetUsagePlanKeys.</summary>
    Task<GetUsagePlanKeysResponse> GetUsagePlanKeysAsync(GetUsagePlanKeysRequest request, CancellationToken cancellationToken = default);

    /// <summary>Calls GetUsagePlans.</summary>
    Task<GetUsagePlansResponse> GetUsagePlansAsync(GetUsagePlansRequest request, CancellationToken cancellationToken = default);

    /// <summary>Calls GetDeployment.</summary>
    Task<GetDeploymentResponse> GetDeploymentAsync(GetDeploymentRequest request, CancellationToken cancellationToken = default);

    /// <summary>Calls GetResources.</summary>
    Task<GetResourcesResponse> GetResourcesAsync(GetResourcesRequest request, CancellationToken cancellationToken = default);

    /// <summary>Calls GetRestApi.</summary>
    Task<GetRestApiResponse> GetRestApiAsync(GetRestApiRequest request, CancellationToken cancellationToken = default);

    /// <summary>Calls GetStage.</summary>
    Task<GetStageResponse> GetStageAsync(GetStageRequest request, CancellationToken cancellationToken = default);

    /// <summary>Calls UpdateUsage.</summary>
    Task<UpdateUsageResponse> UpdateUsageAsync(UpdateUsageRequest request, CancellationToken cancellationToken = default);

    /// <summary>Calls UpdateUsagePlan.</summary>
    Task<UpdateUsagePlanResponse> UpdateUsagePlanAsync(UpdateUsagePlanRequest request, CancellationToken cancellationToken = default);
}
