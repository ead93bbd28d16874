namespace Amazon.APIGateway.Model;

/// <summary>Asks for one usage plan.</summary>
public class GetUsagePlanRequest : AmazonAPIGatewayRequest
{
    /// <summary>The plan's id.</summary>
    public string? UsagePlanId { get; set; }
}

/// <summary>The plan.</summary>
public class GetUsagePlanResponse : UsagePlanResponse;
