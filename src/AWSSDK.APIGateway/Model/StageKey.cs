namespace Amazon.APIGateway.Model;

/// <summary>A stage of a REST API.</summary>
public class StageKey
{
    /// <summary>The API's id.</summary>
    public string? RestApiId { get; set; }

    /// <summary>The stage's name.</summary>
    public string? StageName { get; set; }
}
