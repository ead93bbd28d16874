using ApiKey.Emulator;

namespace ApiKey.Tests.Interop;

/// <summary>boto3 as a client of the emulator over HTTP: every operation, paginators, error classes, file import.</summary>
[Trait(Category.Name, Category.Foreign)]
public class Boto3Tests
{
    [Fact]
    public async Task Boto3WorksOnTheEmulator()
    {
        await Tool.Require("python3", "-c", "import boto3");
        ApiGatewayEmulator emulator = new();
        using EmulatorServer server = new(emulator);
        ToolRun run = await Tool.Run("python3", Repository.PathOf("tests", "ApiKey.Tests", "Interop", "every_operation.py"),
            server.Uri.ToString());
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        Assert.Equal("every operation answered", run.Output.Trim());
        Assert.All(AwsCliTests.Operations, operation => Assert.True(emulator.CountOf(operation) > 0, operation));
    }
}
