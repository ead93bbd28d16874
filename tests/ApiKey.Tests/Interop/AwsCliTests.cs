using System.Text.Json;
using ApiKey.Emulator;

namespace ApiKey.Tests.Interop;

/// <summary>The AWS CLI as a client of the emulator over HTTP.</summary>
[Trait(Category.Name, Category.Foreign)]
public class AwsCliTests
{
    /// <summary>Every operation of the emulator.</summary>
    internal static readonly string[] Operations =
    [
        "CreateApiKey", "GetApiKey", "GetApiKeys", "UpdateApiKey", "DeleteApiKey", "ImportApiKeys", "TagResource", "UntagResource",
            "GetTags", "CreateUsagePlan", "GetUsagePlan",
        "GetUsagePlans", "UpdateUsagePlan", "DeleteUsagePlan", "CreateUsagePlanKey", "GetUsagePlanKey", "GetUsagePlanKeys",
            "DeleteUsagePlanKey", "GetUsage", "UpdateUsage", "GetAccount",
    ];

    [Fact]
    public async Task TheAwsCliWorksOnTheEmulator()
    {
        await Tool.Require("aws", "--version");
        ApiGatewayEmulator emulator = new();
        using EmulatorServer server = new(emulator);

        string id = (await Json(server, "create-api-key", "--name", "cli", "--enabled", "--tags", "a=1,b=2", "--value",
            "abcdefghij0123456789")).GetProperty("id").GetString()!;
        string arn = $"arn:aws:apigateway:us-east-1::/apikeys/{id}";
        JsonElement updated = await Json(server, "update-api-key", "--api-key", id, "--patch-operations",
            "op=replace,path=/description,value=hello");
        Assert.Equal(("hello", false), (updated.GetProperty("description").GetString(), updated.TryGetProperty("value", out _)));
        await Succeed(server, "tag-resource", "--resource-arn", arn, "--tags", "c=3");
        await Succeed(server, "untag-resource", "--resource-arn", arn, "--tag-keys", "a", "b");
        Assert.Equal("3", (await Json(server, "get-tags", "--resource-arn", arn)).GetProperty("tags").GetProperty("c").GetString());
        Assert.Equal("abcdefghij0123456789", (await Json(server, "get-api-key", "--api-key", id, "--include-value")).GetProperty("value")
            .GetString());

        for (int number = 0; number < 30; number++)
        {
            emulator.Seed(new SeedKey { Region = "us-east-1", Name = $"more-{number}" });
        }

        Assert.Equal(31, (await Json(server, "get-api-keys", "--page-size", "7")).GetProperty("items").GetArrayLength());
        Assert.Equal(1, (await Json(server, "get-api-keys", "--name-query", "cl")).GetProperty("items").GetArrayLength());
        JsonElement first = await Json(server, "get-api-keys", "--max-items", "10");
        JsonElement rest = await Json(server, "get-api-keys", "--starting-token", first.GetProperty("NextToken").GetString()!);
        Assert.Equal((10, 21), (first.GetProperty("items").GetArrayLength(), rest.GetProperty("items").GetArrayLength()));
        await UsePlans(server, id);
        await ImportKeys(server);
        Assert.Equal("4", (await Json(server, "get-account")).GetProperty("apiKeyVersion").GetString());
        Assert.All(Operations, operation => Assert.True(emulator.CountOf(operation) > 0, operation));
        ToolRun gone = await Run(server, "get-api-key", "--api-key", id);
        Assert.NotEqual(0, gone.ExitCode);
        Assert.Contains("(NotFoundException) when calling the GetApiKey operation: Invalid API Key identifier specified", gone.Error);
    }

    private static async Task UsePlans(EmulatorServer server, string key)
    {
        JsonElement made = await Json(server, "create-usage-plan", "--name", "cli", "--quota", "limit=10,period=DAY", "--throttle",
            "rateLimit=2,burstLimit=1");
        string plan = made.GetProperty("id").GetString()!;
        Assert.Equal(["apiStages", "id", "name", "quota", "throttle"], Emulator.Answer.Members(made));
        Assert.Equal(1, (await Json(server, "get-usage-plans")).GetProperty("items").GetArrayLength());
        await Json(server, "update-usage-plan", "--usage-plan-id", plan, "--patch-operations", "op=replace,path=/description,value=d");
        Assert.Equal("d", (await Json(server, "get-usage-plan", "--usage-plan-id", plan)).GetProperty("description").GetString());
        Assert.Equal(["id", "name", "type", "value"],
            Emulator.Answer.Members(await Json(server, "create-usage-plan-key", "--usage-plan-id", plan, "--key-id", key, "--key-type",
                "API_KEY")));
        Assert.Equal(1, (await Json(server, "get-usage-plan-keys", "--usage-plan-id", plan)).GetProperty("items").GetArrayLength());
        Assert.Equal(key, (await Json(server, "get-usage-plan-key", "--usage-plan-id", plan, "--key-id", key)).GetProperty("id")
            .GetString());
        Assert.Equal("[[0,10]]",
            (await Json(server, "get-usage", "--usage-plan-id", plan, "--start-date", "2026-01-01", "--end-date", "2026-01-01"))
                .GetProperty("items").GetProperty(key).GetRawText().Replace(" ", "").Replace("\n", ""));
        await Json(server, "update-usage", "--usage-plan-id", plan, "--key-id", key, "--patch-operations",
            "op=replace,path=/remaining,value=3");
        await Succeed(server, "delete-usage-plan-key", "--usage-plan-id", plan, "--key-id", key);
        await Succeed(server, "delete-api-key", "--api-key", key);
        await Succeed(server, "delete-usage-plan", "--usage-plan-id", plan);
        Assert.Contains("Invalid Usage Plan ID specified", (await Run(server, "get-usage-plan", "--usage-plan-id", plan)).Error);
    }

    private static async Task ImportKeys(EmulatorServer server)
    {
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, $"Name,Key\ngood,{new string('g', 20)}\nbad,short", TestContext.Current.CancellationToken);
            string[] import = ["import-api-keys", "--format", "csv", "--body", $"fileb://{file}"];
            JsonElement imported = await Json(server, import);
            Assert.Equal((1, 1), (imported.GetProperty("ids").GetArrayLength(), imported.GetProperty("warnings").GetArrayLength()));
            Assert.NotEqual(0, (await Run(server, [.. import, "--fail-on-warnings"])).ExitCode);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task<JsonElement> Json(EmulatorServer server, params string[] arguments)
        => JsonDocument.Parse(await Succeed(server, arguments)).RootElement;

    private static async Task<string> Succeed(EmulatorServer server, params string[] arguments)
    {
        ToolRun run = await Run(server, arguments);
        Assert.True(run.ExitCode == 0, run.Error);
        return run.Output;
    }

    private static Task<ToolRun> Run(EmulatorServer server, params string[] arguments) =>
        Tool.Run("aws", ["apigateway", .. arguments, "--endpoint-url", server.Uri.ToString(), "--output", "json"]);
}
