using ApiKey.Calls;
using ApiKey.Formats;
using ApiKey.Import;
using ApiKey.Keys;
using ApiKey.Tags;

namespace ApiKey.Tests.Unit;

/// <summary>The values that an import makes from its seed.</summary>
[Trait(Category.Name, Category.Unit)]
public sealed class ImportSeedTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("apikey-seed-").FullName;

    [Fact]
    public void EveryCharacterOfAValueIsAsLikelyAsTheOthers()
    {
        const int Rows = 2500;
        string path = Path.Combine(_folder, "keys.csv");
        File.WriteAllText(path, "Name,Key\na,\n");
        using KeyFile file = KeyFile.Open(path, TagPolicy.None, default);
        QuotaScope place = new("test", IsAws: false);

        // Always the same values: the seed of an import that did not end.
        File.WriteAllText(ImportSeed.PathFor(file, place), $"{file.ContentHash}\n{new string('5', 64)}\n");
        using ImportSeed seed = ImportSeed.Open(file, place);
        string[] values = [.. Enumerable.Range(0, Rows).Select(seed.ValueOf)];
        Assert.Equal(Rows, values.Distinct().Count());
        Assert.All(values, value => Assert.Equal(ApiKeyValue.Length, value.Length));
        Dictionary<char, int> counts = values.SelectMany(value => value).CountBy(character => character).ToDictionary();
        Assert.Equal(ApiKeyValue.Characters.Order(), counts.Keys.Order());
        double fair = (double)Rows * ApiKeyValue.Length / ApiKeyValue.Characters.Length;
        Assert.All(counts, count => Assert.InRange(count.Value, fair * 0.9, fair * 1.1));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
