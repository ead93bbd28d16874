namespace Amazon.APIGateway.Model;

/// <summary>Changes a usage plan.</summary>
public class UpdateUsagePlanRequest : AmazonAPIGatewayRequest
{
    /// <summary>The plan's id.</summary>
    public string? UsagePlanId { get; set; }

    /// <summary>The changes, applied all or none.</summary>
    public List<PatchOperation>? PatchOperations { get; set; }
}

/// <summary>The plan after the change.</summary>
public class UpdateUsagePlanResponse : UsagePlanResponse;
