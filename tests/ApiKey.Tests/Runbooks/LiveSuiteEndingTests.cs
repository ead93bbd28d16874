using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using ApiKey.Emulator;
using ApiKey.Tests.Emulator;
using ApiKey.Tests.Interop;

namespace ApiKey.Tests.Runbooks;

/// <summary>The live suite when it does not come to its end, next to things of others: it removes its own and nothing else, and where it
/// cannot it says what to do.</summary>
[Trait(Category.Name, Category.Foreign)]
public sealed partial class LiveSuiteEndingTests : IDisposable
{
    private readonly LiveSuite _suite = new(stopsInTheMiddle: true);
    private readonly string _folder = Directory.CreateTempSubdirectory("apikey-ending-").FullName;

    [Fact]
    public async Task WrongParametersAreReportedBeforeAnythingIsMade()
    {
        string[] errors = await _suite.ErrorsOf(
            "",
            "-ProfileName no-such-profile",
            $"-EndpointUrl '{_suite.Server.Uri}' -Record /no/such/folder/answers.jsonl",
            $"-EndpointUrl '{_suite.Server.Uri}' -Record '{Path.GetTempPath()}'",
            $"-EndpointUrl '{_suite.Server.Uri}' -KnownGaps no-such-file.psd1",
            $"-EndpointUrl '{_suite.Server.Uri}' -CleanUp -Record answers.jsonl",
            "-EndpointUrl no-address",
            "-EndpointUrl http://127.0.0.1:1",
            "-EndpointUrl http://127.0.0.1:1 -CleanUp");
        Assert.Collection(errors,
            error => Assert.StartsWith("Specify -ProfileName, the profile of an account for tests, or -EndpointUrl.", error),
            error => Assert.Contains("There is no profile 'no-such-profile'", error),
            error => Assert.EndsWith("cannot be written. Specify a file in a folder that exists with -Record.", error),
            error => Assert.EndsWith("cannot be written. Specify a file in a folder that exists with -Record.", error),
            error => Assert.Contains("no-such-file.psd1' because it does not exist", error),
            error => Assert.Contains("Specify -Record and -KnownGaps without it.", error),
            error => Assert.Contains("'no-address' is not an http or https address", error),
            error => Assert.Contains("Connection refused", error),
            error => Assert.Equal("Not everything was removed.", error));
        Assert.Equal(0, _suite.Emulator.RequestCount);
    }

    [Fact]
    public async Task InterruptedItRemovesItsOwnAndLeavesOtherKeysAlone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no interrupt that a program can send to another one.");
        Tool.RequireInterrupts();
        await SeedOthers();
        string before = await _suite.Contents();
        Assert.Contains("Specify another account or region, or -AllowOtherKeys", (await _suite.ErrorsOf(
            $"-EndpointUrl '{_suite.Server.Uri}'"))[0]);
        Assert.Equal(before, await _suite.Contents());

        Process run = await _suite.StartUntilTheMiddle("-AllowOtherKeys");
        Assert.NotEqual(before, await _suite.Contents());
        await Tool.Run("kill", "-INT", run.Id.ToString(CultureInfo.InvariantCulture));
        ToolRun ended = await Tool.End(run);
        Assert.NotEqual(0, ended.ExitCode);
        Assert.Contains("Removed: 3 API keys, 1 usage plan.", ended.Output);
        Assert.Equal(before, await _suite.Contents());
    }

    [Fact]
    public async Task WhatAKilledRunLeftIsCleanedUpAndNothingElse()
    {
        await SeedOthers();
        string before = await _suite.Contents();
        using (Process run = await _suite.StartUntilTheMiddle("-AllowOtherKeys"))
        {
            run.Kill(entireProcessTree: true);
            await run.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        string files = Path.Combine(Path.GetTempPath(), KilledRun().Match(await _suite.Contents()).Groups["folder"].Value);
        Assert.True(Directory.Exists(files), files);
        _suite.Emulator.Seed(new SeedKey { Region = "us-east-1", Name = "apikey-live-0123456789ab-row-1" });
        _suite.Emulator.Seed(new SeedKey
        {
            Region = "us-east-1",
            Name = "renamed",
            Tags = new Dictionary<string, string> { ["apikey-live"] = "0123456789ab" }
        });
        Assert.Contains("-AllowOtherKeys", (await _suite.Run("")).Error);

        ToolRun cleaned = await _suite.Run("-CleanUp");
        Assert.True(cleaned.ExitCode == 0, cleaned.Output + cleaned.Error);
        Assert.Contains("Removed: 5 API keys, 1 usage plan.", cleaned.Output);
        Assert.Equal(before, await _suite.Contents());
        Assert.False(Directory.Exists(files), files);
    }

    [Fact]
    public async Task WithoutItsEndpointItSaysHowToRemoveWhatIsLeft()
    {
        // Of three gaps one is closed, one fails otherwise than is known, and one is as it is known.
        string gaps = Path.Combine(_folder, "gaps.psd1");
        await File.WriteAllTextAsync(gaps, """
            @{
                'a value belongs to one key' = @{ Does = 'It made two.'; Error = '*' }
                'a file is imported' = @{ Does = 'It reads no files.'; Error = '*500*' }
                'a key is rotated and its plans follow' = @{ Does = 'It is not there.'; Error = '*Connection refused*' }
            }
            """, TestContext.Current.CancellationToken);
        Process run = await _suite.StartUntilTheMiddle($"-Region eu-west-3 -KnownGaps '{gaps}'");
        _suite.Server.Dispose();
        ToolRun ended = await Tool.End(run);
        Assert.NotEqual(0, ended.ExitCode);
        Assert.Contains($"Try again with: ./build.ps1 -Task Live -EndpointUrl '{_suite.Server.Uri}' -Region eu-west-3 -CleanUp",
            ended.Output);
        Assert.DoesNotContain("Removed:", ended.Output);
        Assert.Contains("a value belongs to one key passed, so this is no longer a known gap: It made two.", ended.Output);
        Assert.Contains("a file is imported failed: ", ended.Output);
        Assert.Contains("Known gap: a key is rotated and its plans follow. It is not there.", ended.Output);
        Assert.Contains("3 passed, 5 failed, 0 skipped, 1 known gap, ", ended.Output);
        Assert.Contains("The live suite failed: 7 problems, listed above.", ended.Error);
    }

    public void Dispose()
    {
        _suite.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [GeneratedRegex("(?<folder>apikey-live-[0-9a-f]{12})-in-plan", RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex KilledRun();

    // Keys and a plan of somebody else's, whose names and tags are near those of the suite.
    private async Task SeedOthers()
    {
        _suite.Emulator.Seed(new SeedKey { Region = "us-east-1", Name = "somebody's" });
        _suite.Emulator.Seed(new SeedKey { Region = "us-east-1", Name = "apikey-live-by-hand" });
        _suite.Emulator.Seed(new SeedKey
        {
            Region = "us-east-1",
            Name = "sync",
            Tags = new Dictionary<string, string> { ["sync"] = "yes", ["apikey-live"] = "no", ["owner"] = "team a" }
        });
        using EmulatorClient client = EmulatorClient.InProcess(_suite.Emulator);
        await client.Send("POST", "/usageplans", """{"name":"apikey-live"}""");
    }
}
