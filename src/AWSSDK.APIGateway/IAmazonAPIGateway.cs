using Amazon.APIGateway.Model;
using Amazon.Runtime;

namespace Amazon.APIGateway;

/// <summary>The operations of Amazon API Gateway on API keys and tags.</summary>
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
}
