using ApiKey.Emulator;
using ApiKey.Tests.Shell;

namespace ApiKey.Tests.Engine;

/// <summary>Where region, credentials and endpoint come from, each case in a process with an environment of its own.</summary>
[Trait(Category.Name, Category.Foreign)]
public sealed class ConnectionTests : IDisposable
{
    private const string ShowId = "; $Error[0].FullyQualifiedErrorId";

    private const string Config = """
        [default]
        region = eu-north-1
        aws_access_key_id = AKIDDEFAULT
        aws_secret_access_key = secret

        [profile plain]
        region = eu-west-2
        aws_access_key_id = AKIDPLAIN
        aws_secret_access_key = secret

        [profile role]
        region = eu-west-3
        role_arn = arn:aws:iam::123456789012:role/keys
        source_profile = plain

        [profile mfa]
        role_arn = arn:aws:iam::123456789012:role/keys
        source_profile = plain
        mfa_serial = arn:aws:iam::123456789012:mfa/me

        [profile sso]
        region = eu-west-1
        sso_session = work
        sso_account_id = 123456789012
        sso_role_name = keys

        [sso-session work]
        sso_region = eu-west-1
        sso_start_url = https://example.awsapps.com/start
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("apikey-config-").FullName;
    private readonly ApiGatewayEmulator _emulator = new();
    private readonly EmulatorServer _server;

    public ConnectionTests()
    {
        _server = new EmulatorServer(_emulator);
        File.WriteAllText(ConfigFile, Config);
    }

    private string ConfigFile => Path.Combine(_folder, "config");

    [Fact]
    public async Task EnvironmentVariablesAreEnough()
    {
        ConsoleRun run = await ConsoleRun.Command(
            "(New-ApiGatewayApiKey a).Region; $r = Get-ApiGatewayConnection; \"$($r.RegionSource), $($r.CredentialSource), "
            + "$($r.EndpointSource)\"",
            ("AWS_ACCESS_KEY_ID", "AKIDENV"), ("AWS_SECRET_ACCESS_KEY", "secret"), ("AWS_REGION", "ca-central-1"),
                ("AWS_ENDPOINT_URL_API_GATEWAY", _server.Uri.ToString()));
        Assert.Equal(("", "ca-central-1"), (run.Error, run.Lines[0]));
        Assert.StartsWith("environment AWS_REGION, environment AWS_ACCESS_KEY_ID, the AWS configuration", run.Lines[1]);
        Assert.Equal(1, _emulator.CountOf("CreateApiKey"));
    }

    [Theory]
    [InlineData("-ProfileName plain", "eu-west-2", "profile 'plain'", "profile 'plain'")]
    [InlineData("", "eu-north-1", "profile 'default'", "profile 'default'")]
    [InlineData("-ProfileName plain -Region us-west-2", "us-west-2", "-Region", "profile 'plain'")]
    [InlineData("-AccessKey a -SecretKey b", "eu-north-1", "profile 'default'", "given to Connect-ApiGateway")]
    [InlineData("-Credential ([pscustomobject]@{ AccessKeyId = 'a'; SecretAccessKey = 'b'; SessionToken = 'c' })", "eu-north-1",
        "profile 'default'", "given to Connect-ApiGateway")]
    public async Task ProfilesGiveRegionAndCredentials(string parameters, string region, string regionSource, string credentialSource)
    {
        ConsoleRun run = await WithConfig(
            $"Connect-ApiGateway -EndpointUrl {_server.Uri} {parameters}; (New-ApiGatewayApiKey a).Region; $r = Get-ApiGatewayConnection; "
            + "$r.RegionSource; $r.CredentialSource");
        Assert.Equal("", run.Error);
        Assert.Equal([region, regionSource, credentialSource], run.Lines);
    }

    [Fact]
    public async Task APSCredentialIsAccessKeyAndSecret()
    {
        ConsoleRun run = await WithConfig($$"""
            $secret = [securestring]::new(); 'secret'.ToCharArray() | ForEach-Object { $secret.AppendChar($_) }
            Connect-ApiGateway -EndpointUrl {{_server.Uri}} -Credential ([pscredential]::new('AKIDGIVEN', $secret))
            (New-ApiGatewayApiKey a).Name
            """);
        Assert.Equal(("", "a"), (run.Error, string.Join('|', run.Lines)));
    }

    [Fact]
    public async Task AwsToolsCredentialsAreTakenWithoutNamingTheirType()
    {
        ConsoleRun run = await WithConfig($$"""
            class Held { [object] GetCredentials() { return [pscustomobject]@{ AccessKey = 'AKIDHELD'; SecretKey = 's'; Token = 't' } } }
            Connect-ApiGateway -EndpointUrl {{_server.Uri}} -Credential ([Held]::new()); (New-ApiGatewayApiKey a).Name
            """);
        Assert.Equal(("", "a"), (run.Error, string.Join('|', run.Lines)));
    }

    [Fact]
    public async Task ARoleIsAssumedThroughSts()
    {
        // The STS client loads inside the module's own load context and gets as far as its endpoint, where nobody listens.
        ConsoleRun run = await WithConfig("Get-ApiGatewayApiKey -ProfileName role", ("AWS_ENDPOINT_URL_STS", "http://127.0.0.1:9"));
        Assert.DoesNotContain("assembly", run.Error, StringComparison.OrdinalIgnoreCase);
        Assert.Matches("ConnectionFailed|AuthenticationFailed|No connection|AssumeRole|assum|refused", run.Error);
        run = await WithConfig("Connect-ApiGateway -RoleArn arn:aws:iam::123456789012:role/keys -ProfileName plain; Get-ApiGatewayApiKey",
            ("AWS_ENDPOINT_URL_STS", "http://127.0.0.1:9"));
        Assert.DoesNotContain("assembly", run.Error, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(1, run.ExitCode);
    }

    [Fact]
    public async Task AnSsoProfileWithoutALoginSaysSo()
    {
        const string Call = "Get-ApiGatewayApiKey; $Error[0].FullyQualifiedErrorId.Split(',')[0]; $Error[0].Exception.Message";
        ConsoleRun run = await WithConfig($"""
            Get-ApiGatewayApiKey -ProfileName sso
            $env:AWS_PROFILE = 'sso'; {Call}
            $env:AWS_PROFILE = 'mfa'; {Call}
            $env:AWS_PROFILE = 'nobody'; {Call}; (Get-ApiGatewayConnection).CredentialSource
            $env:AWS_ROLE_ARN = 'arn:aws:iam::123456789012:role/keys'; $env:AWS_WEB_IDENTITY_TOKEN_FILE = '/nowhere'; {Call}
            $env:AWS_ROLE_ARN = 'keys'; {Call}
            """, ("HOME", _folder), ("AWS_REGION", "eu-west-1"));
        Assert.DoesNotContain("assembly", run.Error, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("sso login", run.Error);

        // It is the same where nobody names the profile but the environment, and it goes for a profile or a token of any kind.
        Assert.Equal(["AuthenticationFailed", "No valid SSO Token could be found.", "NoCredentials"], run.Lines.Take(3));
        Assert.StartsWith("Profile 'mfa' asks for an MFA code", run.Lines[3], StringComparison.Ordinal);
        Assert.Equal(["NoCredentials", "There is no profile 'nobody', which $env:AWS_PROFILE names. There are: mfa, plain, role, sso.",
            "profile 'nobody', which does not exist", "InvalidConfiguration"], run.Lines.Skip(4).Take(4));
        Assert.Contains("$env:AWS_WEB_IDENTITY_TOKEN_FILE, '/nowhere', ", run.Lines[8], StringComparison.Ordinal);
        Assert.Equal("InvalidConfiguration", run.Lines[9]);
        Assert.Contains("cannot be used: $env:AWS_ROLE_ARN 'keys' is not the ARN of a role.", run.Lines[10], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Get-ApiGatewayApiKey -ProfileName nobody", "NoCredentials",
        "There is no profile 'nobody'. There are: mfa, plain, role, sso.")]
    [InlineData("Get-ApiGatewayApiKey -ProfileName mfa -Region eu-west-1", "NoCredentials", "asks for an MFA code")]
    public async Task AProfileThatCannotBeUsedIsExplained(string command, string errorId, string says) =>
        AssertFails(await WithConfig(command + ShowId), errorId, says);

    [Fact]
    public async Task AMissingRegionListsTheFourWays() =>
        AssertFails(await ConsoleRun.Command("Get-ApiGatewayApiKey" + ShowId), "NoRegion",
            "-Region on the command, Connect-ApiGateway -Region, the environment variable AWS_REGION, or a region in the profile");

    [Fact]
    public async Task MissingCredentialsSayHowToGiveThem() =>
        AssertFails(await ConsoleRun.Command("Get-ApiGatewayApiKey -Region eu-west-1 -EndpointUrl http://127.0.0.1:9" + ShowId),
            "NoCredentials", "No AWS credentials were found.");

    [Fact]
    public async Task WhatIsSetAtThePromptTakesEffect()
    {
        ConsoleRun run = await WithConfig(
            $"$env:AWS_ENDPOINT_URL = '{_server.Uri}'; (New-ApiGatewayApiKey a).Region; $env:AWS_REGION = 'sa-east-1'; "
            + "(New-ApiGatewayApiKey b).Region; $env:AWS_REGION = $null; $env:AWS_PROFILE = 'plain'; (New-ApiGatewayApiKey c).Region");
        Assert.Equal("", run.Error);
        Assert.Equal(["eu-north-1", "sa-east-1", "eu-west-2"], run.Lines);
    }

    public void Dispose()
    {
        _server.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static void AssertFails(ConsoleRun run, string errorId, string says)
    {
        // A line break of the view may fall anywhere in the sentence.
        string error = string.Join(' ', run.Error.Split(['\n', '|', ' '], StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(says, error);
        Assert.Equal($"{errorId},ApiKey.Commands.GetApiGatewayApiKeyCommand", Assert.Single(run.Lines));
    }

    private Task<ConsoleRun> WithConfig(string command, params (string Name, string Value)[] more) =>
        ConsoleRun.Command(command, [("AWS_CONFIG_FILE", ConfigFile), .. more]);
}
