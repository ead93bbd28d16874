namespace Amazon.APIGateway.Model;

/// <summary>Asks for a new API key.</summary>
public class CreateApiKeyRequest : AmazonAPIGatewayRequest
{
    /// <summary>The name, at most 1024 characters.</summary>
    public string? Name { get; set; }

    /// <summary>The description.</summary>
    public string? Description { get; set; }

    /// <summary>Whether callers can use the key. When null, AWS makes a disabled key.</summary>
    public bool? Enabled { get; set; }

    /// <summary>Deprecated by AWS: whether id and value differ. Leave it null.</summary>
    public bool? GenerateDistinctId { get; set; }

    /// <summary>The secret, 20 to 128 characters; AWS generates one when null.</summary>
    public string? Value { get; set; }

    /// <summary>Deprecated by AWS: stages to tie the key to. Use usage plans.</summary>
    public List<StageKey>? StageKeys { get; set; }

    /// <summary>An AWS Marketplace customer identifier.</summary>
    public string? CustomerId { get; set; }

    /// <summary>Tags for the key.</summary>
    public Dictionary<string, string>? Tags { get; set; }
}

/// <summary>The new key, its value included.</summary>
public class CreateApiKeyResponse : ApiKeyResponse;
