using System.Text.Json;
using ApiKey.Emulator;

namespace ApiKey.Tests.Interop;

/// <summary>boto3 and the AWS CLI make APIs and stages on the emulator over HTTP, and call them.</summary>
[Trait(Category.Name, Category.Foreign)]
public class ApiStageTests
{
    private static readonly string[] Operations =
    [
        .. from part in new[] { "RestApi", "Resource", "Deployment", "Stage" } from verb in new[] { "Create", "Get", "Update", "Delete" }
            select verb + part,
        .. from part in new[] { "Method", "Integration", "MethodResponse", "IntegrationResponse" }
            from verb in new[] { "Put", "Get", "Update", "Delete" } select verb + part,
        "GetRestApis", "GetResources", "GetDeployments", "GetStages", "TagResource", "GetTags",
    ];

    [Fact]
    public async Task Boto3MakesAndCallsAStageOnTheEmulator()
    {
        await Tool.Require("python3", "-c", "import boto3");
        ApiGatewayEmulator emulator = new();
        using EmulatorServer server = new(emulator);
        ToolRun run = await Tool.Run("python3", Repository.PathOf("tests", "ApiKey.Tests", "Interop", "apis_and_stages.py"),
            server.Uri.ToString());
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        Assert.Equal("every operation answered", run.Output.Trim());
        Assert.All(Operations, operation => Assert.True(emulator.CountOf(operation) > 0, operation));
        Assert.Null(emulator.UnexpectedFailure);
    }

    [Fact]
    public async Task TheAwsCliMakesAStageThatAKeyOpens()
    {
        await Tool.Require("aws", "--version");
        ApiGatewayEmulator emulator = new();
        using EmulatorServer server = new(emulator);
        JsonElement made = await Json(server, "create-rest-api", "--name", "cli");
        string[] api = ["--rest-api-id", made.GetProperty("id").GetString()!];
        string[] method = [.. api, "--resource-id", made.GetProperty("rootResourceId").GetString()!, "--http-method", "GET"];
        await Json(server, ["put-method", .. method, "--authorization-type", "NONE", "--api-key-required"]);
        await Json(server, ["put-integration", .. method, "--type", "MOCK", "--request-templates",
            """{"application/json":"{\"statusCode\": 200}"}"""]);
        await Json(server, ["put-method-response", .. method, "--status-code", "200"]);
        await Json(server, ["put-integration-response", .. method, "--status-code", "200", "--response-templates",
            """{"application/json":"{\"ok\":1}"}"""]);
        await Json(server, ["create-deployment", .. api, "--stage-name", "prod"]);
        string key = (await Json(server, "create-api-key", "--name", "k", "--enabled")).GetProperty("id").GetString()!;
        string plan = (await Json(server, "create-usage-plan", "--name", "p", "--api-stages", $"apiId={api[1]},stage=prod"))
            .GetProperty("id").GetString()!;
        string value = (await Json(server, "create-usage-plan-key", "--usage-plan-id", plan, "--key-id", key, "--key-type", "API_KEY"))
            .GetProperty("value").GetString()!;
        Assert.Equal(new StageAnswer(200, """{"ok":1}""", null), emulator.Invoke(api[1], "prod", "/", value));
        Assert.Equal(403, emulator.Invoke(api[1], "prod").Status);
    }

    private static async Task<JsonElement> Json(EmulatorServer server, params string[] arguments)
    {
        ToolRun run = await Tool.Run("aws", ["apigateway", .. arguments, "--endpoint-url", server.Uri.ToString(), "--output", "json"]);
        Assert.True(run.ExitCode == 0, run.Error);
        return JsonDocument.Parse(run.Output).RootElement;
    }
}
