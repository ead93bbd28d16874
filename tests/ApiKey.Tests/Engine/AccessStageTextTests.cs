using ApiKey.Model;
using ApiKey.Tests.Emulator;

namespace ApiKey.Tests.Engine;

/// <summary>What Test-ApiGatewayApiKey says of an API and of its stage: whether it passed, and why, agree.</summary>
public sealed class AccessStageTextTests : IDisposable
{
    private readonly ModuleSession _session = new();
    private readonly EmulatorClient _client;

    public AccessStageTextTests()
    {
        _client = EmulatorClient.InProcess(_session.Emulator, "eu-central-1");
    }

    [Theory]
    [InlineData("GET key", "", "Passed: The stage serves the methods as they are now.")]
    [InlineData("GET open", "", "Passed: The stage serves the methods as they are now.")]
    [InlineData("GET key", "GET open", "Notice: The stage was deployed before GET /orders was changed: it now asks for no key. Deploy "
        + "the API to the stage.")]
    [InlineData("GET open", "GET key", "Notice: The stage was deployed before GET /orders was changed: it now asks for a key. Deploy "
        + "the API to the stage.")]
    [InlineData("GET key", "POST key", "Notice: The stage was deployed before POST /orders was made. Deploy the API to the stage.")]
    public async Task WhetherAStageServesWhatIsThereNow(string deployed, string now, string says)
    {
        (string api, string resource) = await MakeAsync("HEADER");
        await PutAsync(api, resource, deployed);
        await Good("POST", $"/restapis/{api}/deployments", """{"stageName":"prod"}""");
        if (now.Length > 0)
        {
            await PutAsync(api, resource, now);
        }

        Assert.Equal(says, Says(ApiKeyCheckKind.Deployment, $"-ApiId {api} -Stage prod"));
    }

    [Theory]
    [InlineData("HEADER", "Passed: The API reads the key from the header x-api-key.")]
    [InlineData("AUTHORIZER", "Failed: The API reads keys from its authorizer; the header x-api-key is not read.")]
    public async Task WhereAnApiReadsTheKey(string source, string says)
    {
        (string api, _) = await MakeAsync(source);
        Assert.Equal(says, Says(ApiKeyCheckKind.KeySource, $"-ApiId {api}"));
    }

    [Theory]
    [InlineData("eu-central-1", "Passed: It is in the region of the API.")]
    [InlineData("eu-west-1",
        "Failed: It is in eu-west-1, and the API is in eu-central-1. A stage accepts keys of its own region.")]
    public async Task WhereTheKeyIs(string region, string says)
    {
        (string api, _) = await MakeAsync("HEADER");
        Assert.Equal(says, Says(ApiKeyCheckKind.Region, $"-ApiId {api} -Region eu-central-1, eu-west-1", region));
    }

    public void Dispose()
    {
        _client.Dispose();
        _session.Dispose();
    }

    private string Says(ApiKeyCheckKind kind, string question, string region = "eu-central-1")
    {
        ApiKeyCheck check = _session.One<ApiKeyTestInfo>(
                $"Test-ApiGatewayApiKey (New-ApiGatewayApiKey k -Region {region}).Id {question}")
            .Checks.Single(one => one.Name == kind);
        return $"{check.Result}: {check.Text}";
    }

    private async Task<(string Api, string Resource)> MakeAsync(string source)
    {
        Answer api = await Good("POST", "/restapis", $$"""{"name":"api","apiKeySource":"{{source}}"}""");
        string id = api.Body.GetProperty("id").GetString()!;
        Answer resource = await Good("POST", $"/restapis/{id}/resources/{api.Body.GetProperty("rootResourceId").GetString()}",
            """{"pathPart":"orders"}""");
        return (id, resource.Body.GetProperty("id").GetString()!);
    }

    // A method and whether it asks for a key: "GET open". One that is there is replaced.
    private async Task PutAsync(string api, string resource, string method)
    {
        string[] words = method.Split(' ');
        string target = $"/restapis/{api}/resources/{resource}/methods/{words[0]}";
        await _client.Send("DELETE", target);
        await Good("PUT", target, $$"""{"authorizationType":"NONE","apiKeyRequired":{{(words[1] == "key" ? "true" : "false")}}}""");
        await Good("PUT", $"{target}/integration", """{"type":"AWS_PROXY"}""");
    }

    private async Task<Answer> Good(string method, string target, string body)
    {
        Answer answer = await _client.Send(method, target, body);
        Assert.InRange((int)answer.Status, 200, 299);
        return answer;
    }
}
