using ApiKey.Tags;

namespace ApiKey.Service;

/// <summary>What a connection must not say, checked before any call.</summary>
internal static class ConnectionRules
{
    /// <summary>What is wrong with a connection, each problem a sentence that says what to do; nothing when all is well.</summary>
    public static IReadOnlyList<string> ProblemsOf(ApiGatewayConnection connection) =>
    [
        .. ProblemsOfEndpoint(connection),
        .. ProblemsOfEmulator(connection),
        .. TagRules.ProblemsOf(connection.TagPolicy.Defaults),
    ];

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
            yield return "An endpoint of your own is used as it is, so -UseFipsEndpoint and -UseDualStackEndpoint do not go with "
                + "-EndpointUrl. Leave one of them out.";
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
                + "specify Connect-ApiGateway -AllowUnencryptedEndpoint."
            : null;
    }

    private static IEnumerable<string> ProblemsOfEmulator(ApiGatewayConnection connection)
    {
        if (connection.IsEmulator && (connection.EndpointUrl ?? (object?)connection.Credentials ?? connection.RoleArn) is not null)
        {
            yield return "-Emulator needs no endpoint and no credentials. Leave them out, or leave -Emulator out.";
        }
    }
}
