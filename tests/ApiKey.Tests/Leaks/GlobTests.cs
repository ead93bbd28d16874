using ApiKey.Leaks;

namespace ApiKey.Tests.Leaks;

/// <summary>Patterns of .gitignore where case counts and where it does not.</summary>
[Trait(Category.Name, Category.Unit)]
public class GlobTests
{
    [Theory]
    [InlineData("*.log", "A.LOG", false, true)]
    [InlineData("*.log", "a.log", true, true)]
    [InlineData("[a-c]", "b", true, true)]
    [InlineData("[a-c]", "a", true, true)]
    [InlineData("[a-c]", "c", true, true)]
    [InlineData("[a-c]", "d", false, false)]
    [InlineData("[a-c]", "A", false, true)]
    [InlineData("[a-c]", "B", false, true)]
    [InlineData("[a-c]", "C", false, true)]
    [InlineData("[a-c]", "D", false, false)]
    [InlineData("[A-C]", "a", false, true)]
    [InlineData("[A-C]", "b", false, true)]
    [InlineData("[A-C]", "c", false, true)]
    [InlineData("[A-C]", "d", false, false)]
    [InlineData("[b]", "B", false, true)]
    [InlineData("[!b]", "B", true, false)]
    [InlineData("[!a-c]", "B", true, false)]
    [InlineData("\\[x", "[X", false, true)]
    [InlineData("?", "é", true, true)]
    [InlineData("[0-9]", "5", true, true)]
    [InlineData("[0-9]", "a", false, false)]
    public void CaseCountsOrNot(string pattern, string name, bool whereItCounts, bool whereItDoesNot)
    {
        Assert.Equal(whereItCounts, new Glob(pattern, StringComparison.Ordinal).IsMatch([name]));
        Assert.Equal(whereItDoesNot, new Glob(pattern, StringComparison.OrdinalIgnoreCase).IsMatch([name]));
    }
}
