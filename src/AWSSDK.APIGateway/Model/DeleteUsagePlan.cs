using Amazon.Runtime;

namespace Amazon.APIGateway.Model;

/// <summary>Deletes a usage plan.</summary>
public class DeleteUsagePlanRequest : AmazonAPIGatewayRequest
{
    /// <summary>The plan's id.</summary>
    public string? UsagePlanId { get; set; }
}

/// <summary>The answer to DeleteUsagePlan: it has no content.</summary>
public class DeleteUsagePlanResponse : AmazonWebServiceResponse;
