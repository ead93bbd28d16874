using ApiKey.Tags;

namespace ApiKey.Tests.Unit;

/// <summary>Default and ignored tags of the environment, as Terraform's provider reads them.</summary>
[Trait(Category.Name, Category.Unit)]
public class TagVariableTests
{
    [Theory]
    [InlineData("TF_AWS_DEFAULT_TAGS_team", "team=x")]
    [InlineData("TF_AWS_DEFAULT_TAGS_a", "a=x")]
    [InlineData("TF_AWS_DEFAULT_TAGS_", "")]
    [InlineData("TF_AWS_DEFAULT_TAGS", "")]
    [InlineData("tf_aws_default_tags_team", "")]
    public void AVariableIsADefaultTagByTheRestOfItsName(string variable, string tags) =>
        Assert.Equal(tags, TagPolicy.Resolve(null, null, null, new Dictionary<string, string> { [variable] = "x" }).Defaults.ToText());

    [Theory]
    [InlineData("", "given")]
    [InlineData("a", "given a")]
    [InlineData(" a , b ,, given", "given a b")]
    public void IgnoredTagsAreUnitedWithTheVariables(string variable, string united)
    {
        TagPolicy policy = TagPolicy.Resolve(null, ["given"], ["given"],
            new Dictionary<string, string> { ["TF_AWS_IGNORE_TAGS_KEYS"] = variable, ["TF_AWS_IGNORE_TAGS_KEY_PREFIXES"] = variable });
        Assert.Equal((united, united), (string.Join(' ', policy.IgnoredKeys), string.Join(' ', policy.IgnoredPrefixes)));
    }

    [Fact]
    public void AGivenDefaultTagBeatsTheVariable() => Assert.Equal("a=given, b=x", TagPolicy.Resolve(TagSet.Parse("a=given"), null, null,
        new Dictionary<string, string> { ["TF_AWS_DEFAULT_TAGS_a"] = "x", ["TF_AWS_DEFAULT_TAGS_b"] = "x" }).Defaults.ToText());
}
