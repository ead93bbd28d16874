namespace Amazon.APIGateway.Model;

/// <summary>Asks whether a key is in a usage plan.</summary>
public class GetUsagePlanKeyRequest : AmazonAPIGatewayRequest
{
    /// <summary>The plan's id.</summary>
    public string? UsagePlanId { get; set; }

    /// <summary>The key's id.</summary>
    public string? KeyId { get; set; }
}

/// <summary>The key in the plan.</summary>
public class GetUsagePlanKeyResponse : UsagePlanKeyResponse;
