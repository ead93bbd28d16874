using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ApiKey.Tests.Emulator;
using ApiKey.Tests.Interop;

namespace ApiKey.Tests.Runbooks;

/// <summary>The live suite, as a person with an account runs it: it passes on the emulator, and what it records is answered alike
/// again.</summary>
[Trait(Category.Name, Category.Foreign)]
public sealed partial class LiveSuiteTests : IDisposable
{
    private readonly LiveSuite _suite = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("apikey-recording-").FullName;

    private string Recording => Path.Combine(_folder, "answers.jsonl");

    [Fact]
    public async Task ItPassesRemovesWhatItMadeAndItsRecordingIsAnsweredAlike()
    {
        string before = await _suite.Contents();
        ToolRun run = await _suite.Run($"-Record '{Recording}'");
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        Assert.Matches("Live suite on http://127[.]0[.]0[.]1:[0-9]+/ in us-east-1: [89] passed, 0 failed, [01] skipped, 0 known gaps",
            run.Output);
        Assert.Contains("Removed: 11 API keys, 1 usage plan.", run.Output);
        Assert.Equal(before, await _suite.Contents());

        // Whatever is as long as a value is one that was replaced.
        string text = await File.ReadAllTextAsync(Recording, TestContext.Current.CancellationToken);
        Assert.All(LongWord().Matches(text).Select(word => word.Value), word => Assert.Matches(Replaced(), word));
        Assert.Contains("ImportApiKeys", text);
        Assert.DoesNotContain(LiveSuite.Caller, text);
        using RecordingReplay replay = new(Recording);
        IReadOnlyList<string> differences = await replay.Differences();
        Assert.True(differences.Count == 0, string.Join('\n', differences));
        Assert.True(replay.Count > 60, text);
        await EveryChangedAnswerIsNoticed();
    }

    public void Dispose()
    {
        _suite.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [GeneratedRegex("[A-Za-z0-9]{20,}")]
    private static partial Regex LongWord();

    [GeneratedRegex("^V[a-z0-9]{10}0{10,}$")]
    private static partial Regex Replaced();

    // The recording as it is, but for one answer: that answer must be the first difference.
    private async Task EveryChangedAnswerIsNoticed()
    {
        string[] lines = await File.ReadAllLinesAsync(Recording, TestContext.Current.CancellationToken);
        string changed = Path.Combine(_folder, "changed.jsonl");
        for (int index = 0; index < lines.Length; index++)
        {
            foreach (string line in Changes(lines[index]))
            {
                await File.WriteAllLinesAsync(changed, [.. lines[..index], line, .. lines[(index + 1)..]],
                    TestContext.Current.CancellationToken);
                using RecordingReplay replay = new(changed);
                IReadOnlyList<string> differences = await replay.Differences();
                Assert.True(differences is [{ } first, ..] && first.StartsWith($"{index + 1} ", StringComparison.Ordinal), line);
            }
        }
    }

    // Values and dates are others each time, so the replay learns them, and ids are what it tells the emulator to make.
    private static IEnumerable<string> Changes(string line)
    {
        yield return With(line, answer => answer["status"] = (int)answer["status"]! + 1);
        JsonNode whole = JsonNode.Parse(line)!;
        if ((string?)whole["message"] is { } message)
        {
            yield return With(line, answer => answer["message"] = message + " not");
            yield return With(line, answer => answer["code"] = "OtherException");
        }
        else
        {
            yield return With(line, answer => answer["out"]!["other"] = "x");
            foreach ((string name, JsonNode? value) in whole["out"]!.AsObject())
            {
                if (name is "name" or "description" or "enabled" or "tags" or "items" or "customerId" or "stageKeys" or "quota")
                {
                    yield return With(line, answer => answer["out"]![name] = "other");
                    yield return With(line, answer => answer["out"]!.AsObject().Remove(name));
                }
            }
        }
    }

    private static string With(string line, Action<JsonNode> change)
    {
        JsonNode answer = JsonNode.Parse(line)!;
        change(answer);
        return answer.ToJsonString();
    }
}
