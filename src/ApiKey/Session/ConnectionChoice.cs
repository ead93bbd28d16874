using ApiKey.Service;

namespace ApiKey.Session;

/// <summary>What was specified about the connection on one command line; null where nothing was.</summary>
/// <param name="Connection">-Connection.</param>
/// <param name="Region">-Region.</param>
/// <param name="ProfileName">-ProfileName.</param>
/// <param name="EndpointUrl">-EndpointUrl.</param>
internal sealed record ConnectionChoice(ApiGatewayConnection? Connection, string? Region, string? ProfileName, Uri? EndpointUrl)
{
    /// <summary>Each profile with each region; null where none was specified.</summary>
    public static IReadOnlyList<ConnectionChoice> Each(ApiGatewayConnection? connection, string[]? regions, string[]? profiles,
        Uri? endpointUrl) =>
    [
        .. from profile in profiles?.Distinct(StringComparer.Ordinal) ?? [null]
           from region in regions?.Distinct(StringComparer.OrdinalIgnoreCase) ?? [null]
           select new ConnectionChoice(connection, region, profile, endpointUrl),
    ];

    /// <summary>The connection the parts are laid over: the one specified, or the one a piped object came from, or the session's.</summary>
    public ApiGatewayConnection BasisOf(ApiGatewayConnection? origin)
    {
        ApiGatewayConnection session = SessionConnection.Current ?? ApiGatewayConnection.Default;
        if (origin is { IsPlaceOnly: true })
        {
            origin = At(session, origin.Region, origin.ProfileName == session.ProfileName ? null : origin.ProfileName);
        }

        return Connection ?? origin ?? session;
    }

    /// <summary>A connection with the parts that were specified.</summary>
    public ApiGatewayConnection Over(ApiGatewayConnection basis)
    {
        ApiGatewayConnection connection = At(basis, Region, ProfileName);
        if (EndpointUrl is not null)
        {
            connection = connection with { EndpointUrl = EndpointUrl, Transport = null };
        }

        return connection;
    }

    private static ApiGatewayConnection At(ApiGatewayConnection connection, string? region, string? profileName)
    {
        if (profileName is not null)
        {
            connection = connection
                with
            { ProfileName = profileName, Credentials = null, RoleArn = null, ExternalId = null, RoleSessionName = null };
        }

        return connection with { Region = region ?? connection.Region };
    }

    /// <summary>What was specified, as an error names it: <c>in eu-west-1, profile b</c>; empty when nothing was.</summary>
    public override string ToString() =>
        string.Join(", ", new[] { Region is null ? null : $"in {Region}", ProfileName is null ? null : $"profile {ProfileName}" }
            .Where(part => part is not null));
}
