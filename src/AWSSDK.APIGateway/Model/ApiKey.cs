using Amazon.Runtime;

namespace Amazon.APIGateway.Model;

/// <summary>An API key.</summary>
public class ApiKey : IApiKeyShape
{
    /// <summary>The id.</summary>
    public string? Id { get; set; }

    /// <summary>The name.</summary>
    public string? Name { get; set; }

    /// <summary>The description.</summary>
    public string? Description { get; set; }

    /// <summary>The AWS Marketplace customer identifier.</summary>
    public string? CustomerId { get; set; }

    /// <summary>Whether callers can use the key.</summary>
    public bool? Enabled { get; set; }

    /// <summary>When the key was made, in UTC.</summary>
    public DateTime? CreatedDate { get; set; }

    /// <summary>When the key last changed, in UTC.</summary>
    public DateTime? LastUpdatedDate { get; set; }

    /// <summary>The stages the key is tied to, as <c>apiId/stage</c>.</summary>
    public List<string>? StageKeys { get; set; }

    /// <summary>The tags on the key.</summary>
    public Dictionary<string, string>? Tags { get; set; }

    /// <summary>The secret; null unless it was asked for.</summary>
    public string? Value { get; set; }
}

/// <summary>The base of answers that are an API key.</summary>
public abstract class ApiKeyResponse : AmazonWebServiceResponse, IApiKeyShape
{
    /// <summary>The id.</summary>
    public string? Id { get; set; }

    /// <summary>The name.</summary>
    public string? Name { get; set; }

    /// <summary>The description.</summary>
    public string? Description { get; set; }

    /// <summary>The AWS Marketplace customer identifier.</summary>
    public string? CustomerId { get; set; }

    /// <summary>Whether callers can use the key.</summary>
    public bool? Enabled { get; set; }

    /// <summary>When the key was made, in UTC.</summary>
    public DateTime? CreatedDate { get; set; }

    /// <summary>When the key last changed, in UTC.</summary>
    public DateTime? LastUpdatedDate { get; set; }

    /// <summary>The stages the key is tied to, as <c>apiId/stage</c>.</summary>
    public List<string>? StageKeys { get; set; }

    /// <summary>The tags on the key.</summary>
    public Dictionary<string, string>? Tags { get; set; }

    /// <summary>The secret; null unless it was asked for.</summary>
    public string? Value { get; set; }
}

/// <summary>What every shape that is an API key has.</summary>
internal interface IApiKeyShape
{
    string? Id { set; }

    string? Name { set; }

    string? Description { set; }

    string? CustomerId { set; }

    bool? Enabled { set; }

    DateTime? CreatedDate { set; }

    DateTime? LastUpdatedDate { set; }

    List<string>? StageKeys { set; }

    Dictionary<string, string>? Tags { set; }

    string? Value { set; }
}
