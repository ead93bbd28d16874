using Amazon.Runtime;

namespace Amazon.APIGateway.Model;

/// <summary>Asks for a page of usage plans.</summary>
public class GetUsagePlansRequest : AmazonAPIGatewayRequest
{
    /// <summary>Only plans that this key is in.</summary>
    public string? KeyId { get; set; }

    /// <summary>Plans on a page: 25 when null, at most 500.</summary>
    public int? Limit { get; set; }

    /// <summary>Where the page starts: the position of the page before.</summary>
    public string? Position { get; set; }
}

/// <summary>A page of usage plans.</summary>
public class GetUsagePlansResponse : AmazonWebServiceResponse
{
    /// <summary>The plans on the page.</summary>
    public List<UsagePlan>? Items { get; set; }

    /// <summary>Where the next page starts; null on the last one.</summary>
    public string? Position { get; set; }
}
