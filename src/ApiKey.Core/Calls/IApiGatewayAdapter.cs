using ApiKey.Service;

namespace ApiKey.Calls;

/// <summary>The AWS side as a whole: loaded on the first call, in an AssemblyLoadContext of its own.</summary>
internal interface IApiGatewayAdapter
{
    /// <summary>Makes a client for a connection. Finds region and credentials; makes no API Gateway call.</summary>
    /// <exception cref="ApiGatewayException">Region or credentials cannot be found, or settings contradict each other.</exception>
    IApiGateway Open(ApiGatewayConnection connection);

    /// <summary>Says what is in force for a connection and where each part came from. Makes no call and shows no secret.</summary>
    ConnectionReport Describe(ApiGatewayConnection connection);

    /// <summary>The regions the SDK knows, by name. Makes no call.</summary>
    IReadOnlyList<NamedRegion> ListRegions();

    /// <summary>The profiles of the shared files, or of one file, by name. Makes no call.</summary>
    /// <param name="location">The file; null for the usual ones.</param>
    IReadOnlyList<NamedProfile> ListProfiles(string? location);

    /// <summary>Why a profile cannot be used as it is, for a warning; null when it can. Makes no call.</summary>
    /// <param name="name">The profile.</param>
    /// <param name="location">Its file; null for the usual ones.</param>
    string? FindProblem(string name, string? location);
}

/// <summary>A region as it is written and as it is called.</summary>
/// <param name="Name">For example <c>eu-central-1</c>.</param>
/// <param name="DisplayName">For example <c>Europe (Frankfurt)</c>.</param>
internal sealed record NamedRegion(string Name, string DisplayName);

/// <summary>A profile and what is in it, no secret.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">Its kind of credentials and its region.</param>
internal sealed record NamedProfile(string Name, string Description);
