using Amazon.Runtime;

namespace Amazon.APIGateway.Model;

/// <summary>Asks what the keys of a usage plan used, day by day.</summary>
public class GetUsageRequest : AmazonAPIGatewayRequest
{
    /// <summary>The plan's id.</summary>
    public string? UsagePlanId { get; set; }

    /// <summary>The key's id; null for all keys of the plan.</summary>
    public string? KeyId { get; set; }

    /// <summary>The first day, as yyyy-mm-dd.</summary>
    public string? StartDate { get; set; }

    /// <summary>The last day, as yyyy-mm-dd.</summary>
    public string? EndDate { get; set; }

    /// <summary>Keys on a page: 25 when null, at most 500.</summary>
    public int? Limit { get; set; }

    /// <summary>Where the page starts: the position of the page before.</summary>
    public string? Position { get; set; }
}

/// <summary>Changes what a key has left.</summary>
public class UpdateUsageRequest : AmazonAPIGatewayRequest
{
    /// <summary>The plan's id.</summary>
    public string? UsagePlanId { get; set; }

    /// <summary>The key's id.</summary>
    public string? KeyId { get; set; }

    /// <summary>The changes: replace <c>/remaining</c>.</summary>
    public List<PatchOperation>? PatchOperations { get; set; }
}

/// <summary>The base of answers that are usage.</summary>
public abstract class UsageResponse : AmazonWebServiceResponse
{
    /// <summary>The plan's id.</summary>
    public string? UsagePlanId { get; set; }

    /// <summary>The first day, as yyyy-mm-dd.</summary>
    public string? StartDate { get; set; }

    /// <summary>The last day, as yyyy-mm-dd.</summary>
    public string? EndDate { get; set; }

    /// <summary>Where the next page starts; null on the last one.</summary>
    public string? Position { get; set; }

    /// <summary>By key id, for each day what was used and what was left.</summary>
    public Dictionary<string, List<List<long>>>? Items { get; set; }
}

/// <summary>A page of usage.</summary>
public class GetUsageResponse : UsageResponse;

/// <summary>The usage after the change.</summary>
public class UpdateUsageResponse : UsageResponse;
