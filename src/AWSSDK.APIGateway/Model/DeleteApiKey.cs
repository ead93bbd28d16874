using Amazon.Runtime;

namespace Amazon.APIGateway.Model;

/// <summary>Deletes an API key.</summary>
public class DeleteApiKeyRequest : AmazonAPIGatewayRequest
{
    /// <summary>The id.</summary>
    public string? ApiKey { get; set; }
}

/// <summary>The answer to DeleteApiKey: it has no content.</summary>
public class DeleteApiKeyResponse : AmazonWebServiceResponse;
