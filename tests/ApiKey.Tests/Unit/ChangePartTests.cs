using System.Reflection;
using ApiKey.Keys;
using ApiKey.Model;
using ApiKey.Plans;
using ApiKey.Tags;

namespace ApiKey.Tests.Unit;

/// <summary>Whatever is asked to change is named in the question, and is not "nothing to change": one property at a time.</summary>
[Trait(Category.Name, Category.Unit)]
public class ChangePartTests
{
    private static readonly TagSet Tags = TagSet.Parse("env=prod");

    public static TheoryData<string> OfPlans => [.. Settable(typeof(UsagePlanChange)).Select(property => property.Name)];

    public static TheoryData<string> OfKeys => [.. Settable(typeof(ApiKeySpec)).Select(property => property.Name)
        .Except([nameof(ApiKeySpec.Value)])];

    [Theory]
    [MemberData(nameof(OfPlans))]
    public void EachChangeOfAPlanIsNamed(string property) => Assert.Single(With(new UsagePlanChange(), property).Parts);

    [Theory]
    [MemberData(nameof(OfKeys))]
    public void EachChangeOfAKeyIsNamed(string property)
    {
        ApiKeyChange change = new(With(new ApiKeySpec(), property));
        Assert.Equal(property, Assert.Single(change.Parts), ignoreCase: true);
        Assert.False(change.IsEmpty);
    }

    [Fact]
    public void TagsArePartsOnceAndNothingIsNone()
    {
        Assert.Equal(["tags"], new ApiKeyChange(new ApiKeySpec()) { AddTags = Tags, RemoveTags = ["x"] }.Parts);
        Assert.Empty(new ApiKeyChange(new ApiKeySpec()).Parts);
        Assert.Empty(new UsagePlanChange().Parts);
    }

    private static IEnumerable<PropertyInfo> Settable(Type type) => type.GetProperties().Where(property => property.CanWrite);

    private static T With<T>(T something, string name)
    {
        PropertyInfo property = typeof(T).GetProperty(name)!;
        property.SetValue(something, (Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) switch
        {
            var type when type == typeof(string) => "x",
            var type when type == typeof(bool) => true,
            var type when type == typeof(int) => 1,
            var type when type == typeof(QuotaPeriod) => QuotaPeriod.Week,
            var type when type == typeof(ThrottleLimits) => new ThrottleLimits(1, 1),
            var type when type == typeof(TagChange) => new TagChange(null, Tags, []),
            var type when type == typeof(TagSet) => Tags,
            var type when type == typeof(IReadOnlyList<PlanStage>) => new[] { new PlanStage("a1", "prod") },
            var type => throw new ArgumentException($"No sample of {type}."),
        });
        return something;
    }
}
