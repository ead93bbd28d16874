using ApiKey.Tags;
using FsCheck;
using FsCheck.Fluent;

namespace ApiKey.Tests.Unit;

/// <summary>Laws of tag sets that hold for any tags.</summary>
[Trait(Category.Name, Category.Unit)]
public class TagSetProperties
{
    private static readonly Arbitrary<TagSet> AnyTags = ArbMap.Default.GeneratorFor<Dictionary<NonEmptyString, NonNull<string>>>()
        .Select(map => TagSet.From(map.Select(tag => KeyValuePair.Create(tag.Key.Get, (string?)tag.Value.Get))))
        .ToArbitrary();

    [Fact]
    public void TextReadsBackToTheSameTags() =>
        Prop.ForAll(AnyTags, tags => TagSet.Parse(tags.ToText()).Equals(tags)).QuickCheckThrowOnFailure();

    [Fact]
    public void RemovingAndUpdatingLeadsFromAnyTagsToAnyOthers() =>
        Prop.ForAll(AnyTags, AnyTags, (from, to) => from.Without(from.RemovedBy(to).Keys).Merge(from.UpdatedBy(to)).Equals(to))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void OwnTagsWithDefaultsLaidUnderAreTheManagedOnes() =>
        Prop.ForAll(AnyTags, AnyTags, (own, defaults) =>
        {
            TagPolicy policy = new() { Defaults = defaults.WithoutSystem() };
            TagSet onKey = policy.Merge(own.WithoutSystem());
            return policy.Managed(onKey).Equals(onKey) && policy.Merge(policy.Own(onKey)).Equals(onKey);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void WhatOthersManageIsNeitherShownNorTouched() =>
        Prop.ForAll(AnyTags, AnyTags, (onKey, wanted) =>
        {
            TagPolicy policy = new() { IgnoredPrefixes = ["a"], IgnoredKeys = ["b", "c"] };
            Keys.ApiKeyChange change = new(new Model.ApiKeySpec { Tags = wanted });
            (IReadOnlyCollection<string> remove, TagSet add) = change.TagSteps(policy, onKey);
            return !policy.Managed(onKey).Keys.Concat(remove).Concat(add.WithoutSystem().Keys).Any(policy.IsForeign);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void EqualSetsHaveEqualHashes() =>
        Prop.ForAll(AnyTags, tags => TagSet.From(tags.Reverse()).GetHashCode() == tags.GetHashCode()).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("env", "'env' is not a tag")]
    [InlineData("=prod", "'=prod' is not a tag")]
    [InlineData("a=1&a=2", "'a' is given twice")]
    public void TextThatWouldLoseSomethingIsRefused(string text, string fault) =>
        Assert.Contains(fault, Assert.Throws<FormatException>(() => TagSet.Parse(text)).Message);

    [Fact]
    public void KeysThatDifferInCaseAreTwoTags() => Assert.Equal(2, TagSet.Parse("Env=a&env=b").Count);
}
