using System.Text.RegularExpressions;
using ApiKey.Tags;
using ApiKey.Text;

namespace ApiKey.Service;

/// <summary>What a connection must not say, checked before any call.</summary>
internal static partial class ConnectionRules
{
    /// <summary>What is wrong with a connection, each problem a sentence that says what to do; nothing when all is well.</summary>
    public static IReadOnlyList<string> ProblemsOf(ApiGatewayConnection connection) =>
    [
        .. connection.Region is { } region && ProblemOfRegion(region) is { } problem ? [problem] : Array.Empty<string>(),
        .. connection.RoleArn is { } role && ProblemOfRole(role) is { } wrong ? [wrong] : Array.Empty<string>(),
        .. ProblemsOfEndpoint(connection),
        .. ProblemsOfEmulator(connection),
        .. TagRules.ProblemsOf(connection.TagPolicy.Defaults, "an API key or a usage plan"),
    ];

    /// <summary>What is wrong with the name of a region, wherever it was given; null when it can be one. New regions come sooner than new
    /// versions of the SDK, so a name that nobody knows yet is not a problem; one that cannot be part of a host name is.</summary>
    public static string? ProblemOfRegion(string region) => RegionPattern().IsMatch(region) ? null
        : $"{Show.Quote(region)} is not the name of a region. Names of regions look like eu-central-1.";

    /// <summary>What is wrong with the ARN of a role, wherever it was given; null when it can be one. Its partition may be one that is
    /// not there yet.</summary>
    public static string? ProblemOfRole(string arn) => RolePattern().IsMatch(arn) ? null
        : $"{Show.Quote(arn)} is not the ARN of a role. ARNs of roles look like arn:aws:iam::123456789012:role/keys.";

    [GeneratedRegex("^[a-z0-9](-?[a-z0-9])*\\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex RegionPattern();

    [GeneratedRegex("^arn:aws(-[a-z]+)*:iam::[0-9]{12}:role/[!-~]+\\z", RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex RolePattern();

    private static IEnumerable<string> ProblemsOfEndpoint(ApiGatewayConnection connection)
    {
        if (connection.EndpointUrl is not { } endpoint)
        {
            yield break;
        }

        if (ProblemOfEndpoint(endpoint.OriginalString, connection.AllowUnencryptedEndpoint) is { } problem)
        {
            yield return problem;
        }
        else if (connection.UseFipsEndpoint is true || connection.UseDualStackEndpoint is true)
        {
            yield return $"An endpoint of your own is used as it is, so {Setting(nameof(ApiGatewayConnection.UseFipsEndpoint))} and "
                + $"{Setting(nameof(ApiGatewayConnection.UseDualStackEndpoint))} do not go with "
                + $"{Setting(nameof(ApiGatewayConnection.EndpointUrl))}. Omit one of them.";
        }
    }

    /// <summary>What is wrong with an endpoint, wherever it was given: as a parameter, in a variable or in a profile. Null when all is
    /// well.</summary>
    public static string? ProblemOfEndpoint(string endpoint, bool allowUnencrypted)
    {
        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out Uri? address)
            || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps))
        {
            return $"The endpoint '{endpoint}' is not an http or https address. Write it in full, for example "
                + "https://vpce-1234.apigateway.us-east-1.vpce.amazonaws.com.";
        }

        return address.Scheme == Uri.UriSchemeHttp && !address.IsLoopback && !allowUnencrypted
            ? $"The endpoint {address} is not encrypted and not on this machine, so key values would travel in the clear. Use https, or "
                + $"specify {Words.Typed.Command(Act.Connect)} {Setting(nameof(ApiGatewayConnection.AllowUnencryptedEndpoint))}."
            : null;
    }

    private static string Setting(string name) => Words.Typed.Setting(name);

    private static IEnumerable<string> ProblemsOfEmulator(ApiGatewayConnection connection)
    {
        if (connection.IsEmulator && (connection.EndpointUrl ?? (object?)connection.Credentials ?? connection.RoleArn) is not null)
        {
            string emulator = Setting(nameof(ApiGatewayConnection.IsEmulator));
            yield return $"{emulator} needs no endpoint and no credentials. Omit them, or omit {emulator}.";
        }
    }
}
