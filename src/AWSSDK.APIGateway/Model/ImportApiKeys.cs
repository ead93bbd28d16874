using Amazon.Runtime;

namespace Amazon.APIGateway.Model;

/// <summary>Makes or overwrites API keys from a file.</summary>
public class ImportApiKeysRequest : AmazonAPIGatewayRequest
{
    /// <summary>The file's bytes.</summary>
    public MemoryStream? Body { get; set; }

    /// <summary>Whether one warning undoes the whole import.</summary>
    public bool? FailOnWarnings { get; set; }

    /// <summary>The file's format.</summary>
    public ApiKeysFormat? Format { get; set; }
}

/// <summary>What an import made.</summary>
public class ImportApiKeysResponse : AmazonWebServiceResponse
{
    /// <summary>The ids of the keys.</summary>
    public List<string>? Ids { get; set; }

    /// <summary>What went wrong with single keys.</summary>
    public List<string>? Warnings { get; set; }
}
