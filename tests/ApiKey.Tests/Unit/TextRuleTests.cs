using ApiKey.Model;
using ApiKey.Plans;
using ApiKey.Service;
using ApiKey.Tags;
using ApiKey.Text;

namespace ApiKey.Tests.Unit;

/// <summary>Texts that commands show or read, at the edges of their rules.</summary>
[Trait(Category.Name, Category.Unit)]
public class TextRuleTests
{
    private const string Value = "abcdefghij0123456789";

    [Theory]
    [InlineData(119, false)]
    [InlineData(120, false)]
    [InlineData(121, true)]
    public void ATextThatIsTooLongIsCut(int length, bool isCut)
    {
        string text = string.Concat(Enumerable.Repeat("a ", 100))[..length];
        Assert.Equal(isCut ? $"{text[..120]}…" : text, Show.Plain(text));
    }

    [Theory]
    [InlineData(Value, "(20 letters and digits)")]
    [InlineData($"({Value})", "(20 letters and digits)")]
    [InlineData($"x ({Value}) y", "x (20 letters and digits) y")]
    [InlineData($"({Value} is it)", "((20 letters and digits) is it)")]
    [InlineData($"it is {Value})", "it is (20 letters and digits))")]
    [InlineData($"{Value})", "(20 letters and digits))")]
    [InlineData($"({Value}", "((20 letters and digits)")]
    [InlineData("abcdefghijabcdefghij", "abcdefghijabcdefghij")]
    [InlineData("abcdefghij012345678", "abcdefghij012345678")]
    public void AMessageHasNoValueAndNoDoubledParentheses(string message, string shown) => Assert.Equal(shown, Show.Message(message));

    [Theory]
    [InlineData("a b", "a b")]
    [InlineData(" a", "%20a")]
    [InlineData("a ", "a%20")]
    [InlineData("  a  ", "%20%20a%20%20")]
    [InlineData("a\u00a0b", "a%C2%A0b")]
    [InlineData("\u00a0a", "%C2%A0a")]
    [InlineData("a\u00a0", "a%C2%A0")]
    [InlineData("a\tb", "a%09b")]
    [InlineData("a\u2003 b", "a%E2%80%83 b")]
    [InlineData("50%,a=b&c", "50%25%2Ca%3Db%26c")]
    [InlineData("é😀", "é😀")]
    public void WhatMeansSomethingInATagIsEscaped(string value, string text)
    {
        TagSet tags = TagSet.From([KeyValuePair.Create<string, string?>("k", value)]);
        Assert.Equal($"k={text}", tags.ToText());
        Assert.Equal(value, TagSet.Parse(tags.ToText()).ValueOf("k"));
    }

    [Theory]
    [InlineData(null, null, null, "AWS")]
    [InlineData(null, null, "eu-west-1", "AWS, eu-west-1")]
    [InlineData("prod", null, "eu-west-1", "AWS, profile prod, eu-west-1")]
    [InlineData("prod", "https://x/", null, "https://x/")]
    public void AConnectionSaysWhereItLeads(string? profile, string? endpoint, string? region, string text) =>
        Assert.Equal(text, new ApiGatewayConnection
        {
            ProfileName = profile,
            EndpointUrl = endpoint is null ? null : new Uri(endpoint),
            Region = region,
        }.ToString());

    [Theory]
    [InlineData(PlannedResource.ApiKey, PlanAction.Create, "Create API key 'a' in r")]
    [InlineData(PlannedResource.ApiKey, PlanAction.Update, "Change API key 'a (i)' in r: F 'x' -> 'y', G = 'z'")]
    [InlineData(PlannedResource.ApiKey, PlanAction.Replace, "Replace API key 'a (i)' in r: F 'x' -> 'y', G = 'z'")]
    [InlineData(PlannedResource.ApiKey, PlanAction.Remove, "Remove API key 'a (i)' in r")]
    [InlineData(PlannedResource.ApiKey, PlanAction.None, "Keep API key 'a (i)' in r")]
    [InlineData(PlannedResource.UsagePlan, PlanAction.Create, "Create usage plan 'a' in r")]
    [InlineData(PlannedResource.UsagePlan, PlanAction.Update, "Change usage plan 'a (i)' in r: F 'x' -> 'y', G = 'z'")]
    [InlineData(PlannedResource.UsagePlan, PlanAction.Remove, "Remove usage plan 'a (i)' in r")]
    [InlineData(PlannedResource.UsagePlanKey, PlanAction.Create, "Put API key 'a' into usage plan 'p' in r")]
    [InlineData(PlannedResource.UsagePlanKey, PlanAction.Remove, "Take API key 'a (i)' out of usage plan 'p' in r")]
    public void AChangeIsDescribedInALine(PlannedResource resource, PlanAction action, string line)
    {
        PlannedChange change = new()
        {
            Resource = resource,
            Action = action,
            Name = "a",
            Id = action == PlanAction.Create ? null : "i",
            UsagePlan = resource == PlannedResource.UsagePlanKey ? "p" : null,
            Region = "r",
            Reason = "",
            Differences = action is PlanAction.Update or PlanAction.Replace
                ? [new FieldDifference("F", "x", "y"), new FieldDifference("G", null, "z")] : [],
        };
        Assert.Equal(line, change.Describe());
    }

    [Theory]
    [InlineData(0, "The region has none.")]
    [InlineData(1, "The region has p1 (id1).")]
    [InlineData(10, "p10 (id10).")]
    [InlineData(11, "p10 (id10) and 1 more.")]
    [InlineData(15, "p10 (id10) and 5 more.")]
    public async Task WhenNoPlanIsMeantTheFirstTenAreNamed(int count, string says)
    {
        UsagePlanInfo[] plans = [.. Enumerable.Range(1, count).Select(number => new UsagePlanInfo
        {
            Id = $"id{number}",
            Name = $"p{number}",
            Arn = "a",
            Region = "r",
        })];
        PlanNames names = new(_ => Task.FromResult<IReadOnlyList<UsagePlanInfo>>(plans), "r");
        ApiGatewayException missing = await Assert.ThrowsAsync<ApiGatewayException>(() =>
            names.FindAsync(new UsagePlanIdentity("gone"), TestContext.Current.CancellationToken));
        Assert.EndsWith(says, missing.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("p11", missing.Message, StringComparison.Ordinal);
    }
}
