using System.Text.Json;
using ApiKey.Emulator;

namespace ApiKey.Tests.Strangers;

/// <summary>The AWS CLI as a client of the emulator's HTTP door.</summary>
public class AwsCliTests
{
    [Fact]
    public async Task TheAwsCliWorksOnTheEmulator()
    {
        await Tool.Require("aws", "--version");
        ApiGatewayEmulator emulator = new();
        using EmulatorServer server = new(emulator);

        string id = (await Json(server, "create-api-key", "--name", "cli", "--enabled", "--tags", "a=1,b=2", "--value", "abcdefghij0123456789")).GetProperty("id").GetString()!;
        string arn = $"arn:aws:apigateway:us-east-1::/apikeys/{id}";
        JsonElement updated = await Json(server, "update-api-key", "--api-key", id, "--patch-operations", "op=replace,path=/description,value=hello");
        Assert.Equal(("hello", false), (updated.GetProperty("description").GetString(), updated.TryGetProperty("value", out _)));
        await Succeed(server, "tag-resource", "--resource-arn", arn, "--tags", "c=3");
        await Succeed(server, "untag-resource", "--resource-arn", arn, "--tag-keys", "a", "b");
        Assert.Equal("3", (await Json(server, "get-tags", "--resource-arn", arn)).GetProperty("tags").GetProperty("c").GetString());
        Assert.Equal("abcdefghij0123456789", (await Json(server, "get-api-key", "--api-key", id, "--include-value")).GetProperty("value").GetString());

        for (int number = 0; number < 30; number++)
        {
            emulator.Seed(new SeedKey { Region = "us-east-1", Name = $"more-{number}" });
        }

        Assert.Equal(31, (await Json(server, "get-api-keys", "--page-size", "7")).GetProperty("items").GetArrayLength());
        Assert.Equal(1, (await Json(server, "get-api-keys", "--name-query", "cl")).GetProperty("items").GetArrayLength());
        await Succeed(server, "delete-api-key", "--api-key", id);
        ToolRun gone = await Run(server, "get-api-key", "--api-key", id);
        Assert.NotEqual(0, gone.ExitCode);
        Assert.Contains("(NotFoundException) when calling the GetApiKey operation: Invalid API Key identifier specified", gone.Error);
    }

    private static async Task<JsonElement> Json(EmulatorServer server, params string[] arguments) => JsonDocument.Parse(await Succeed(server, arguments)).RootElement;

    private static async Task<string> Succeed(EmulatorServer server, params string[] arguments)
    {
        ToolRun run = await Run(server, arguments);
        Assert.True(run.ExitCode == 0, run.Error);
        return run.Output;
    }

    private static Task<ToolRun> Run(EmulatorServer server, params string[] arguments) =>
        Tool.Run("aws", ["apigateway", .. arguments, "--endpoint-url", server.Uri.ToString(), "--output", "json"]);
}
