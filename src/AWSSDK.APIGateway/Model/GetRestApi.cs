using Amazon.Runtime;

namespace Amazon.APIGateway.Model;

/// <summary>Asks for one REST API.</summary>
public class GetRestApiRequest : AmazonAPIGatewayRequest
{
    /// <summary>The API's id.</summary>
    public string? RestApiId { get; set; }
}

/// <summary>A REST API.</summary>
public class GetRestApiResponse : AmazonWebServiceResponse
{
    /// <summary>The id.</summary>
    public string? Id { get; set; }

    /// <summary>The name.</summary>
    public string? Name { get; set; }

    /// <summary>Where a request's key comes from.</summary>
    public ApiKeySourceType? ApiKeySource { get; set; }
}
