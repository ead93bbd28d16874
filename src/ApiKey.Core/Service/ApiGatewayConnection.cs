using System.Diagnostics;
using ApiKey.Tags;
using ApiKey.Text;

namespace ApiKey.Service;

/// <summary>
/// What was specified about reaching API Gateway: Terraform's provider block. Null means not specified, and then the usual AWS chain
/// decides (environment, profile, web identity, container, instance). It shows no secret.
/// </summary>
public sealed record ApiGatewayConnection
{
    /// <summary>How often a call is tried in all, when not specified.</summary>
    public const int DefaultMaxAttempts = 8;

    /// <summary>How long one try may take, when not specified.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(60);

    /// <summary>A connection with nothing specified.</summary>
    public static ApiGatewayConnection Default { get; } = new();

    /// <summary>The region, for example <c>eu-central-1</c>.</summary>
    public string? Region { get; init; }

    /// <summary>The profile in the shared config and credentials files.</summary>
    public string? ProfileName { get; init; }

    /// <summary>The file with the profile, when it is not the usual one.</summary>
    public string? ProfileLocation { get; init; }

    /// <summary>The role to assume with the credentials found.</summary>
    public string? RoleArn { get; init; }

    /// <summary>The external id the role's trust policy asks for.</summary>
    public string? ExternalId { get; init; }

    /// <summary>The name of the role's session in CloudTrail.</summary>
    public string? RoleSessionName { get; init; }

    /// <summary>Another endpoint than AWS's own, used as it is.</summary>
    public Uri? EndpointUrl { get; init; }

    /// <summary>Whether an endpoint that is neither encrypted nor on this machine is allowed.</summary>
    public bool AllowUnencryptedEndpoint { get; init; }

    /// <summary>Whether to use the FIPS endpoint; null leaves it to the AWS configuration.</summary>
    public bool? UseFipsEndpoint { get; init; }

    /// <summary>Whether to use the dual-stack endpoint; null leaves it to the AWS configuration.</summary>
    public bool? UseDualStackEndpoint { get; init; }

    /// <summary>The default tags that are specified, the environment not yet counted.</summary>
    public TagSet DefaultTags => TagPolicy.Defaults;

    /// <summary>The keys of ignored tags that are specified, the environment not yet counted.</summary>
    public IReadOnlyCollection<string> IgnoreTags => TextList<string>.Of([.. TagPolicy.IgnoredKeys]);

    /// <summary>The key prefixes of ignored tags that are specified, the environment not yet counted.</summary>
    public IReadOnlyCollection<string> IgnoreTagPrefixes => TextList<string>.Of([.. TagPolicy.IgnoredPrefixes]);

    /// <summary>At most so many calls a second; 0 for no limit; null keeps to AWS's quotas on AWS and has no limit elsewhere.</summary>
    public double? RequestsPerSecond { get; init; }

    /// <summary>How often a call is tried in all; null for <see cref="DefaultMaxAttempts"/>.</summary>
    public int? MaxAttempts { get; init; }

    /// <summary>How long one try may take; null for <see cref="DefaultTimeout"/>.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Whether calls go to the emulator in this process instead of AWS.</summary>
    public bool IsEmulator => Transport is not null;

    /// <summary>What is specified about default and ignored tags.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    internal TagPolicy TagPolicy { get; init; } = TagPolicy.None;

    /// <summary>
    /// Whether only the region and the profile are known: of an object that came back from a job or a file. The session's connection
    /// says the rest.
    /// </summary>
    internal bool IsPlaceOnly { get; init; }

    /// <summary>Gives credentials that the user handed over, fresh each time; null to let the AWS chain find them.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    internal Func<GivenCredentials>? Credentials { get; init; }

    /// <summary>What carries the requests instead of a socket: the emulator. Null for the network.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    internal HttpMessageHandler? Transport { get; init; }

    /// <summary>Puts something around what carries the requests, which sees each request and its answer: a recorder. Null for
    /// nothing.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    internal Func<HttpMessageHandler, HttpMessageHandler>? Around { get; init; }

    /// <summary>What time it is, for waits, for the time limit of a try, and for what AWS knows only after a while. Null for the system's
    /// time.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    internal TimeProvider? Clock { get; init; }

    /// <summary>Whether this connection and another lead to different places, as far as they say: what is in the one is not in the
    /// other.</summary>
    internal bool LeadsElsewhere(ApiGatewayConnection other) =>
        (Region is { } here && other.Region is { } there && !string.Equals(here, there, StringComparison.Ordinal))
        || !ReferenceEquals(Transport, other.Transport)
        || EndpointUrl != other.EndpointUrl
        || !string.Equals(ProfileName, other.ProfileName, StringComparison.Ordinal)
        || !string.Equals(RoleArn, other.RoleArn, StringComparison.Ordinal);

    /// <summary>Region and endpoint or profile, no secret.</summary>
    public override string ToString()
    {
        string where = IsEmulator ? "emulator" : EndpointUrl?.ToString() ?? (ProfileName is null ? "AWS" : $"AWS, profile {ProfileName}");
        return Region is null ? where : $"{where}, {Region}";
    }
}

/// <summary>Credentials a user gave. It shows none of them.</summary>
/// <param name="AccessKey">The access key id.</param>
/// <param name="SecretKey">The secret access key.</param>
/// <param name="SessionToken">The session token of temporary credentials.</param>
internal sealed record GivenCredentials(string AccessKey, string SecretKey, string? SessionToken)
{
    /// <summary>Says only that there are some.</summary>
    public override string ToString() => "(credentials)";
}
