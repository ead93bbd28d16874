using Amazon.Runtime;

namespace Amazon.APIGateway.Model;

/// <summary>Asks for one stage of an API.</summary>
public class GetStageRequest : AmazonAPIGatewayRequest
{
    /// <summary>The API's id.</summary>
    public string? RestApiId { get; set; }

    /// <summary>The stage's name.</summary>
    public string? StageName { get; set; }
}

/// <summary>A stage.</summary>
public class GetStageResponse : AmazonWebServiceResponse
{
    /// <summary>The name.</summary>
    public string? StageName { get; set; }

    /// <summary>The deployment that the stage serves.</summary>
    public string? DeploymentId { get; set; }
}
