using ApiKey.Model;
using ApiKey.Tests.Shell;

namespace ApiKey.Tests.Engine;

/// <summary>The AWS side lives in a load context of its own: other versions of AWSSDK in the session change nothing. Each case is a process
/// of its own.</summary>
[Trait(Category.Name, Category.Foreign)]
public class IsolationTests
{
    private const string Use = """
        Connect-ApiGateway -Emulator
        $key = New-ApiGatewayApiKey isolated -Tag @{ a = '1' }
        $key | Set-ApiGatewayApiKey -Tag @{ b = '2' }
        (Import-ApiGatewayApiKey $key.Id).Tags.ToString()
        """;

    private const string Cores = "[AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -eq 'AWSSDK.Core' }";

    [Theory]
    [InlineData("3.7.402", "netcoreapp3.1")]
    [InlineData("4.0.3.3", "net8.0")]
    public async Task AnotherAwsSdkLoadedFirstIsLeftAlone(string version, string framework)
    {
        string other = OtherCore(version, framework);
        ConsoleRun run = await ConsoleRun.Command($$"""
            $other = [Reflection.Assembly]::LoadFrom('{{other}}')
            {{Use}}
            "cores: $(@({{Cores}}).Count)"
            "other still works: $($other.GetType('Amazon.RegionEndpoint')::GetBySystemName('eu-west-1').SystemName)"
            "ours has moved: $(@({{Cores}} | Where-Object Location -like '*bin*aws*').Count)"
            """);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(["b=2", "cores: 2", "other still works: eu-west-1", "ours has moved: 1"], run.Lines);
    }

    [Theory]
    [InlineData("3.7.402", "netcoreapp3.1")]
    [InlineData("4.0.3.3", "net8.0")]
    public async Task AnotherAwsSdkLoadedLaterFindsItsOwn(string version, string framework)
    {
        ConsoleRun run = await ConsoleRun.Command($$"""
            {{Use}}
            $other = [Reflection.Assembly]::LoadFrom('{{OtherCore(version, framework)}}')
            "other: $($other.Location -eq '{{OtherCore(version, framework)}}')"
            {{Use}}
            """);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(["b=2", "other: True", "b=2"], run.Lines);
    }

    [Fact]
    public async Task ImportingLoadsNothingOfAws()
    {
        ConsoleRun run = await ConsoleRun.Command(
            "[AppDomain]::CurrentDomain.GetAssemblies() | ForEach-Object { $_.GetName().Name } | Where-Object { $_ -like 'AWSSDK*' -or $_ "
            + "-eq 'ApiKey.Aws' -or $_ -eq 'ApiKey.Emulator' }; 'done'");
        Assert.Equal(["done"], run.Lines);
    }

    [Fact]
    public void ImportingAgainAndRemovingKeepTheModuleWorking()
    {
        using ModuleSession session = new();
        session.Good("New-ApiGatewayApiKey one; Import-Module $args[0] -Force; New-ApiGatewayApiKey two", Repository.Manifest);
        session.Good("Remove-Module ApiKey; Import-Module $args[0]", Repository.Manifest);
        Assert.Equal(2, session.Good("Get-ApiGatewayApiKey").Count);
        Assert.Equal("three", session.One<ApiKeyInfo>("New-ApiGatewayApiKey three").Name);
    }

    private static string OtherCore(string version, string framework)
    {
        string packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        string path = Path.Combine(packages, "awssdk.core", version, "lib", framework, "AWSSDK.Core.dll");
        Assert.True(File.Exists(path), $"{path} is missing; restoring the tests brings it.");
        return path;
    }
}
