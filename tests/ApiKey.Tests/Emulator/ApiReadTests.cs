using System.Net;
using System.Text.Json;
using ApiKey.Emulator;

namespace ApiKey.Tests.Emulator;

/// <summary>What is made or changed of an API is read back as it was answered, is in the list, and is gone when it is deleted.</summary>
[Trait(Category.Name, Category.Unit)]
public sealed class ApiReadTests : IDisposable
{
    private readonly ApiGatewayEmulator _emulator = new();
    private readonly EmulatorClient _client;

    public ApiReadTests()
    {
        _client = EmulatorClient.InProcess(_emulator);
    }

    [Fact]
    public async Task EveryPartOfAnApiIsReadBackAsItWasMadeAndChanged()
    {
        JsonElement made = await Good("POST", "/restapis", """
            {"name":"a","description":"d","version":"1","apiKeySource":"HEADER","binaryMediaTypes":["image/png"],
            "minimumCompressionSize":5,"disableExecuteApiEndpoint":true,"tags":{"env":"prod"},
            "endpointConfiguration":{"types":["REGIONAL"]}}
            """);
        string api = $"/restapis/{Id(made)}";
        string root = made.GetProperty("rootResourceId").GetString()!;
        await AssertRead(api, made);
        await AssertListed("/restapis", made);
        await Change(api, "/name", "b");
        await Change(api, "/minimumCompressionSize", "7");

        JsonElement resource = await Good("POST", $"{api}/resources/{root}", """{"pathPart":"orders"}""");
        string orders = $"{api}/resources/{Id(resource)}";
        await AssertRead(orders, resource);
        await AssertListed($"{api}/resources", resource);
        await Change(orders, "/pathPart", "other");

        string method = $"{orders}/methods/GET";
        await AssertRead(method, await Good("PUT", method, """
            {"authorizationType":"NONE","apiKeyRequired":true,"operationName":"o","requestParameters":{"method.request.querystring.q":true},
            "requestModels":{"application/json":"Empty"},"authorizationScopes":["s"],"requestValidatorId":"v"}
            """));
        await Change(method, "/apiKeyRequired", "false");
        await AssertRead($"{method}/responses/200", await Good("PUT", $"{method}/responses/200",
            """{"responseParameters":{"method.response.header.X":true},"responseModels":{"application/json":"Empty"}}"""));
        await Change($"{method}/responses/200", "/responseModels/application~1json", "Error");
        await AssertRead($"{method}/integration", await Good("PUT", $"{method}/integration", """
            {"type":"MOCK","httpMethod":"POST","uri":"u","connectionType":"INTERNET","credentials":"c","timeoutInMillis":50,
            "requestParameters":{"integration.request.header.X":"'x'"},"requestTemplates":{"application/json":"{}"},
            "passthroughBehavior":"NEVER","contentHandling":"CONVERT_TO_TEXT","cacheKeyParameters":["k"],"cacheNamespace":"n"}
            """));
        await Change($"{method}/integration", "/timeoutInMillis", "60");
        await AssertRead($"{method}/integration/responses/200", await Good("PUT", $"{method}/integration/responses/200", """
            {"selectionPattern":"2..","responseParameters":{"method.response.header.X":"'x'"},"contentHandling":"CONVERT_TO_BINARY",
            "responseTemplates":{"application/json":"{}"}}
            """));
        await Change($"{method}/integration/responses/200", "/selectionPattern", "3..");

        // A method shows its parts.
        JsonElement whole = (await _client.Send("GET", method)).Body;
        AssertSame((await _client.Send("GET", $"{method}/integration")).Body, whole.GetProperty("methodIntegration"));
        AssertSame((await _client.Send("GET", $"{method}/responses/200")).Body, whole.GetProperty("methodResponses").GetProperty("200"));

        JsonElement deployment = await Good("POST", $"{api}/deployments", """{"description":"first"}""");
        string deployed = $"{api}/deployments/{Id(deployment)}";
        await AssertRead(deployed, deployment);
        await AssertListed($"{api}/deployments", deployment);
        await Change(deployed, "/description", "one");
        JsonElement stage = await Good("POST", $"{api}/stages",
            $$"""
            {"stageName":"prod","deploymentId":"{{Id(deployment)}}","description":"d","variables":{"v":"1"},"tracingEnabled":true,
            "cacheClusterEnabled":true,"cacheClusterSize":"0.5","documentationVersion":"1","tags":{"env":"prod"} }
            """);
        await AssertRead($"{api}/stages/prod", stage);
        await AssertListed($"{api}/stages", stage);
        await Change($"{api}/stages/prod", "/variables/w", "2");

        foreach (string target in new[]
        {
            $"{api}/stages/prod", deployed, $"{method}/integration/responses/200", $"{method}/integration", $"{method}/responses/200",
            method, orders, api,
        })
        {
            Assert.InRange((int)(await _client.Send("DELETE", target)).Status, 200, 204);
            Assert.Equal(HttpStatusCode.NotFound, (await _client.Send("GET", target)).Status);
        }
    }

    [Fact]
    public async Task AnImportedMethodHasOnlyThePartsOfItsDocument()
    {
        string api = Id(await Good("POST", "/restapis?mode=import", """
            {"openapi":"3.0.1","info":{"title":"t"},"paths":{
              "/bare":{"get":{"x-amazon-apigateway-integration":{"type":"mock"} } },
              "/whole":{"get":{"operationId":"o","responses":{"200":{"description":"ok"},"default":{"description":"x"},"2xx":{} },
                "x-amazon-apigateway-integration":{"type":"mock","passthroughBehavior":"never","responses":{
                  "default":{"statusCode":"200"},"4..":{"statusCode":"404","responseTemplates":{"application/json":"{}"} } } } } } } }
            """));
        JsonElement resources = (await _client.Send("GET", $"/restapis/{api}/resources")).Body.GetProperty("item");
        string Of(string path) => $"/restapis/{api}/resources/" + Id(resources.EnumerateArray()
            .Single(resource => resource.GetProperty("path").GetString() == path)) + "/methods/GET";

        JsonElement bare = (await _client.Send("GET", Of("/bare"))).Body;
        Assert.False(bare.TryGetProperty("operationName", out _));
        Assert.False(bare.TryGetProperty("methodResponses", out _));
        Assert.False(bare.GetProperty("methodIntegration").TryGetProperty("integrationResponses", out _));

        JsonElement whole = (await _client.Send("GET", Of("/whole"))).Body;
        Assert.Equal("o", whole.GetProperty("operationName").GetString());
        Assert.Equal(["200"], Answer.Members(whole.GetProperty("methodResponses")));
        JsonElement integration = whole.GetProperty("methodIntegration");
        Assert.Equal(("MOCK", "NEVER"),
            (integration.GetProperty("type").GetString(), integration.GetProperty("passthroughBehavior").GetString()));
        JsonElement responses = integration.GetProperty("integrationResponses");
        Assert.Equal(["200", "404"], Answer.Members(responses));
        Assert.False(responses.GetProperty("200").TryGetProperty("selectionPattern", out _));
        Assert.Equal("4..", responses.GetProperty("404").GetProperty("selectionPattern").GetString());
        Assert.True(responses.GetProperty("404").TryGetProperty("responseTemplates", out _));
    }

    public void Dispose()
    {
        _client.Dispose();
        Assert.Null(_emulator.UnexpectedFailure);
    }

    private static string Id(JsonElement made) => made.GetProperty("id").GetString()!;

    private static void AssertSame(JsonElement expected, JsonElement actual) =>
        Assert.True(JsonElement.DeepEquals(expected, actual), $"{expected}\n{actual}");

    private async Task<JsonElement> Good(string verb, string target, string? body = null)
    {
        Answer answer = await _client.Send(verb, target, body);
        Assert.True((int)answer.Status < 300, $"{verb} {target}: {(int)answer.Status} {answer.Message}");
        return answer.Body;
    }

    private async Task AssertRead(string target, JsonElement expected) => AssertSame(expected, await Good("GET", target));

    private async Task AssertListed(string target, JsonElement expected) =>
        Assert.Contains((await Good("GET", target)).GetProperty("item").EnumerateArray(),
            item => JsonElement.DeepEquals(item, expected));

    private async Task Change(string target, string path, string value)
    {
        JsonElement before = await Good("GET", target);
        JsonElement changed = await Good("PATCH", target,
            JsonSerializer.Serialize(new { patchOperations = new[] { new { op = "replace", path, value } } }));
        Assert.False(JsonElement.DeepEquals(before, changed), $"{target} is as it was after {path} = {value}");
        await AssertRead(target, changed);
    }
}
