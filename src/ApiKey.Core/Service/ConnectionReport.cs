using ApiKey.Tags;
using ApiKey.Text;

namespace ApiKey.Service;

/// <summary>What is in force for a connection, and where each part came from. No secret is in it.</summary>
public sealed record ConnectionReport
{
    /// <summary>The source of an endpoint that nobody chose.</summary>
    internal const string EndpointOfAws = "AWS";

    private readonly IReadOnlyCollection<string> _ignoreTags = TextList<string>.Empty;
    private readonly IReadOnlyCollection<string> _ignoreTagPrefixes = TextList<string>.Empty;

    /// <summary>The region; null when none can be found.</summary>
    public string? Region { get; init; }

    /// <summary>Where the region came from, for example <c>parameter -Region</c> or <c>environment AWS_REGION</c>.</summary>
    public string? RegionSource { get; init; }

    /// <summary>The endpoint calls go to; null without a region.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>Where the endpoint came from.</summary>
    public string? EndpointSource { get; init; }

    /// <summary>The profile in use; null for none.</summary>
    public string? ProfileName { get; init; }

    /// <summary>Where the credentials will come from. They are not fetched to say so.</summary>
    public string? CredentialSource { get; init; }

    /// <summary>The role assumed with those credentials; null for none.</summary>
    public string? RoleArn { get; init; }

    /// <summary>Default tags, those from the environment included.</summary>
    public TagSet DefaultTags { get; init; } = TagSet.Empty;

    /// <summary>Ignored tag keys, those from the environment included.</summary>
    public IReadOnlyCollection<string> IgnoreTags
    {
        get => _ignoreTags;
        init => _ignoreTags = TextList<string>.Of([.. value]);
    }

    /// <summary>Ignored tag key prefixes, those from the environment included.</summary>
    public IReadOnlyCollection<string> IgnoreTagPrefixes
    {
        get => _ignoreTagPrefixes;
        init => _ignoreTagPrefixes = TextList<string>.Of([.. value]);
    }

    /// <summary>At most so many calls a second; null for no limit.</summary>
    public double? RequestsPerSecond { get; init; }

    /// <summary>How often a call is tried in all.</summary>
    public int MaxAttempts { get; init; }

    /// <summary>How long one try may take.</summary>
    public TimeSpan Timeout { get; init; }

    /// <summary>Whether calls go to the emulator in this process instead of AWS.</summary>
    public bool IsEmulator { get; init; }

    /// <summary>The connection itself, for the parameter <c>-Connection</c> of other commands.</summary>
    public required ApiGatewayConnection Connection { get; init; }
}
