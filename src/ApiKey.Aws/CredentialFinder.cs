using Amazon.APIGateway;
using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using Amazon.Runtime.Credentials;
using ApiKey.Calls;
using ApiKey.Service;
using ApiKey.Text;

namespace ApiKey.Aws;

/// <summary>Chooses where credentials come from. Fetching, caching and renewing them is the SDK's.</summary>
internal static class CredentialFinder
{
    private const string SessionName = "ApiKey";
    private const string ProfileVariable = "AWS_PROFILE";
    private const string RoleArn = "AWS_ROLE_ARN";
    private const string TokenFile = "AWS_WEB_IDENTITY_TOKEN_FILE";

    /// <summary>The profile in use when none is specified.</summary>
    public static string DefaultProfile => Environment.GetEnvironmentVariable(ProfileVariable) is { Length: > 0 } profile ? profile
        : "default";

    /// <summary>The profiles of the shared files, or of a file of the caller's.</summary>
    public static CredentialProfileStoreChain Profiles(string? location) => location is null ? new() : new(location);

    /// <summary>The profiles by name, each with its kind of credentials and its region.</summary>
    public static IReadOnlyList<NamedProfile> ListProfiles(string? location) =>
    [
        .. Profiles(location).ListProfiles()
            .Where(profile => !profile.Name.StartsWith("sso-session ", StringComparison.Ordinal))
            .OrderBy(profile => profile.Name, StringComparer.Ordinal)
            .Select(profile => new NamedProfile(profile.Name,
                Describe(profile) + (profile.Region is { } region ? $", {region.SystemName}" : ""))),
    ];

    /// <summary>Why a profile cannot be used as it is, for a warning; null when it can.</summary>
    public static string? FindProblem(string name, string? location)
    {
        return Find(name, location) is { } found ? ProfileRules.ProblemOf(found)
            : $"There is no profile {Show.Quote(name)} yet. {WhatThereIs(location)}";
    }

    private static FoundProfile? Find(string name, string? location)
    {
        CredentialProfileStoreChain profiles = Profiles(location);
        return profiles.TryGetProfile(name, out CredentialProfile profile) ? new FoundProfile(profile, profiles) : null;
    }

    private static string WhatThereIs(string? location) => ListProfiles(location) is { Count: > 0 } known
        ? $"There are: {string.Join(", ", known.Select(profile => profile.Name))}."
        : "There are no profiles; 'aws configure' makes one.";

    /// <summary>The credentials a connection names; null to let the SDK's default chain find them at the first call.</summary>
    public static AWSCredentials? FindSource(ApiGatewayConnection connection)
    {
        if (connection.IsEmulator)
        {
            return new BasicAWSCredentials("EMULATOR", "EMULATOR");
        }

        if (connection.Credentials is { } given)
        {
            return new HandedOverCredentials(given);
        }

        FoundProfile? profile = connection is { ProfileName: null, ProfileLocation: null } ? FindDefaultProfile()
            : FindProfile(connection.ProfileName ?? DefaultProfile, connection.ProfileLocation);
        return profile is null ? null : CredentialsOf(profile);
    }

    // Where the SDK's chain comes to a profile it passes over one that is not whole, and refuses one of SSO; so the profile is taken here.
    // One without a word of credentials leaves them to the container or the instance; one that is named and not there does not, as their
    // account may be another.
    private static FoundProfile? FindDefaultProfile()
    {
        if (Has("AWS_ACCESS_KEY_ID") && Has("AWS_SECRET_ACCESS_KEY"))
        {
            return null;
        }

        if (Has(TokenFile) && Has(RoleArn))
        {
            return ProblemOfWebIdentity() is { } problem
                ? throw new ApiGatewayException(ApiGatewayErrorKind.InvalidConfiguration, $"The AWS settings cannot be used: {problem}")
                : null;
        }

        if (Find(DefaultProfile, location: null) is { } found)
        {
            return ProfileRules.NamesCredentials(found.Profile.Options) ? found : null;
        }

        return !Has(ProfileVariable) ? null : throw new ApiGatewayException(ApiGatewayErrorKind.NoCredentials,
            $"There is no profile {Show.Quote(DefaultProfile)}, which $env:{ProfileVariable} names. {WhatThereIs(null)}");
    }

    private static string? ProblemOfWebIdentity() =>
        ConnectionRules.ProblemOfRole(Environment.GetEnvironmentVariable(RoleArn)!) is { } problem ? $"$env:{RoleArn} {problem}"
            : ProfileRules.ProblemOfTokenFile(Environment.GetEnvironmentVariable(TokenFile)!, $"$env:{TokenFile}");

    /// <summary>The credentials of the role a connection names, or those given when it names none.</summary>
    public static AWSCredentials? AssumeRole(ApiGatewayConnection connection, AWSCredentials? source, AmazonAPIGatewayConfig config) =>
        connection.RoleArn is { } role
            ? new AssumeRoleAWSCredentials(
                source ?? FindDefault(config),
                role,
                connection.RoleSessionName ?? SessionName,
                new AssumeRoleAWSCredentialsOptions { ExternalId = connection.ExternalId })
            : source;

    /// <summary>Says where credentials will come from, without fetching them.</summary>
    public static string Describe(ApiGatewayConnection connection)
    {
        if (connection.IsEmulator)
        {
            return "emulator, none needed";
        }

        if (connection.Credentials is not null)
        {
            return "given to Connect-ApiGateway";
        }

        if (connection.ProfileName is { } profile)
        {
            return DescribeProfile(profile, connection.ProfileLocation) ?? $"profile '{profile}', which does not exist";
        }

        return Has("AWS_ACCESS_KEY_ID") && Has("AWS_SECRET_ACCESS_KEY") ? "environment AWS_ACCESS_KEY_ID"
            : Has(TokenFile) ? "web identity (environment AWS_WEB_IDENTITY_TOKEN_FILE)"
            : DescribeProfile(DefaultProfile, connection.ProfileLocation)
            ?? (Has(ProfileVariable) ? $"profile '{DefaultProfile}', which does not exist"
                : Has("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") || Has("AWS_CONTAINER_CREDENTIALS_FULL_URI") ? "container"
                : "instance, if this machine is one; nothing else was found");
    }

    private static bool Has(string variable) => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable));

    private static FoundProfile FindProfile(string name, string? location) => Find(name, location)
        ?? throw new ApiGatewayException(ApiGatewayErrorKind.NoCredentials, $"There is no profile '{name}'. {WhatThereIs(location)}");

    private static AWSCredentials CredentialsOf(FoundProfile found)
    {
        CredentialProfile profile = found.Profile;
        string name = profile.Name;
        if (!string.IsNullOrEmpty(profile.Options.MfaSerial))
        {
            throw new ApiGatewayException(
                ApiGatewayErrorKind.NoCredentials,
                $"Profile '{name}' asks for an MFA code, which this command cannot ask for. Get temporary credentials (aws sts "
                + "get-session-token) and give them with Connect-ApiGateway -AccessKey -SecretKey -SessionToken.");
        }

        if (ProfileRules.ProblemOf(found) is { } problem)
        {
            throw new ApiGatewayException(ApiGatewayErrorKind.InvalidConfiguration, problem);
        }

        try
        {
            return profile.GetAWSCredentials(found.Among);
        }
        catch (InvalidDataException)
        {
            throw new ApiGatewayException(ApiGatewayErrorKind.InvalidConfiguration,
                $"Profile '{name}' cannot be used: its settings do not go together. Keep those of one way to credentials: an access key, "
                + "SSO, a role, or a credential_process.");
        }
        catch (Exception failure) when (failure is AmazonClientException or InvalidOperationException or ArgumentException)
        {
            throw new ApiGatewayException(ApiGatewayErrorKind.NoCredentials, $"Profile '{name}' gives no credentials: {failure.Message}",
                failure);
        }
    }

    /// <summary>What the SDK's default chain finds.</summary>
    public static AWSCredentials FindDefault(AmazonAPIGatewayConfig config)
    {
        try
        {
            return DefaultAWSCredentialsIdentityResolver.GetCredentials(config);
        }
        catch (AmazonClientException none)
        {
            throw Failures.NoCredentials(none);
        }
    }

    private static string? DescribeProfile(string name, string? location) =>
        Profiles(location).TryGetProfile(name, out CredentialProfile profile) ? Describe(profile) : null;

    private static string Describe(CredentialProfile profile)
    {
        CredentialProfileOptions options = profile.Options;
        string kind = !string.IsNullOrEmpty(options.RoleArn) ? $" (assumes role {options.RoleArn})"
            : !string.IsNullOrEmpty(options.SsoStartUrl) || !string.IsNullOrEmpty(options.SsoSession) ? " (SSO)"
            : !string.IsNullOrEmpty(options.CredentialProcess) ? " (credential process)"
            : "";
        return $"profile '{profile.Name}'{kind}";
    }

    // Asked each time, because the user's object may renew temporary credentials.
    private sealed class HandedOverCredentials(Func<GivenCredentials> give) : AWSCredentials
    {
        public override ImmutableCredentials GetCredentials()
        {
            GivenCredentials given = give();
            return new ImmutableCredentials(given.AccessKey, given.SecretKey, given.SessionToken);
        }
    }
}
