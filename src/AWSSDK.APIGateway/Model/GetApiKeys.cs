using Amazon.Runtime;

namespace Amazon.APIGateway.Model;

/// <summary>Asks for a page of API keys.</summary>
public class GetApiKeysRequest : AmazonAPIGatewayRequest
{
    /// <summary>Only keys of this AWS Marketplace customer.</summary>
    public string? CustomerId { get; set; }

    /// <summary>Whether the answer has the values.</summary>
    public bool? IncludeValues { get; set; }

    /// <summary>Keys on a page: 25 when null, at most 500.</summary>
    public int? Limit { get; set; }

    /// <summary>Only keys whose name starts with this, upper and lower case distinguished.</summary>
    public string? NameQuery { get; set; }

    /// <summary>Where the page starts: the position of the page before.</summary>
    public string? Position { get; set; }
}

/// <summary>A page of API keys.</summary>
public class GetApiKeysResponse : AmazonWebServiceResponse
{
    /// <summary>The keys on the page.</summary>
    public List<ApiKey>? Items { get; set; }

    /// <summary>Where the next page starts; null on the last one.</summary>
    public string? Position { get; set; }

    /// <summary>Warnings of an import.</summary>
    public List<string>? Warnings { get; set; }
}
