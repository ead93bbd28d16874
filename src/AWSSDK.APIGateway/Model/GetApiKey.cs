namespace Amazon.APIGateway.Model;

/// <summary>Asks for one API key.</summary>
public class GetApiKeyRequest : AmazonAPIGatewayRequest
{
    /// <summary>The id.</summary>
    public string? ApiKey { get; set; }

    /// <summary>Whether the answer has the value.</summary>
    public bool? IncludeValue { get; set; }
}

/// <summary>The key.</summary>
public class GetApiKeyResponse : ApiKeyResponse;
