using System.Text.RegularExpressions;
using ApiKey.Emulator;
using ApiKey.Tests.Emulator;
using ApiKey.Tests.Interop;

namespace ApiKey.Tests.Runbooks;

/// <summary>The live suite, as a person with an account runs it, on an emulator instead.</summary>
[Trait(Category.Name, Category.Foreign)]
public sealed partial class LiveSuiteTests : IDisposable
{
    private readonly ApiGatewayEmulator _emulator = new();
    private readonly EmulatorServer _server;
    private readonly string _folder = Directory.CreateTempSubdirectory("apikey-live-").FullName;

    public LiveSuiteTests()
    {
        _server = new EmulatorServer(_emulator);
    }

    [Fact]
    public async Task ItPassesRemovesWhatItMadeAndItsRecordingIsAnsweredAlike()
    {
        string file = Path.Combine(_folder, "answers.jsonl");
        ToolRun run = await Run($"-Record '{file}'");
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        Assert.Matches("Live suite on http://127[.]0[.]0[.]1:[0-9]+/ in us-east-1: [89] passed, 0 failed, [01] skipped, 0 known gaps",
            run.Output);
        Assert.Empty((await Things("/apikeys")).Concat(await Things("/usageplans")));

        // Whatever is as long as a value is one that was replaced.
        string text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        Assert.All(LongWord().Matches(text).Select(word => word.Value), word => Assert.Matches(Replaced(), word));
        Assert.Contains("ImportApiKeys", text);
        using RecordingReplay replay = new(file);
        IReadOnlyList<string> differences = await replay.Differences();
        Assert.True(differences.Count == 0, string.Join('\n', differences));
        Assert.True(replay.Count > 60, text);
    }

    [Fact]
    public async Task ItRefusesAnAccountWithOtherKeysAndCleansUpOnlyItsOwn()
    {
        _emulator.Seed(new SeedKey { Region = "us-east-1", Name = "somebody's" });
        _emulator.Seed(new SeedKey { Region = "us-east-1", Name = "apikey-live-0123456789ab-row-1" });
        _emulator.Seed(new SeedKey
        {
            Region = "us-east-1",
            Name = "renamed",
            Tags = new Dictionary<string, string> { ["apikey-live"] = "0123456789ab" }
        });

        ToolRun refused = await Run("");
        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains("-AllowOtherKeys", refused.Error + refused.Output);
        Assert.Equal(3, (await Things("/apikeys")).Count());

        ToolRun cleaned = await Run("-CleanUp");
        Assert.True(cleaned.ExitCode == 0, cleaned.Output + cleaned.Error);
        Assert.Equal(["somebody's"], await Things("/apikeys"));
    }

    public void Dispose()
    {
        _server.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [GeneratedRegex("[A-Za-z0-9]{20,}")]
    private static partial Regex LongWord();

    [GeneratedRegex("^V[a-z0-9]{10}0{10,}$")]
    private static partial Regex Replaced();

    private Task<ToolRun> Run(string parameters) => PowerShellHost.Run(_server.Uri,
        $"$ErrorActionPreference = 'Stop'; & '{Repository.PathOf("tests", "Live", "Run.ps1")}' -EndpointUrl '{_server.Uri}' {parameters}",
        ("TF_PLUGIN_MIRROR", ProviderMirror.Find() ?? ""));

    private async Task<IEnumerable<string>> Things(string path)
    {
        using EmulatorClient client = EmulatorClient.InProcess(_emulator);
        Answer answer = await client.Send("GET", path);
        return [.. answer.Body.GetProperty("item").EnumerateArray().Select(one => one.GetProperty("name").GetString()!)];
    }
}
