using Amazon.Runtime;

namespace Amazon.APIGateway.Model;

/// <summary>Asks for a page of the keys in a usage plan.</summary>
public class GetUsagePlanKeysRequest : AmazonAPIGatewayRequest
{
    /// <summary>The plan's id.</summary>
    public string? UsagePlanId { get; set; }

    /// <summary>Only keys whose name starts with this, upper and lower case distinguished.</summary>
    public string? NameQuery { get; set; }

    /// <summary>Keys on a page: 25 when null, at most 500.</summary>
    public int? Limit { get; set; }

    /// <summary>Where the page starts: the position of the page before.</summary>
    public string? Position { get; set; }
}

/// <summary>A page of the keys in a usage plan.</summary>
public class GetUsagePlanKeysResponse : AmazonWebServiceResponse
{
    /// <summary>The keys on the page.</summary>
    public List<UsagePlanKey>? Items { get; set; }

    /// <summary>Where the next page starts; null on the last one.</summary>
    public string? Position { get; set; }
}
