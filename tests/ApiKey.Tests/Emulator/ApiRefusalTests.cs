using System.Net;
using System.Text.Json;
using ApiKey.Emulator;

namespace ApiKey.Tests.Emulator;

/// <summary>What is refused of APIs, in AWS's words, and leaves them as they were.</summary>
[Trait(Category.Name, Category.Unit)]
public sealed class ApiRefusalTests : IDisposable
{
    private const string Mock = """{"type":"MOCK"}""";

    private readonly ApiGatewayEmulator _emulator = new();
    private readonly EmulatorClient _client;
    private string _api = "";
    private string _root = "";

    public ApiRefusalTests()
    {
        _client = EmulatorClient.InProcess(_emulator);
    }

    [Fact]
    public async Task OnlyWhatCanBeCalledIsDeployed()
    {
        await MakeApi();
        await AssertRefused("The REST API doesn't contain any methods", "POST", "/deployments", "{}");
        await Good("PUT", $"/resources/{_root}/methods/GET", """{"authorizationType":"NONE"}""");
        await AssertRefused("No integration defined for method", "POST", "/deployments", "{}");
        await Good("PUT", $"/resources/{_root}/methods/GET/integration", Mock);
        await Good("POST", "/deployments", "{}");
        await Good("PUT", $"/resources/{_root}/methods/POST", """{"authorizationType":"NONE"}""");
        await AssertRefused("No integration defined for method", "POST", "/deployments", "{}");
        Assert.Single((await Good("GET", "/deployments")).GetProperty("item").EnumerateArray());
    }

    [Fact]
    public async Task OfANameThatIsThereTwiceTheLastOneCounts()
    {
        await MakeApi();
        JsonElement method = await Good("PUT", $"/resources/{_root}/methods/GET", """
            { "authorizationType": "NONE", "requestModels": { "a": "x", "a": "y" },
              "requestParameters": { "method.request.header.h": true, "method.request.header.h": false } }
            """);
        Assert.Equal("y", method.GetProperty("requestModels").GetProperty("a").GetString());
        Assert.False(method.GetProperty("requestParameters").GetProperty("method.request.header.h").GetBoolean());
    }

    [Fact]
    public async Task AStageServesADeploymentThatIsThere()
    {
        string first = await MakeDeployment();
        string second = (await Good("POST", "/deployments", "{}")).GetProperty("id").GetString()!;
        await AssertRefused("Deployment id does not exist", "POST", "/stages", """{"stageName":"prod","deploymentId":"gone"}""");
        await Good("POST", "/stages", $$"""{"stageName":"prod","deploymentId":"{{first}}"}""");
        await AssertRefused("Stage already exists", "POST", "/stages", $$"""{"stageName":"prod","deploymentId":"{{second}}"}""", 409);
        await AssertRefused("Deployment id does not exist", "PATCH", "/stages/prod",
            """{"patchOperations":[{"op":"replace","path":"/deploymentId","value":"gone"}]}""");
        await AssertRefused("Active stages pointing to this deployment must be moved or deleted", "DELETE", $"/deployments/{first}");
        Assert.Equal(first, (await Good("GET", "/stages/prod")).GetProperty("deploymentId").GetString());
        Assert.Single((await Good("GET", $"/stages?deploymentId={first}")).GetProperty("item").EnumerateArray());
        Assert.Empty((await Good("GET", $"/stages?deploymentId={second}")).GetProperty("item").EnumerateArray());
        await Good("PATCH", "/stages/prod",
            $$"""{"patchOperations":[{"op":"replace","path":"/deploymentId","value":"{{second}}"}]}""");
        await Good("DELETE", $"/deployments/{first}");
        await AssertRefused("Invalid Deployment identifier specified", "GET", $"/deployments/{first}", null, 404);
        await Good("DELETE", "/stages/prod");
        await AssertRefused("Invalid stage identifier specified", "GET", "/stages/prod", null, 404);
        await AssertRefused("Invalid stage identifier specified", "DELETE", "/stages/prod", null, 404);
        await AssertRefused("Invalid stage identifier specified", "PATCH", "/stages/prod", """{"patchOperations":[]}""", 404);
    }

    [Fact]
    public async Task TheStageOfADeploymentIsMadeOrMoved()
    {
        string first = await MakeDeployment();
        string second = (await Good("POST", "/deployments", """{"stageName":"prod","description":"d"}""")).GetProperty("id").GetString()!;
        await Good("PATCH", "/stages/prod", """{"patchOperations":[{"op":"replace","path":"/description","value":"kept"}]}""");
        string third = (await Good("POST", "/deployments", """{"stageName":"prod"}""")).GetProperty("id").GetString()!;
        JsonElement stage = await Good("GET", "/stages/prod");
        Assert.Equal((third, "kept"), (stage.GetProperty("deploymentId").GetString(), stage.GetProperty("description").GetString()));
        Assert.Equal(3, new[] { first, second, third }.Distinct().Count());
        Assert.False((await Good("GET", $"/deployments/{first}")).TryGetProperty("description", out _));
        Assert.Equal("d", (await Good("GET", $"/deployments/{second}")).GetProperty("description").GetString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("?embed=apisummary")]
    public async Task TheMethodsOfADeploymentAreShownWhenAskedFor(string query)
    {
        string id = await MakeDeployment();
        await Good("PATCH", $"/resources/{_root}/methods/GET",
            """{"patchOperations":[{"op":"replace","path":"/apiKeyRequired","value":"true"}]}""");
        JsonElement deployment = await Good("GET", $"/deployments/{id}{query}");
        Assert.Equal(query.Length > 0, deployment.TryGetProperty("apiSummary", out JsonElement summary));
        if (query.Length > 0)
        {
            Assert.Equal("""{"/":{"GET":{"authorizationType":"NONE","apiKeyRequired":false}}}""", summary.GetRawText());
        }
    }

    [Fact]
    public async Task APartOfAPathIsTheOnlyOneOfItsParent()
    {
        await MakeApi();
        string orders = await MakeResource(_root, "orders");
        string variable = await MakeResource(_root, "{id}");
        const string Same = "Another resource with the same parent already has this name: orders";
        const string Variable =
            "A sibling ({id}) of this resource already has a variable path part -- only one is allowed";
        await AssertRefused(Same, "POST", $"/resources/{_root}", """{"pathPart":"orders"}""", 409);
        await AssertRefused(Same, "PATCH", $"/resources/{variable}", Replace("/pathPart", "orders"), 409);
        await AssertRefused(Variable, "POST", $"/resources/{_root}", """{"pathPart":"{other}"}""");
        await AssertRefused(Variable, "PATCH", $"/resources/{orders}", Replace("/pathPart", "{other}"));

        // Elsewhere both are free, and a resource is not in its own way.
        string greedy = await MakeResource(await MakeResource(orders, "orders"), "{rest+}");
        await Good("PATCH", $"/resources/{variable}", Replace("/pathPart", "{other}"));
        const string Greedy = "Cannot create a child of a resource with a greedy path variable: {rest+}";
        await AssertRefused(Greedy, "POST", $"/resources/{greedy}", """{"pathPart":"a"}""");
        await AssertRefused(Greedy, "PATCH", $"/resources/{variable}", Replace("/parentId", greedy));
        Assert.Equal(["/", "/orders", "/orders/orders", "/orders/orders/{rest+}", "/{other}"], (await Good("GET", "/resources"))
            .GetProperty("item").EnumerateArray().Select(one => one.GetProperty("path").GetString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task AResourceIsNotMovedBelowItself()
    {
        await MakeApi();
        string orders = await MakeResource(_root, "orders");
        string below = await MakeResource(orders, "below");
        await AssertRefused("Resources cannot be cyclical.", "PATCH", $"/resources/{orders}", Replace("/parentId", orders));
        await AssertRefused("Resources cannot be cyclical.", "PATCH", $"/resources/{orders}", Replace("/parentId", below));
        await AssertRefused("Root resource cannot update its parentId.", "PATCH", $"/resources/{_root}", Replace("/parentId", orders));
        await AssertRefused("Root resource cannot be deleted", "DELETE", $"/resources/{_root}");
        Assert.Equal("/orders/below", (await Good("GET", $"/resources/{below}")).GetProperty("path").GetString());
    }

    [Theory]
    [InlineData("//GET", null)]
    [InlineData("//POST", "Invalid method {resourcePath: /,method: POST} specified")]
    [InlineData("/other/GET", "Invalid method {resourcePath: /other,method: GET} specified")]
    [InlineData("/other/", "Invalid method {resourcePath: /other,method: } specified")]
    public async Task AThrottleIsOfAMethodThatIsThere(string method, string? refusal)
    {
        string deployment = await MakeDeployment();
        await Good("POST", "/stages", $$"""{"stageName":"prod","deploymentId":"{{deployment}}"}""");
        string stage = $"{_api.Split('/')[^1]}:prod";
        Answer plan = await _client.Send("POST", "/usageplans", """{"name":"p"}""");
        Answer changed = await _client.Send("PATCH", $"/usageplans/{plan.Body.GetProperty("id").GetString()}",
            $$"""{"patchOperations":[{"op":"add","path":"/apiStages","value":"{{stage}}"},"""
            + $$"""{"op":"replace","path":"/apiStages/{{stage}}/throttle{{method}}/rateLimit","value":"1"}]}""");
        Assert.Equal((refusal, refusal is null ? HttpStatusCode.OK : HttpStatusCode.NotFound), (changed.Message, changed.Status));
    }

    public void Dispose() => _client.Dispose();

    private static string Replace(string path, string value) =>
        $$"""{"patchOperations":[{"op":"replace","path":"{{path}}","value":"{{value}}"}]}""";

    private async Task<string> MakeResource(string parent, string part) =>
        (await Good("POST", $"/resources/{parent}", $$"""{"pathPart":"{{part}}"}""")).GetProperty("id").GetString()!;

    private async Task<string> MakeDeployment()
    {
        await MakeApi();
        await Good("PUT", $"/resources/{_root}/methods/GET", """{"authorizationType":"NONE"}""");
        await Good("PUT", $"/resources/{_root}/methods/GET/integration", Mock);
        return (await Good("POST", "/deployments", "{}")).GetProperty("id").GetString()!;
    }

    private async Task MakeApi()
    {
        JsonElement made = (await _client.Send("POST", "/restapis", """{"name":"a"}""")).Body;
        (_api, _root) = ($"/restapis/{made.GetProperty("id").GetString()}", made.GetProperty("rootResourceId").GetString()!);
    }

    private async Task<JsonElement> Good(string method, string target, string? body = null)
    {
        Answer answer = await _client.Send(method, _api + target, body);
        Assert.InRange((int)answer.Status, 200, 299);
        return answer.Body;
    }

    private async Task AssertRefused(string says, string method, string target, string? body = null, int status = 400)
    {
        Answer answer = await _client.Send(method, _api + target, body);
        Assert.Equal((says, (HttpStatusCode)status), (answer.Message, answer.Status));
    }
}
