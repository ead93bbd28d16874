using Amazon.Runtime;

namespace Amazon.APIGateway.Model;

/// <summary>Asks for a page of an API's resources.</summary>
public class GetResourcesRequest : AmazonAPIGatewayRequest
{
    /// <summary>The API's id.</summary>
    public string? RestApiId { get; set; }

    /// <summary>What to send along: <c>methods</c> for the methods whole.</summary>
    public List<string>? Embed { get; set; }

    /// <summary>Resources on a page: 25 when null, at most 500.</summary>
    public int? Limit { get; set; }

    /// <summary>Where the page starts: the position of the page before.</summary>
    public string? Position { get; set; }
}

/// <summary>A page of resources.</summary>
public class GetResourcesResponse : AmazonWebServiceResponse
{
    /// <summary>The resources on the page.</summary>
    public List<Resource>? Items { get; set; }

    /// <summary>Where the next page starts; null on the last one.</summary>
    public string? Position { get; set; }
}

/// <summary>A resource of an API.</summary>
public class Resource
{
    /// <summary>The id.</summary>
    public string? Id { get; set; }

    /// <summary>The path.</summary>
    public string? Path { get; set; }

    /// <summary>Its methods by their verbs.</summary>
    public Dictionary<string, Method>? ResourceMethods { get; set; }
}

/// <summary>A method of a resource.</summary>
public class Method
{
    /// <summary>Whether it asks for a key.</summary>
    public bool? ApiKeyRequired { get; set; }
}
