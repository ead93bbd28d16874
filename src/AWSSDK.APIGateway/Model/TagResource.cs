using Amazon.Runtime;

namespace Amazon.APIGateway.Model;

/// <summary>Puts tags on a resource.</summary>
public class TagResourceRequest : AmazonAPIGatewayRequest
{
    /// <summary>The resource's ARN.</summary>
    public string? ResourceArn { get; set; }

    /// <summary>The tags.</summary>
    public Dictionary<string, string>? Tags { get; set; }
}

/// <summary>The answer to TagResource: it has no content.</summary>
public class TagResourceResponse : AmazonWebServiceResponse;
