using ApiKey.DesiredState;
using ApiKey.Tags;

namespace ApiKey.Tests.DesiredState;

/// <summary>Keys and plans of Terraform's own files are read as Terraform wrote them: types count, and a plan's tag without a
/// value is none.</summary>
[Trait(Category.Name, Category.Unit)]
public class ExactResourceTests
{
    [Theory]
    [InlineData("api_key", """ "enabled": "true" """, "The enabled of this key is not true or false.")]
    [InlineData("api_key", """ "tags": "env=prod" """, "The tags of this key is not an object.")]
    [InlineData("usage_plan", """ "tags": "env=prod" """, """tags are names and texts, for example { "env": "prod" }.""")]
    [InlineData("usage_plan", """ "quota_settings": [ { "limit": "5", "period": "DAY" } ] """,
        "limit is a whole number, 0 or more, without quotes.")]
    [InlineData("usage_plan", """ "throttle_settings": [ { "rate_limit": "5", "burst_limit": 5 } ] """,
        "rate_limit is a number, 0 or more, without quotes.")]
    [InlineData("usage_plan", """ "quota_settings": [ { "limit": 5, "period": "day" } ] """,
        "The period of a quota is DAY, WEEK or MONTH.")]
    [InlineData("usage_plan", """ "quota_settings": [ { "limit": 5 } ] """,
        "quota_settings needs a limit and a period, for example 10000 and MONTH.")]
    [InlineData("usage_plan", """ "quota_settings": [ { "period": "DAY" } ] """,
        "quota_settings needs a limit and a period, for example 10000 and MONTH.")]
    [InlineData("usage_plan", """ "api_stages": [ { "api_id": "a", "stage": "prod", "throttle": 5 } ] """,
        "throttle lists methods, each with its path, rate_limit and burst_limit.")]
    [InlineData("usage_plan", """ "api_stages": [ { "api_id": "a", "stage": "prod", "throttle": [ { "rate_limit": 5 } ] } ] """,
        "The throttle of a method needs its path, for example /pets/GET, a rate_limit and a burst_limit.")]
    public void ATypeThatTerraformDoesNotWriteIsAProblem(string kind, string attribute, string says)
    {
        DesiredSource source = new("terraform.tfstate");
        Read(source, kind, attribute);
        Assert.Contains(source.Problems, problem => problem.Message == says);
    }

    [Fact]
    public void ATagWithoutAValueIsNone()
    {
        DesiredSource source = new("terraform.tfstate");
        DesiredEntries entries = Read(source, "usage_plan", """ "tags": { "env": "prod", "none": null } """);
        Assert.Empty(source.Problems);
        Assert.Equal("env=prod", Assert.Single(entries.Plans).Spec.Tags.ToText());
    }

    private static DesiredEntries Read(DesiredSource source, string kind, string attribute) => DesiredStateFile.Read(source,
        $$"""
        { "version": 4, "terraform_version": "1.11.4", "resources": [ { "mode": "managed", "type": "aws_api_gateway_{{kind}}",
        "name": "r", "instances": [ { "attributes": { "id": "r1", "name": "n", {{attribute}} } } ] } ] }
        """, TagPolicy.None, default, new ForeignReaders(_ => throw new NotSupportedException(), _ => throw new NotSupportedException()));
}
