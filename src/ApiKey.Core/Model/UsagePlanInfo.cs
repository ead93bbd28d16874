using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using ApiKey.Service;
using ApiKey.Tags;
using ApiKey.Text;

namespace ApiKey.Model;

/// <summary>The period a quota counts in.</summary>
public enum QuotaPeriod : long
{
    /// <summary>A day, in UTC.</summary>
    Day,

    /// <summary>A week.</summary>
    Week,

    /// <summary>A month.</summary>
    Month,
}

/// <summary>A rate that requests are held to. Either part may be unset.</summary>
/// <param name="RateLimit">Requests a second; null for none specified.</param>
/// <param name="BurstLimit">How many requests may come at once; null for none specified.</param>
public sealed record ThrottleLimits(double? RateLimit, int? BurstLimit)
{
    /// <summary>For reading: <c>5/s, burst 10</c>.</summary>
    public override string ToString() =>
        (RateLimit is { } rate ? string.Create(CultureInfo.InvariantCulture, $"{rate:0.##}/s") : "any rate")
        + (BurstLimit is { } burst ? string.Create(CultureInfo.InvariantCulture, $", burst {burst}") : "");
}

/// <summary>A stage of an API that a usage plan opens to its keys.</summary>
/// <param name="ApiId">The API's id.</param>
/// <param name="Stage">The stage's name.</param>
[TypeConverter("ApiKey.Binding.ParameterConverter, ApiKey")]
public sealed record PlanStage(string ApiId, string Stage)
{
    private readonly TextMap<ThrottleLimits> _throttle = TextMap<ThrottleLimits>.Empty;

    /// <summary>Rates of single methods, by <c>/path/METHOD</c>.</summary>
    public IReadOnlyDictionary<string, ThrottleLimits> Throttle
    {
        get => _throttle;
        init => _throttle = TextMap<ThrottleLimits>.Of(value);
    }

    /// <summary>As AWS writes it: <c>apiId:stage</c>.</summary>
    public override string ToString() => $"{ApiId}:{Stage}";
}

/// <summary>What a caller asks a usage plan to be. Null means not specified.</summary>
internal sealed record UsagePlanSpec
{
    /// <summary>The name. Not unique on AWS.</summary>
    public required string Name { get; init; }

    /// <summary>The description.</summary>
    public string? Description { get; init; }

    /// <summary>The stages the plan opens.</summary>
    public IReadOnlyList<PlanStage> ApiStages { get; init; } = [];

    /// <summary>Requests a second that each key may make.</summary>
    public double? RateLimit { get; init; }

    /// <summary>How many requests of one key may come at once.</summary>
    public int? BurstLimit { get; init; }

    /// <summary>Requests that each key has in a period.</summary>
    public int? QuotaLimit { get; init; }

    /// <summary>The period of the quota.</summary>
    public QuotaPeriod? QuotaPeriod { get; init; }

    /// <summary>Requests taken off the quota in the first period.</summary>
    public int? QuotaOffset { get; init; }

    /// <summary>The AWS Marketplace product code. AWS accepts none with a new plan.</summary>
    public string? ProductCode { get; init; }

    /// <summary>The plan's own tags, without default tags.</summary>
    public TagSet Tags { get; init; } = TagSet.Empty;
}

/// <summary>A usage plan as it is: which stages its keys open, how fast, and how often.</summary>
public sealed record UsagePlanInfo
{
    private readonly IReadOnlyList<PlanStage> _apiStages = TextList<PlanStage>.Empty;

    /// <summary>The id.</summary>
    public required string Id { get; init; }

    /// <summary>The name; null when the plan has none.</summary>
    public string? Name { get; init; }

    /// <summary>The description; null when the plan has none.</summary>
    public string? Description { get; init; }

    /// <summary>The stages the plan opens.</summary>
    public IReadOnlyList<PlanStage> ApiStages
    {
        get => _apiStages;
        init => _apiStages = TextList<PlanStage>.Of(value);
    }

    /// <summary>Requests a second that each key may make; null for no limit.</summary>
    public double? RateLimit { get; init; }

    /// <summary>How many requests of one key may come at once; null for no limit.</summary>
    public int? BurstLimit { get; init; }

    /// <summary>Requests that each key has in a period; null for no quota.</summary>
    public int? QuotaLimit { get; init; }

    /// <summary>The period of the quota; null for no quota.</summary>
    public QuotaPeriod? QuotaPeriod { get; init; }

    /// <summary>Requests taken off the quota in the first period; null for no quota.</summary>
    public int? QuotaOffset { get; init; }

    /// <summary>The AWS Marketplace product code; null when there is none.</summary>
    public string? ProductCode { get; init; }

    /// <summary><c>arn:{partition}:apigateway:{region}::/usageplans/{id}</c>.</summary>
    public required string Arn { get; init; }

    /// <summary>The region the plan lives in.</summary>
    public required string Region { get; init; }

    /// <summary>The plan's own tags: those on it less AWS's own, ignored ones, and those equal to a default tag.</summary>
    public TagSet Tags { get; init; } = TagSet.Empty;

    /// <summary>Terraform's <c>tags_all</c>: own and default tags, less AWS's own and ignored ones.</summary>
    public TagSet TagsAll { get; init; } = TagSet.Empty;

    /// <summary>The CloudFormation stack that owns the plan; null for none. Read from the tag that CloudFormation puts on it.</summary>
    public string? StackName { get; init; }

    /// <summary>The connection the plan was read through, so that it goes back to where it lives when piped on.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    internal ApiGatewayConnection? Connection { get; init; }

    /// <summary>The name and the id.</summary>
    public override string ToString() => Show.Escape(Name is null ? Id : $"{Name} ({Id})");
}
