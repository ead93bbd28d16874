using Amazon.Runtime;

namespace Amazon.APIGateway.Model;

/// <summary>Takes a key out of a usage plan.</summary>
public class DeleteUsagePlanKeyRequest : AmazonAPIGatewayRequest
{
    /// <summary>The plan's id.</summary>
    public string? UsagePlanId { get; set; }

    /// <summary>The key's id.</summary>
    public string? KeyId { get; set; }
}

/// <summary>The answer to DeleteUsagePlanKey: it has no content.</summary>
public class DeleteUsagePlanKeyResponse : AmazonWebServiceResponse;
