using Amazon.Runtime;

namespace Amazon.APIGateway.Model;

/// <summary>Asks for one deployment of an API.</summary>
public class GetDeploymentRequest : AmazonAPIGatewayRequest
{
    /// <summary>The API's id.</summary>
    public string? RestApiId { get; set; }

    /// <summary>The deployment's id.</summary>
    public string? DeploymentId { get; set; }

    /// <summary>What to send along: <c>apisummary</c> for the methods as they were deployed.</summary>
    public List<string>? Embed { get; set; }
}

/// <summary>A deployment.</summary>
public class GetDeploymentResponse : AmazonWebServiceResponse
{
    /// <summary>The id.</summary>
    public string? Id { get; set; }

    /// <summary>The methods as they were deployed, by path and verb.</summary>
    public Dictionary<string, Dictionary<string, MethodSnapshot>>? ApiSummary { get; set; }
}

/// <summary>A method as it was deployed.</summary>
public class MethodSnapshot
{
    /// <summary>Whether it asks for a key.</summary>
    public bool? ApiKeyRequired { get; set; }
}
