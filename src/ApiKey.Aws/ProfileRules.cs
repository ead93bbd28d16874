using Amazon.Runtime.CredentialManagement;
using ApiKey.Service;
using ApiKey.Text;

namespace ApiKey.Aws;

/// <summary>A profile as it was read, and those that it may name.</summary>
internal sealed record FoundProfile(CredentialProfile Profile, CredentialProfileStoreChain Among);

/// <summary>What makes a profile of the AWS files unusable, judged before the SDK has it: that says so late, and each time in other
/// words or none. The settings are those of the AWS CLI.</summary>
internal static class ProfileRules
{
    private static readonly string[] CredentialSources = ["Environment", "Ec2InstanceMetadata", "EcsContainer"];

    /// <summary>Whether a profile has a setting that is about credentials, be they whole or not.</summary>
    public static bool NamesCredentials(CredentialProfileOptions options) => new[]
    {
        options.AccessKey, options.SecretKey, options.Token, options.RoleArn, options.SourceProfile, options.CredentialSource,
        options.CredentialProcess, options.WebIdentityTokenFile, options.LoginSession, options.SsoSession, options.SsoStartUrl,
        options.SsoAccountId, options.SsoRoleName,
    }.Any(IsGiven);

    /// <summary>What is wrong with a profile or with one that its role comes from, a sentence or two with the remedy; null for
    /// nothing.</summary>
    public static string? ProblemOf(FoundProfile found) => ProblemOf(found.Profile, found.Among, []);

    private static string? ProblemOf(CredentialProfile profile, CredentialProfileStoreChain profiles, IReadOnlyList<string> above)
    {
        CredentialProfileOptions options = profile.Options;
        CredentialProfile? source = null;
        string? problem = !NamesCredentials(options)
            ? $"it has no credentials. Run 'aws configure --profile {profile.Name}' or 'aws configure sso --profile {profile.Name}'."
            : IsGiven(options.RoleArn) ? ProblemOfRole(profile, profiles, above, out source)
            : IsGiven(options.SsoSession) || IsGiven(options.SsoStartUrl) || IsGiven(options.SsoAccountId) || IsGiven(options.SsoRoleName)
                ? ProblemOfSso(profile)
            : IsGiven(options.AccessKey) || IsGiven(options.SecretKey) || IsGiven(options.Token) ? ProblemOfKeys(options)
            : IsGiven(options.SourceProfile) || IsGiven(options.CredentialSource) || IsGiven(options.WebIdentityTokenFile)
                ? "it says who may take on a role and has no role_arn. Add role_arn = the ARN of the role."
            : IsGiven(options.LoginSession) ? "this module does not read logins of 'aws login'. Run 'aws configure export-credentials "
                + $"--profile {profile.Name} --format powershell', which prints lines that set the credentials in this session."
            : null;
        return problem is not null ? $"Profile {Show.Quote(profile.Name)} cannot be used: {problem}"
            : source is not null ? ProblemOf(source, profiles, [.. above, profile.Name])
            : null;
    }

    // The source is the other profile whose credentials the role is taken on with, if there is one.
    private static string? ProblemOfRole(CredentialProfile profile, CredentialProfileStoreChain profiles, IReadOnlyList<string> above,
        out CredentialProfile? source)
    {
        source = null;
        CredentialProfileOptions options = profile.Options;
        if (ConnectionRules.ProblemOfRole(options.RoleArn) is { } problem)
        {
            return $"its role_arn {problem}";
        }

        string[] sources = [options.SourceProfile, options.CredentialSource, options.WebIdentityTokenFile];
        switch (sources.Count(IsGiven))
        {
            case 0:
                return "it has a role_arn and does not say who takes the role on. Add source_profile = another profile, "
                    + $"credential_source ({string.Join(", ", CredentialSources)}) or web_identity_token_file.";
            case > 1:
                return "it has more than one of source_profile, credential_source and web_identity_token_file. Keep one of them.";
        }

        if (IsGiven(options.WebIdentityTokenFile))
        {
            return ProblemOfTokenFile(options.WebIdentityTokenFile, "web_identity_token_file");
        }

        if (IsGiven(options.CredentialSource))
        {
            return CredentialSources.Contains(options.CredentialSource, StringComparer.OrdinalIgnoreCase) ? null
                : $"its credential_source is {Show.Quote(options.CredentialSource)}. AWS knows {string.Join(", ", CredentialSources)}.";
        }

        // A role may be its own source where the profile has keys, too.
        string name = options.SourceProfile;
        if (name == profile.Name && IsGiven(options.AccessKey))
        {
            return ProblemOfKeys(options);
        }

        if (name == profile.Name || above.Contains(name, StringComparer.Ordinal))
        {
            return $"its source_profile goes round ({string.Join(" -> ", [.. above, profile.Name, name])}). Let the last one name a "
                + "profile with keys, SSO or a credential_process.";
        }

        return profiles.TryGetProfile(name, out source) ? null
            : $"its source_profile {Show.Quote(name)} does not exist. Name one that does, or make it: aws configure --profile {name}.";
    }

    /// <summary>What is wrong with a file of a web identity's token, as the end of a sentence and the remedy; null for nothing.</summary>
    public static string? ProblemOfTokenFile(string path, string setting)
    {
        string? problem = !Path.IsPathFullyQualified(path) ? "is not a whole path" : !File.Exists(path) ? "does not exist" : null;
        return problem is null ? null
            : $"the file of {setting}, {Show.Quote(path)}, {problem}. Set it to the file that your identity provider writes.";
    }

    // The SDK puts the settings of a [sso-session] section with those of the profile.
    private static string? ProblemOfSso(CredentialProfile profile)
    {
        CredentialProfileOptions options = profile.Options;
        string? session = IsGiven(options.SsoSession) ? options.SsoSession : null;
        string place = session is null ? "it" : $"its section [sso-session {Show.Escape(session)}]";
        (string Name, string? Value, string Place)[] needed =
        [
            ("sso_start_url", options.SsoStartUrl, place), ("sso_region", options.SsoRegion, place),
            ("sso_account_id", options.SsoAccountId, "it"), ("sso_role_name", options.SsoRoleName, "it"),
        ];
        return needed.FirstOrDefault(one => !IsGiven(one.Value)) is { Name: { } missing } first
            ? $"{first.Place} has no {missing}. Add it, or run 'aws configure sso --profile {profile.Name}'." : null;
    }

    private static string? ProblemOfKeys(CredentialProfileOptions options)
    {
        (string Name, bool IsThere)[] needed =
            [("aws_access_key_id", IsGiven(options.AccessKey)), ("aws_secret_access_key", IsGiven(options.SecretKey))];
        return needed.FirstOrDefault(one => !one.IsThere).Name is { } missing
            ? $"it has no {missing}. An access key has an aws_access_key_id and an aws_secret_access_key." : null;
    }

    private static bool IsGiven(string? setting) => !string.IsNullOrEmpty(setting);
}
