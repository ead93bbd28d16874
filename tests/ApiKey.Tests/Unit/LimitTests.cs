using ApiKey.Attributes;
using ApiKey.Model;
using ApiKey.Plans;
using ApiKey.Tags;

namespace ApiKey.Tests.Unit;

/// <summary>AWS's limits at their edges: the last that is accepted, and the first that is not.</summary>
[Trait(Category.Name, Category.Unit)]
public class LimitTests
{
    [Theory]
    [InlineData("Name", 1, true)]
    [InlineData("Name", 1024, true)]
    [InlineData("Name", 1025, false)]
    [InlineData("Description", 0, true)]
    [InlineData("Description", 125_000, true)]
    [InlineData("Description", 125_001, false)]
    [InlineData("Value", 19, false)]
    [InlineData("Value", 20, true)]
    [InlineData("Value", 128, true)]
    [InlineData("Value", 129, false)]
    public void ATextOfAKeyHasALength(string name, int length, bool isGood)
    {
        ApiKeyField field = ApiKeyField.All.Single(candidate => candidate.Name == name);
        Assert.Equal(isGood, !field.ProblemsOf(field.Read(new ApiKeySpec(), new string('a', length)), default).Any());
    }

    [Theory]
    [InlineData(TagRules.MaxTags, 1, 0, true)]
    [InlineData(TagRules.MaxTags + 1, 1, 0, false)]
    [InlineData(1, TagRules.MaxKeyLength, TagRules.MaxValueLength, true)]
    [InlineData(1, TagRules.MaxKeyLength + 1, 0, false)]
    [InlineData(1, 1, TagRules.MaxValueLength + 1, false)]
    [InlineData(1, 0, 1, false)]
    public void TagsHaveANumberAndLengths(int count, int keyLength, int valueLength, bool isGood)
    {
        TagSet tags = TagSet.From(Enumerable.Range(0, count).Select(number =>
            KeyValuePair.Create<string, string?>(count == 1 ? new string('k', keyLength) : $"k{number}", new string('v', valueLength))));
        Assert.Equal(isGood, !TagRules.ProblemsOf(tags).Any());
    }

    [Theory]
    [InlineData("aws:x", false)]
    [InlineData("AWS:x", false)]
    [InlineData("aws", true)]
    [InlineData("x:aws:", true)]
    public void ATagOfAwsItselfIsRefused(string key, bool isGood) => Assert.Equal(isGood, !TagRules.ProblemsOfKey(key).Any());

    [Theory]
    [InlineData(0.0, 0, 0, QuotaPeriod.Day, null, true)]
    [InlineData(0.0, 0, null, null, null, true)]
    [InlineData(null, null, 1, QuotaPeriod.Month, null, true)]
    [InlineData(-0.1, 0, null, null, null, false)]
    [InlineData(0.0, -1, null, null, null, false)]
    [InlineData(double.NaN, 1, null, null, null, false)]
    [InlineData(double.PositiveInfinity, 1, null, null, null, false)]
    [InlineData(1.0, null, null, null, null, false)]
    [InlineData(null, 1, null, null, null, false)]
    [InlineData(null, null, 1, null, null, false)]
    [InlineData(null, null, null, QuotaPeriod.Day, null, false)]
    [InlineData(null, null, -1, QuotaPeriod.Day, null, false)]
    [InlineData(null, null, null, null, 0, false)]
    [InlineData(null, null, 5, QuotaPeriod.Day, 0, true)]
    [InlineData(null, null, 5, QuotaPeriod.Day, 1, false)]
    [InlineData(null, null, 5, QuotaPeriod.Week, 6, true)]
    [InlineData(null, null, 5, QuotaPeriod.Week, 7, false)]
    [InlineData(null, null, 5, QuotaPeriod.Month, 27, true)]
    [InlineData(null, null, 5, QuotaPeriod.Month, 28, false)]
    [InlineData(null, null, 5, QuotaPeriod.Month, -1, false)]
    public void LimitsOfAPlanGoTogether(double? rate, int? burst, int? quota, QuotaPeriod? period, int? offset, bool isGood) =>
        Assert.Equal(isGood, UsagePlanRules.ProblemsOf(new UsagePlanSpec
        {
            Name = "p",
            RateLimit = rate,
            BurstLimit = burst,
            QuotaLimit = quota,
            QuotaPeriod = period,
            QuotaOffset = offset,
        }, TagPolicy.None).Count == 0);
}
