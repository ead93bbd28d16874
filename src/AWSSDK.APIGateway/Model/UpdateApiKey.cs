namespace Amazon.APIGateway.Model;

/// <summary>Changes an API key.</summary>
public class UpdateApiKeyRequest : AmazonAPIGatewayRequest
{
    /// <summary>The id.</summary>
    public string? ApiKey { get; set; }

    /// <summary>The changes, applied all or none.</summary>
    public List<PatchOperation>? PatchOperations { get; set; }
}

/// <summary>The key after the change, without its value.</summary>
public class UpdateApiKeyResponse : ApiKeyResponse;
