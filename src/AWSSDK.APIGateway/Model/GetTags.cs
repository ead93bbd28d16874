using Amazon.Runtime;

namespace Amazon.APIGateway.Model;

/// <summary>Asks for a resource's tags.</summary>
public class GetTagsRequest : AmazonAPIGatewayRequest
{
    /// <summary>The resource's ARN.</summary>
    public string? ResourceArn { get; set; }

    /// <summary>Not supported by AWS.</summary>
    public string? Position { get; set; }

    /// <summary>Not supported by AWS.</summary>
    public int? Limit { get; set; }
}

/// <summary>The tags of a resource.</summary>
public class GetTagsResponse : AmazonWebServiceResponse
{
    /// <summary>The tags.</summary>
    public Dictionary<string, string>? Tags { get; set; }
}
