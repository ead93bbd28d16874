namespace Amazon.APIGateway.Model;

/// <summary>Asks for a new usage plan.</summary>
public class CreateUsagePlanRequest : AmazonAPIGatewayRequest
{
    /// <summary>The name.</summary>
    public string? Name { get; set; }

    /// <summary>The description.</summary>
    public string? Description { get; set; }

    /// <summary>The stages the plan opens.</summary>
    public List<ApiStage>? ApiStages { get; set; }

    /// <summary>The rate each key is held to.</summary>
    public ThrottleSettings? Throttle { get; set; }

    /// <summary>The requests each key has in a period.</summary>
    public QuotaSettings? Quota { get; set; }

    /// <summary>Tags for the plan.</summary>
    public Dictionary<string, string>? Tags { get; set; }
}

/// <summary>The new plan.</summary>
public class CreateUsagePlanResponse : UsagePlanResponse;
