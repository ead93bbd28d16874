using System.Text;
using ApiKey.Emulator;
using ApiKey.Leaks;
using ApiKey.Tags;
using ApiKey.Tests.DesiredState;

namespace ApiKey.Tests.Leaks;

/// <summary>Whatever stands in a tag's text, a .gitignore or an emulator's state file: read, or refused by our own error.</summary>
[Trait(Category.Name, Category.Unit)]
public sealed class SmallReaderFuzzTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("apikey-fuzz-").FullName;

    [Fact]
    public void TheTextOfTagsIsReadOrRefused()
    {
        using Fuzzing fuzzing = new("tags", 3000, seed: 4);
        Random random = new(fuzzing.Seed);
        string[] seeds = ["env=prod, team=payments", "env=prod&x=", "a%2Cb=%C3%A9%20, c=d=e", "aws:x=1", " a = b "];
        while (fuzzing.Goes())
        {
            string text = ReaderFuzzTests.Mutate(seeds[random.Next(seeds.Length)], random);
            try
            {
                TagSet tags = TagSet.Parse(text);
                Assert.Equal(tags, TagSet.Parse(tags.ToText()));
            }
            catch (FormatException)
            {
                // Ours.
            }
        }
    }

    [Fact]
    public void ARuleOfWhatToIgnoreIsReadWhateverItIs()
    {
        using Fuzzing fuzzing = new("ignore rules", 500, seed: 5);
        Random random = new(fuzzing.Seed);
        while (fuzzing.Goes())
        {
            File.WriteAllText(Path.Combine(_folder, ".gitignore"),
                ReaderFuzzTests.Mutate("# c\n*.log\n!a/**/b[!a-z]?\n/x\\ y/\n[[:alpha:]]*\n", random),
                new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: false));
            IgnoreRules? rules = IgnoreRules.Within(above: null, _folder);
            IgnoreRules.Ignores(rules, Path.Combine(_folder, "a", "c", "b1"), isFolder: false);
            IgnoreRules.Ignores(rules, Path.Combine(_folder, "x y"), isFolder: true);
        }
    }

    [Fact]
    public void AStateOfTheEmulatorIsReadOrRefused()
    {
        string path = Path.Combine(_folder, "state.json");
        using (ApiGatewayEmulator first = new(statePath: path))
        {
            first.Seed(new SeedKey { Region = "us-east-1", Name = "a" });
            first.SeedStage("us-east-1", "a1b2c3d4e5", "prod");
        }

        string sound = File.ReadAllText(path);
        using Fuzzing fuzzing = new("emulator state", 300, seed: 6);
        Random random = new(fuzzing.Seed);
        while (fuzzing.Goes())
        {
            File.WriteAllText(path, ReaderFuzzTests.Mutate(sound, random),
                new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: false));
            try
            {
                new ApiGatewayEmulator(statePath: path).Dispose();
            }
            catch (InvalidDataException)
            {
                // Ours.
            }
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
