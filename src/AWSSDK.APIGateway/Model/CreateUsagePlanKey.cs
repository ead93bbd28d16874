namespace Amazon.APIGateway.Model;

/// <summary>Puts a key into a usage plan.</summary>
public class CreateUsagePlanKeyRequest : AmazonAPIGatewayRequest
{
    /// <summary>The plan's id.</summary>
    public string? UsagePlanId { get; set; }

    /// <summary>The key's id.</summary>
    public string? KeyId { get; set; }

    /// <summary>The kind of key: API_KEY.</summary>
    public string? KeyType { get; set; }
}

/// <summary>The key in the plan.</summary>
public class CreateUsagePlanKeyResponse : UsagePlanKeyResponse;
