namespace ApiKey.Tests.Emulator;

/// <summary>Recordings of real AWS (the first of September 2026), answered by the emulator alike.</summary>
[Trait(Category.Name, Category.Unit)]
public sealed class RecordingTests
{
    // What is compared less strictly, and why. At most one line in twenty may be here.
    private static readonly Dictionary<int, string> Loose = new()
    {
        [144] = "the end of the text tells of a session policy, and the emulator has no policies",
        [146] = "the end of the text tells of a session policy, and the emulator has no policies",
        [150] = "the end of the text tells of a session policy, and the emulator has no policies",
    };

    [Fact]
    public async Task TheEmulatorAnswersAsAwsWasRecordedTo()
    {
        using RecordingReplay replay = new(Repository.PathOf("tests", "ApiKey.Tests", "Data", "aws-recorded-keys.jsonl"), Loose.Keys);
        IReadOnlyList<string> differences = await replay.Differences();
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{replay.Count - differences.Count} of {replay.Count} recorded requests answered alike, {Loose.Count} of them but for a "
            + "part.");
        Assert.True(differences.Count == 0, string.Join('\n', differences));
        Assert.True(replay.Count > 170 && Loose.Count * 20 <= replay.Count);
    }

    [Fact]
    public async Task SoAreRecordingsOfTheLiveSuite()
    {
        foreach (string file in Directory.EnumerateFiles(Repository.PathOf("tests", "ApiKey.Tests", "Data"), "aws-recorded-*.jsonl")
            .Where(file => Path.GetFileName(file) != "aws-recorded-keys.jsonl"))
        {
            using RecordingReplay replay = new(file);
            IReadOnlyList<string> differences = await replay.Differences();
            Assert.True(differences.Count == 0, $"{file}:\n{string.Join('\n', differences)}");
        }
    }
}
