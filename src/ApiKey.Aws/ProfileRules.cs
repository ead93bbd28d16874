using Amazon.Runtime.CredentialManagement;
using ApiKey.Text;

namespace ApiKey.Aws;

/// <summary>What makes a profile of the AWS files unusable, judged before the SDK has it: that says so late, and each time in other
/// words or none. The settings are those of the AWS CLI.</summary>
internal static class ProfileRules
{
    private const string Begin = "Profile ";

    private static readonly string[] CredentialSources = ["Environment", "Ec2InstanceMetadata", "EcsContainer"];

    /// <summary>Whether a profile has a setting that is about credentials, be they whole or not.</summary>
    public static bool NamesCredentials(CredentialProfileOptions options) => new[]
    {
        options.AccessKey, options.SecretKey, options.Token, options.RoleArn, options.SourceProfile, options.CredentialSource,
        options.CredentialProcess, options.WebIdentityTokenFile, options.LoginSession, options.SsoSession, options.SsoStartUrl,
        options.SsoAccountId, options.SsoRoleName,
    }.Any(IsGiven);

    /// <summary>What is wrong with a profile, a sentence or two with the remedy; null for nothing.</summary>
    public static string? ProblemOf(CredentialProfile profile, CredentialProfileStoreChain profiles) => ProblemOf(profile, profiles, []);

    private static string? ProblemOf(CredentialProfile profile, CredentialProfileStoreChain profiles, IReadOnlyList<string> above)
    {
        CredentialProfileOptions options = profile.Options;
        string? problem = !NamesCredentials(options)
            ? $"it has no credentials. Run 'aws configure --profile {profile.Name}' or 'aws configure sso --profile {profile.Name}'."
            : IsGiven(options.RoleArn) ? ProblemOfRole(profile, profiles, above)
            : IsGiven(options.SsoSession) || IsGiven(options.SsoStartUrl) || IsGiven(options.SsoAccountId) || IsGiven(options.SsoRoleName)
                ? ProblemOfSso(profile)
            : IsGiven(options.AccessKey) || IsGiven(options.SecretKey) || IsGiven(options.Token) ? ProblemOfKeys(options)
            : IsGiven(options.SourceProfile) || IsGiven(options.CredentialSource) || IsGiven(options.WebIdentityTokenFile)
                ? "it says who may take on a role and has no role_arn. Add role_arn = the ARN of the role."
            : IsGiven(options.LoginSession) ? "this module does not read logins of 'aws login'. Run 'aws configure export-credentials "
                + $"--profile {profile.Name} --format powershell', which prints lines that set the credentials in this session."
            : null;

        // That of a source_profile names itself already.
        return problem is null || problem.StartsWith(Begin, StringComparison.Ordinal) ? problem
            : $"{Begin}{Show.Quote(profile.Name)} cannot be used: {problem}";
    }

    private static string? ProblemOfRole(CredentialProfile profile, CredentialProfileStoreChain profiles, IReadOnlyList<string> above)
    {
        CredentialProfileOptions options = profile.Options;
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
        string source = options.SourceProfile;
        if (source == profile.Name && IsGiven(options.AccessKey))
        {
            return ProblemOfKeys(options);
        }

        if (source == profile.Name || above.Contains(source, StringComparer.Ordinal))
        {
            return $"its source_profile goes round ({string.Join(" -> ", [.. above, profile.Name, source])}). Let the last one name a "
                + "profile with keys, SSO or a credential_process.";
        }

        return profiles.TryGetProfile(source, out CredentialProfile found) ? ProblemOf(found, profiles, [.. above, profile.Name])
            : $"its source_profile {Show.Quote(source)} does not exist. Name one that does, or make it: aws configure --profile {source}.";
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
