using ApiKey.Emulator;
using ApiKey.Tests.Interop;

namespace ApiKey.Tests.Runbooks;

/// <summary>The module works as services start PowerShell: with their variables, a home folder that cannot be written, and no
/// terminal.</summary>
[Trait(Category.Name, Category.Foreign)]
public sealed class SurroundingsTests : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("apikey-home-").FullName;
    private readonly ApiGatewayEmulator _emulator = new();
    private readonly EmulatorServer _server;

    public SurroundingsTests() => _server = new EmulatorServer(_emulator);

    [Theory]
    [InlineData("GITHUB_ACTIONS=true CI=true")]
    [InlineData("AWS_LAMBDA_FUNCTION_NAME=f AWS_EXECUTION_ENV=AWS_Lambda_dotnet8 AWS_LAMBDA_RUNTIME_API=127.0.0.1:9 TZ=:UTC")]
    [InlineData("AZUREPS_HOST_ENVIRONMENT=AzureAutomation/")]
    public async Task KeysAreCreatedListedAndRemoved(string variables)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_home, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        ToolRun run = await PowerShellHost.Run(_server.Uri,
            "$key = New-ApiGatewayApiKey a; (Get-ApiGatewayApiKey).Name; $key | Remove-ApiGatewayApiKey -Confirm:$false",
            [
                ("HOME", _home), ("TERM", "dumb"), ("AWS_ACCESS_KEY_ID", "ASIAEXAMPLE"), ("AWS_SECRET_ACCESS_KEY", "s"),
                ("AWS_SESSION_TOKEN", "t"), .. variables.Split(' ').Select(pair => pair.Split('=', 2)).Select(pair => (pair[0], pair[1])),
            ]);
        Assert.Equal((0, "a", ""), (run.ExitCode, run.Output.Trim(), run.Error));
    }

    public void Dispose()
    {
        _server.Dispose();
        _emulator.Dispose();
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_home, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        Directory.Delete(_home, recursive: true);
    }
}
