namespace Amazon.APIGateway.Model;

/// <summary>A stage that a usage plan opens.</summary>
public class ApiStage
{
    /// <summary>The API's id.</summary>
    public string? ApiId { get; set; }

    /// <summary>The stage's name.</summary>
    public string? Stage { get; set; }

    /// <summary>Rates of single methods, by <c>/path/METHOD</c>.</summary>
    public Dictionary<string, ThrottleSettings>? Throttle { get; set; }
}

/// <summary>A rate.</summary>
public class ThrottleSettings
{
    /// <summary>How many requests may come at once.</summary>
    public int? BurstLimit { get; set; }

    /// <summary>Requests a second.</summary>
    public double? RateLimit { get; set; }
}

/// <summary>Requests in a period.</summary>
public class QuotaSettings
{
    /// <summary>Requests in a period.</summary>
    public int? Limit { get; set; }

    /// <summary>Requests taken off in the first period.</summary>
    public int? Offset { get; set; }

    /// <summary>The period.</summary>
    public QuotaPeriodType? Period { get; set; }
}
