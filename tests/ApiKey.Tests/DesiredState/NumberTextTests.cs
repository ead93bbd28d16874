using ApiKey.DesiredState;
using ApiKey.Tags;

namespace ApiKey.Tests.DesiredState;

/// <summary>What is not a number where a usage plan needs one is refused; only of a text it is told that the quotes are
/// wrong.</summary>
[Trait(Category.Name, Category.Unit)]
public class NumberTextTests
{
    private static readonly ForeignReaders None =
        new(_ => throw new NotSupportedException(), _ => throw new NotSupportedException());

    [Theory]
    [InlineData("5", null)]
    [InlineData("0", null)]
    [InlineData("5.0", null)]
    [InlineData("\"5\"", "limit is a whole number, 0 or more, without quotes.")]
    [InlineData("\"five\"", "limit is a whole number, 0 or more, without quotes.")]
    [InlineData("true", "limit is a whole number, 0 or more.")]
    [InlineData("-1", "limit is a whole number, 0 or more.")]
    [InlineData("1.5", "limit is a whole number, 0 or more.")]
    [InlineData("2147483647", null)]
    [InlineData("2147483648", "limit is a whole number, 0 or more.")]
    [InlineData("[5]", "limit is a whole number, 0 or more.")]
    public void AWholeNumber(string limit, string? problem) =>
        AssertRead($$"""{ "name": "p", "quota_settings": { "limit": {{limit}}, "period": "DAY" } }""", problem);

    [Theory]
    [InlineData("0", null)]
    [InlineData("1.5", null)]
    [InlineData("\"1.5\"", "rate_limit is a number, 0 or more, without quotes.")]
    [InlineData("false", "rate_limit is a number, 0 or more.")]
    [InlineData("-0.5", "rate_limit is a number, 0 or more.")]
    [InlineData("1e999", "rate_limit is a number, 0 or more.")]
    public void ANumber(string rate, string? problem) =>
        AssertRead($$"""{ "name": "p", "throttle_settings": { "rate_limit": {{rate}}, "burst_limit": 5 } }""", problem);

    private static void AssertRead(string plan, string? problem)
    {
        DesiredSource source = new("keys.json");
        DesiredStateFile.Read(source, $$"""{ "usage_plans": [ {{plan}} ] }""", TagPolicy.None, default, None);
        Assert.Equal(problem, source.Problems.Select(found => found.Message).FirstOrDefault());
    }
}
