using ApiKey.Text;

namespace ApiKey.Tests.Unit;

/// <summary>A path is shown whole unless its file's name could be a value. Without a host, Core's texts have words, too.</summary>
[Trait(Category.Name, Category.Unit)]
public class ShownPathTests
{
    [Theory]
    [InlineData("/keys/abcdefghij012345678", "'/keys/abcdefghij012345678'")]
    [InlineData("/keys/abcdefghij0123456789", "'(20 letters and digits)'")]
    [InlineData("abcdefghij0123456789", "'(20 letters and digits)'")]
    [InlineData("/keys/0f8fad5b-d9cb-469f-a165-70867728950e", "'(36 letters and digits)'")]
    [InlineData("/keys/abcdefghij0123456789.csv", "'/keys/abcdefghij0123456789.csv'")]
    [InlineData("/keys/a-abcdefghij0123456789", "'/keys/a-abcdefghij0123456789'")]
    [InlineData("/abcdefghij0123456789/keys.csv", "'/abcdefghij0123456789/keys.csv'")]
    [InlineData("/keys/", "'/keys/'")]
    [InlineData("", "''")]
    public void APathIsWholeUnlessItsNameCouldBeAValue(string path, string shown) => Assert.Equal(shown, Show.QuotePath(path));

    [Fact]
    public void ALongNameIsWhole()
    {
        string path = $"/keys/{new string('-', 200)}.csv";
        Assert.Equal($"'{path}'", Show.QuotePath(path));
    }

    [Fact]
    public void WithoutAHostAnActAndASettingHaveTheNamesOfCore()
    {
        Words words = new();
        Assert.Equal("RemoveKeys", words.Command(Act.RemoveKeys, "id", "name"));
        Assert.Equal("Region", words.Setting("Region"));
        Assert.Equal("Region eu-west-1", words.Setting("Region", "eu-west-1"));
    }
}
