using System.Text.RegularExpressions;
using ApiKey.Emulator;
using ApiKey.Model;
using ApiKey.Tests.Engine;
using ApiKey.Tests.Interop;

namespace ApiKey.Tests.Runbooks;

/// <summary>A delivery counts only when everything in it went well, whichever runbook it is given to.</summary>
[Trait(Category.Name, Category.Foreign)]
public sealed partial class DeliveryTests : IDisposable
{
    private const string Region = "us-east-1";

    private readonly ApiGatewayEmulator _emulator = new();
    private readonly EmulatorServer _server;
    private readonly ModuleSession _session;

    public DeliveryTests()
    {
        _server = new EmulatorServer(_emulator);
        _session = new ModuleSession(settings: new Service.ApiGatewayConnection { Region = Region }, emulator: _emulator);
    }

    [Theory]
    [InlineData("Write-Error 'The vault is down.'; 'more'", "The vault is down.")]
    [InlineData("Get-Item no-such-vault", "no-such-vault")]
    [InlineData("dotnet no-such-command", "non-zero exit code")]
    [InlineData("throw 'The vault is down.'", "The vault is down.")]
    public async Task TheNightlyRotationDisablesNothingThatWasNotDelivered(string deliver, string says)
    {
        _emulator.Seed(new SeedKey
        {
            Region = Region,
            Name = "old",
            CreatedDate = DateTimeOffset.UtcNow.AddDays(-40),
            Tags = new Dictionary<string, string>(StringComparer.Ordinal) { ["rotation"] = "nightly" },
        });
        string script = $"& '{Repository.PathOf("examples", "Invoke-NightlyRotation.ps1")}' -GraceDays 0 -RemoveAfterDays 0 "
            + $"-Deliver {{ {deliver} }}";
        ToolRun first = await PowerShellHost.RunInTurn(_server.Uri, script);
        Assert.Equal(1, first.ExitCode);
        Assert.Contains(says, first.Error + first.Output);
        ToolRun second = await PowerShellHost.RunInTurn(_server.Uri, script);
        Assert.Equal(1, second.ExitCode);
        ApiKeyInfo[] keys = [.. _session.Good("Get-ApiGatewayApiKey").Select(key => (ApiKeyInfo)key.BaseObject)];
        Assert.Equal([true, true], keys.Select(key => key.Enabled));
        Assert.DoesNotContain(keys, key => key.TagsAll.ContainsKey("delivered"));
    }

    [Fact]
    public void EveryRunbookThatDeliversDoesItInTheSameWay()
    {
        string[] deliverers = [.. Directory.EnumerateFiles(Repository.PathOf("examples"), "*.ps1").Select(File.ReadAllText)
            .Where(script => script.Contains("[scriptblock] $Deliver", StringComparison.Ordinal))];
        Assert.True(deliverers.Length >= 2);
        string[] ways = [.. deliverers.Select(script => Indent().Replace(SendValue().Match(script).Value, ""))];
        Assert.NotEqual("", ways[0]);
        Assert.Single(ways.Distinct(StringComparer.Ordinal));

        // And nothing else calls it.
        Assert.All(deliverers, script => Assert.Single(script.Split("& $Deliver")[1..]));
    }

    public void Dispose()
    {
        _session.Dispose();
        _server.Dispose();
        _emulator.Dispose();
    }

    [GeneratedRegex(@"function Send-Value\(.*?throw \$errors\[0\]", RegexOptions.Singleline, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex SendValue();

    [GeneratedRegex("^ +", RegexOptions.Multiline, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex Indent();
}
