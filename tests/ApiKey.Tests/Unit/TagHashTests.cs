using ApiKey.Tags;

namespace ApiKey.Tests.Unit;

/// <summary>Sets of tags that differ in a key or in a value are told apart by their hashes, too.</summary>
[Trait(Category.Name, Category.Unit)]
public class TagHashTests
{
    [Theory]
    [InlineData("{0}=x")]
    [InlineData("x={0}")]
    [InlineData("x=y, z={0}")]
    public void TagsThatDifferHaveOtherHashes(string tags) => Assert.InRange(Enumerable.Range(0, 100)
        .Select(number => TagSet.Parse(tags.Replace("{0}", $"a{number}", StringComparison.Ordinal)).GetHashCode()).Distinct().Count(), 95,
        100);
}
