using ApiKey.Emulator;

namespace ApiKey.Tests.Interop;

/// <summary>The AWS SDK for JavaScript as a client of the emulator over HTTP, where npm has installed it (NODE_PATH says where).</summary>
[Trait(Category.Name, Category.Foreign)]
public class NodeTests
{
    [Fact]
    public async Task TheJavaScriptSdkWorksOnTheEmulator()
    {
        await Tool.Require("node", "-e", "require('@aws-sdk/client-api-gateway')");
        using EmulatorServer server = new(new ApiGatewayEmulator());
        ToolRun run = await Tool.Run("node", Repository.PathOf("tests", "ApiKey.Tests", "Interop", "node_client.cjs"),
            server.Uri.ToString());
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        Assert.Equal("done", run.Output.Trim());
    }
}
