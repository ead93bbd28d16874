using Amazon.Runtime;

namespace Amazon.APIGateway.Model;

/// <summary>A key in a usage plan.</summary>
public class UsagePlanKey : IUsagePlanKeyShape
{
    /// <summary>The key's id.</summary>
    public string? Id { get; set; }

    /// <summary>The key's name.</summary>
    public string? Name { get; set; }

    /// <summary>The kind of key: API_KEY.</summary>
    public string? Type { get; set; }

    /// <summary>The secret. AWS always sends it.</summary>
    public string? Value { get; set; }
}

/// <summary>The base of answers that are a key in a usage plan.</summary>
public abstract class UsagePlanKeyResponse : AmazonWebServiceResponse, IUsagePlanKeyShape
{
    /// <summary>The key's id.</summary>
    public string? Id { get; set; }

    /// <summary>The key's name.</summary>
    public string? Name { get; set; }

    /// <summary>The kind of key: API_KEY.</summary>
    public string? Type { get; set; }

    /// <summary>The secret. AWS always sends it.</summary>
    public string? Value { get; set; }
}

/// <summary>What every shape that is a key in a usage plan has.</summary>
internal interface IUsagePlanKeyShape
{
    string? Id { set; }

    string? Name { set; }

    string? Type { set; }

    string? Value { set; }
}
