using Amazon.Runtime;

namespace Amazon.APIGateway.Model;

/// <summary>A usage plan: which stages its keys open, how fast and how often.</summary>
public class UsagePlan : IUsagePlanShape
{
    /// <summary>The id.</summary>
    public string? Id { get; set; }

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

    /// <summary>The AWS Marketplace product code.</summary>
    public string? ProductCode { get; set; }

    /// <summary>The tags on the plan.</summary>
    public Dictionary<string, string>? Tags { get; set; }
}

/// <summary>The base of answers that are a usage plan.</summary>
public abstract class UsagePlanResponse : AmazonWebServiceResponse, IUsagePlanShape
{
    /// <summary>The id.</summary>
    public string? Id { get; set; }

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

    /// <summary>The AWS Marketplace product code.</summary>
    public string? ProductCode { get; set; }

    /// <summary>The tags on the plan.</summary>
    public Dictionary<string, string>? Tags { get; set; }
}

/// <summary>What every shape that is a usage plan has.</summary>
internal interface IUsagePlanShape
{
    string? Id { set; }

    string? Name { set; }

    string? Description { set; }

    List<ApiStage>? ApiStages { set; }

    ThrottleSettings? Throttle { set; }

    QuotaSettings? Quota { set; }

    string? ProductCode { set; }

    Dictionary<string, string>? Tags { set; }
}
