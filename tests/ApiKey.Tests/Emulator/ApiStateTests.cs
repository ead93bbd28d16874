using System.Text.Json;
using ApiKey.Emulator;

namespace ApiKey.Tests.Emulator;

/// <summary>An API is in the state file with all its parts, and its stage answers callers as before.</summary>
[Trait(Category.Name, Category.Unit)]
public sealed class ApiStateTests : IDisposable
{
    private const string Region = "us-east-1";

    private readonly string _folder = Directory.CreateTempSubdirectory("apikey").FullName;

    [Fact]
    public async Task EveryPartOfAnApiIsThereAgain()
    {
        string state = Path.Combine(_folder, "state.json");
        string api;
        string before;
        using (ApiGatewayEmulator emulator = new(statePath: state))
        using (EmulatorClient client = EmulatorClient.InProcess(emulator))
        {
            api = await Make(client);
            before = await Everything(emulator, client, api);
        }

        using ApiGatewayEmulator again = new(statePath: state);
        using EmulatorClient clientAgain = EmulatorClient.InProcess(again);
        Assert.Equal(before, await Everything(again, clientAgain, api));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task<string> Make(EmulatorClient client)
    {
        JsonElement made = await Good(client, "POST", "/restapis", """{"name":"a","description":"d","tags":{"of":"api"}}""");
        string api = $"/restapis/{made.GetProperty("id").GetString()}";
        JsonElement resource = await Good(client, "POST", $"{api}/resources/{made.GetProperty("rootResourceId").GetString()}",
            """{"pathPart":"orders"}""");
        string method = $"{api}/resources/{resource.GetProperty("id").GetString()}/methods/GET";
        await Good(client, "PUT", method, """{"authorizationType":"NONE","apiKeyRequired":false}""");
        await Good(client, "PUT", $"{method}/responses/200", "{}");
        await Good(client, "PUT", $"{method}/integration",
            """{"type":"MOCK","requestTemplates":{"application/json":"{\"statusCode\": 200}"}}""");
        await Good(client, "PUT", $"{method}/integration/responses/200",
            """{"responseTemplates":{"application/json":"{\"is\":\"there\"}"}}""");
        JsonElement deployment = await Good(client, "POST", $"{api}/deployments", """{"description":"first"}""");
        await Good(client, "POST", $"{api}/stages", $$"""
            {"tags":{"of":"stage"},"variables":{"v":"1"},"stageName":"prod","deploymentId":"{{deployment.GetProperty("id").GetString()}}"}
            """);
        return api;
    }

    private static async Task<string> Everything(ApiGatewayEmulator emulator, EmulatorClient client, string api)
    {
        JsonElement resources = await Good(client, "GET", $"{api}/resources");
        JsonElement deployments = await Good(client, "GET", $"{api}/deployments");
        JsonElement orders = resources.GetProperty("item").EnumerateArray()
            .Single(resource => resource.GetProperty("path").GetString() == "/orders");
        string deployment = deployments.GetProperty("item")[0].GetProperty("id").GetString()!;
        JsonElement[] all =
        [
            await Good(client, "GET", api),
            resources,
            await Good(client, "GET", $"{api}/resources/{orders.GetProperty("id").GetString()}/methods/GET"),
            deployments,
            await Good(client, "GET", $"{api}/deployments/{deployment}?embed=apisummary"),
            await Good(client, "GET", $"{api}/stages/prod"),
        ];
        Assert.Equal(200, emulator.Invoke(api.Split('/')[^1], "prod", "/orders").Status);
        return string.Join('\n', all.Select(part => part.GetRawText()));
    }

    private static async Task<JsonElement> Good(EmulatorClient client, string method, string target, string? body = null)
    {
        Answer answer = await client.Send(method, target, body);
        Assert.True((int)answer.Status is >= 200 and <= 299, $"{method} {target}: {answer.Message}");
        return answer.Body;
    }
}
