using ApiKey.Tests.Shell;

namespace ApiKey.Tests.Hostile;

/// <summary>What is changed at the prompt counts from the next call on, and an endpoint of the AWS configuration keeps the rules of
/// -EndpointUrl.</summary>
[Trait(Category.Name, Category.Foreign)]
public sealed class SettingsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("apikey-settings-").FullName;
    private readonly RawServer _server = new(RawServer.Answer("200 OK", """{"item":[]}"""));

    [Fact]
    public async Task WhoSignsFollowsWhatIsSetAtThePrompt()
    {
        string one = Write("one",
            "[default]\naws_access_key_id = AKIDONE\naws_secret_access_key = s\n[other]\naws_access_key_id = "
            + "AKIDOTHER\naws_secret_access_key = s\n");
        string two = Write("two", "[default]\naws_access_key_id = AKIDTWO\naws_secret_access_key = s\n");
        string config = Write("three", "[profile work]\naws_access_key_id = AKIDWORK\naws_secret_access_key = s\n");
        string home = Path.Combine(_folder, "home");
        Directory.CreateDirectory(Path.Combine(home, ".aws"));
        Write(Path.Combine("home", ".aws", "credentials"), "[default]\naws_access_key_id = AKIDHOME\naws_secret_access_key = s\n");
        string later = Path.Combine(_folder, "later");
        ConsoleRun run = await ConsoleRun.Command(
            $$"""
            function Call { $null = Get-ApiGatewayApiKey -Region eu-west-1 -EndpointUrl {{_server.Uri}} }
            $env:AWS_SHARED_CREDENTIALS_FILE = '{{one}}'; Call
            $env:AWS_SHARED_CREDENTIALS_FILE = '{{two}}'; Call
            $env:AWS_SHARED_CREDENTIALS_FILE = '{{one}}'; Call
            $env:AWS_PROFILE = 'other'; Call
            $env:AWS_CONFIG_FILE = '{{config}}'; $env:AWS_PROFILE = 'work'; Call
            $env:AWS_PROFILE = $null; $env:AWS_CONFIG_FILE = $null; $env:AWS_SHARED_CREDENTIALS_FILE = $null; $env:HOME = '{{home}}'; Call
            $env:AWS_SHARED_CREDENTIALS_FILE = '{{later}}'; Call
            [IO.File]::Copy('{{two}}', '{{later}}'); Call
            $env:AWS_ACCESS_KEY_ID = 'AKIDENV'; $env:AWS_SECRET_ACCESS_KEY = 's'; Call
            $env:AWS_ACCESS_KEY_ID = 'AKIDENVTWO'; Call
            $env:AWS_ACCESS_KEY_ID = $null; Call
            (Get-ApiGatewayConnection).CredentialSource
            """);
        Assert.Equal("", run.Error);
        Assert.Equal(
            ["AKIDONE", "AKIDTWO", "AKIDONE", "AKIDOTHER", "AKIDWORK", "AKIDHOME", "AKIDHOME", "AKIDTWO", "AKIDENV", "AKIDENVTWO",
                "AKIDTWO"],
            _server.Requests.Select(request => request.Split("Credential=")[1].Split('/')[0]));
    }

    [Fact]
    public async Task SettingsOfAProfileFollowToo()
    {
        string config = Write("config",
            "[default]\nregion = eu-west-1\naws_access_key_id = AKIDONE\naws_secret_access_key = s\n[profile b]\nregion = "
            + $"eu-west-1\nuse_fips_endpoint = true\naws_access_key_id = AKIDTWO\naws_secret_access_key = s\n[profile c]\nregion = "
            + $"eu-west-1\nendpoint_url = {_server.Uri}\naws_access_key_id = AKIDTHREE\naws_secret_access_key = s\n");
        ConsoleRun run = await ConsoleRun.Command(
            """
            (Get-ApiGatewayConnection).Endpoint.Host
            $env:AWS_PROFILE = 'b'; (Get-ApiGatewayConnection).Endpoint.Host
            $env:AWS_PROFILE = $null; $env:AWS_USE_FIPS_ENDPOINT = 'true'; (Get-ApiGatewayConnection).Endpoint.Host
            $env:AWS_USE_FIPS_ENDPOINT = $null; $env:AWS_PROFILE = 'c'; (Get-ApiGatewayConnection).Endpoint.Host; Get-ApiGatewayApiKey
            """,
            ("AWS_CONFIG_FILE", config));
        Assert.Equal("", run.Error);
        Assert.Equal(["apigateway.eu-west-1.amazonaws.com", "apigateway-fips.eu-west-1.amazonaws.com",
            "apigateway-fips.eu-west-1.amazonaws.com", "127.0.0.1"], run.Lines);
        Assert.Single(_server.Requests);
    }

    [Theory]
    [InlineData("$env:AWS_ENDPOINT_URL = 'http://192.0.2.1:81'", "not encrypted")]
    [InlineData("$env:AWS_ENDPOINT_URL_API_GATEWAY = 'http://192.0.2.1:81'", "not encrypted")]
    [InlineData("$env:AWS_PROFILE = 'plain'", "not encrypted")]
    [InlineData("$env:AWS_PROFILE = 'services'", "not encrypted")]
    [InlineData("$env:AWS_ENDPOINT_URL = 'nonsense'", "nonsense")]
    [InlineData("$env:AWS_ENDPOINT_URL = 'ftp://127.0.0.1'", "not an http or https address")]
    public async Task AnEndpointOfTheConfigurationKeepsTheRules(string setting, string says)
    {
        string config = Write("config",
            "[default]\n[profile plain]\nendpoint_url = http://192.0.2.1:81\n[profile services]\nservices = mine\n[services "
            + "mine]\napi_gateway =\n  endpoint_url = http://192.0.2.1:81\n");
        ConsoleRun run = await ConsoleRun.Command(
            $"{setting}; try {{ Get-ApiGatewayApiKey }} catch {{ $_.FullyQualifiedErrorId; \"$_\" }}",
            ("AWS_CONFIG_FILE", config), ("AWS_REGION", "eu-west-1"), ("AWS_ACCESS_KEY_ID", "AKID"), ("AWS_SECRET_ACCESS_KEY", "s"));
        Assert.Contains("InvalidConfiguration,ApiKey.Commands.GetApiGatewayApiKeyCommand", run.Output + run.Error);
        Assert.Contains(says, run.Output + run.Error);
    }

    public void Dispose()
    {
        _server.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
