using System.Management.Automation;

namespace ApiKey.Tests.Engine;

/// <summary>A profile that is not whole is an error before any call: it names the profile, what is wrong with it and the remedy, and
/// neither a line of the file nor an exception of the SDK.</summary>
public sealed class ProfileRuleTests(ProfileRuleTests.Fixture fixture) : IClassFixture<ProfileRuleTests.Fixture>
{
    private const string Sso = "[prod]\nsso_session = work\nsso_account_id = 123456789012\nsso_role_name = k\n[sso-session work]\n";
    private const string Role = "[prod]\nrole_arn = arn:aws:iam::123456789012:role/keys\n";

    // Stands for the whole path of a file that does not exist, which begins with a drive on Windows.
    private const string Missing = "<missing>";

    private static readonly string MissingFile = Path.Combine(Path.GetPathRoot(Path.GetTempPath())!, "nowhere", "token");

    [Theory]
    [InlineData(Sso + "sso_region = eu-west-1\n",
        "Profile 'prod' cannot be used: its section [sso-session work] has no sso_start_url. Add it, or run 'aws configure sso --profile "
        + "prod'.")]
    [InlineData(Sso + "sso_start_url = https://example.awsapps.com/start\n", "its section [sso-session work] has no sso_region. Add it")]
    [InlineData("[prod]\nsso_start_url = https://example.awsapps.com/start\nsso_account_id = 1\nsso_role_name = k\n",
        "it has no sso_region. Add it")]
    [InlineData("[prod]\nsso_region = eu-west-1\nsso_account_id = 1\nsso_role_name = k\n", "it has no sso_start_url. Add it")]
    [InlineData("[prod]\nsso_start_url = https://example.awsapps.com/start\nsso_region = eu-west-1\nsso_role_name = k\n",
        "it has no sso_account_id. Add it")]
    [InlineData("[prod]\nsso_start_url = https://example.awsapps.com/start\nsso_region = eu-west-1\nsso_account_id = 1\n",
        "it has no sso_role_name. Add it")]
    [InlineData(Role, "does not say who takes the role on. Add source_profile")]
    [InlineData(Role + "source_profile = base\ncredential_source = Environment\n", "more than one of source_profile, credential_source")]
    [InlineData(Role + "credential_source = Nothing\n", "its credential_source is 'Nothing'. AWS knows Environment,")]
    [InlineData(Role + "source_profile = nowhere\n", "its source_profile 'nowhere' does not exist. Name one that does, or make it")]
    [InlineData(Role + "source_profile = prod\n", "its source_profile goes round (prod -> prod). Let the last one name")]
    [InlineData(Role + "source_profile = other\n[other]\nrole_arn = arn:aws:iam::123456789012:role/keys\nsource_profile = prod\n",
        "Profile 'other' cannot be used: its source_profile goes round (prod -> other -> prod). Let the last one name")]
    [InlineData(Role + "source_profile = other\n[other]\nregion = eu-west-1\n",
        "Profile 'other' cannot be used: it has no credentials. Run 'aws configure --profile other'")]
    [InlineData(Role + "source_profile = prod\naws_access_key_id = a\n", "it has no aws_secret_access_key. An access key has")]
    [InlineData(Role + "web_identity_token_file = " + Missing + "\n",
        "the file of web_identity_token_file, '" + Missing + "', does not exist. Set it to the file")]
    [InlineData(Role + "web_identity_token_file = token\n", "'token', is not a whole path. Set it to the file")]
    [InlineData("[prod]\nweb_identity_token_file = " + Missing + "\n", "has no role_arn. Add role_arn")]
    [InlineData("[prod]\nregion = eu-west-1\n", "it has no credentials. Run 'aws configure --profile prod' or 'aws configure sso")]
    [InlineData("[prod]\naws_access_key_id = a\n", "it has no aws_secret_access_key. An access key has")]
    [InlineData("[prod]\naws_secret_access_key = TheSecret\n", "it has no aws_access_key_id. An access key has")]
    [InlineData("[prod]\naws_session_token = TheSecret\n", "it has no aws_access_key_id. An access key has")]
    [InlineData("[prod]\naws_access_key_id = a\naws_secret_access_key = b\nsource_profile = base\n",
        "its settings do not go together. Keep those of one way")]
    [InlineData("[prod]\nlogin_session = arn:aws:sts::123456789012:user/x\n", "Run 'aws configure export-credentials --profile prod")]
    public void AProfileThatIsNotWholeIsToldWithItsRemedy(string lines, string says)
    {
        says = says.Replace(Missing, MissingFile, StringComparison.Ordinal);
        (IReadOnlyList<string> warnings, Outcome outcome) = fixture.Call(lines.Replace(Missing, MissingFile, StringComparison.Ordinal));
        Assert.Equal(("InvalidConfiguration", ErrorCategory.InvalidArgument), (outcome.ErrorId, outcome.Error.CategoryInfo.Category));
        Assert.Contains("Profile '", outcome.Error.ToString(), StringComparison.Ordinal);
        Assert.Contains(says, outcome.Error.ToString(), StringComparison.Ordinal);

        // Connect-ApiGateway says so already. That settings do not go together is what only the SDK knows.
        Assert.Equal(says.Contains("go together", StringComparison.Ordinal) ? 0 : 1,
            warnings.Count(warning => warning.Contains(says, StringComparison.Ordinal)));
        Assert.DoesNotContain("TheSecret", outcome.Error.Exception.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", outcome.Error.ToString(), StringComparison.Ordinal);
    }

    // The SDK reads the settings of each kind only when it needs them; here none is sought further than its login or its endpoint.
    [Theory]
    [InlineData("[prod]\naws_access_key_id = a\naws_secret_access_key = b\n", "ConnectionFailed")]
    [InlineData(Sso + "sso_region = eu-west-1\nsso_start_url = https://no-login.example/start\n", "AuthenticationFailed")]
    [InlineData("[prod]\ncredential_process = /nowhere/program TheSecret\n", "NoCredentials")]
    public void AProfileThatIsWholeIsUsed(string lines, string errorId)
    {
        (IReadOnlyList<string> warnings, Outcome outcome) = fixture.Call(lines);
        Assert.Empty(warnings);
        Assert.Equal(errorId, outcome.ErrorId);
        Assert.DoesNotContain("TheSecret", outcome.Error.Exception.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", outcome.Error.ToString(), StringComparison.Ordinal);
    }

    /// <summary>One session and one file for all profiles.</summary>
    public sealed class Fixture : IDisposable
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("apikey").FullName;
        private readonly ModuleSession _session = new ModuleSession().Unconnected();
        private int _files;

        internal (IReadOnlyList<string> Warnings, Outcome Outcome) Call(string lines)
        {
            string file = Path.Combine(_folder, $"{_files++}");
            File.WriteAllText(file, $"[base]\naws_access_key_id = a\naws_secret_access_key = TheSecretOfBase\n{lines}");
            Outcome connected = _session.Run("Connect-ApiGateway -ProfileLocation $args[0] "
                + "-ProfileName prod -Region eu-west-1 -MaxAttempts 1 "
                + "-EndpointUrl http://127.0.0.1:9", file);
            Assert.Empty(connected.Errors);
            return (connected.Warnings, _session.Run("Get-ApiGatewayApiKey"));
        }

        public void Dispose()
        {
            _session.Dispose();
            Directory.Delete(_folder, recursive: true);
        }
    }
}
