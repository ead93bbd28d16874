using Amazon.Runtime;

namespace Amazon.APIGateway.Model;

/// <summary>Takes tags off a resource.</summary>
public class UntagResourceRequest : AmazonAPIGatewayRequest
{
    /// <summary>The resource's ARN.</summary>
    public string? ResourceArn { get; set; }

    /// <summary>The keys of the tags.</summary>
    public List<string>? TagKeys { get; set; }
}

/// <summary>The answer to UntagResource: it has no content.</summary>
public class UntagResourceResponse : AmazonWebServiceResponse;
