using ApiKey.DesiredState;
using ApiKey.Tags;

namespace ApiKey.Tests.DesiredState;

/// <summary>Tags of templates, and how strict the AWS CLI's listings are read.</summary>
public class TemplateTagTests
{
    private static readonly ForeignReaders Readers = ReaderFuzzTests.LoadReaders();

    [Theory]
    [InlineData("""[{ "Key": "a", "Value": "1" }, { "Key": "b", "Value": { "Ref": "Env" } }]""", "a=1, b=prod", null)]
    [InlineData("""[{ "Ref": "AWS::NoValue" }, { "Key": "a", "Value": "1" }]""", "a=1", null)]
    [InlineData("""[{ "Key": "a" }]""", null, "A tag has a Key and a Value.")]
    [InlineData("""[{ "Value": "a" }]""", null, "A tag has a Key and a Value.")]
    [InlineData("""["a=b"]""", null, "A tag has a Key and a Value.")]
    [InlineData("""[]""", "", null)]
    public void ATagOfATemplateHasAKeyAndAValue(string tags, string? expected, string? problem)
    {
        string template = $$$"""
            { "AWSTemplateFormatVersion": "2010-09-09", "Parameters": { "Env": { "Type": "String", "Default": "prod" } }, "Resources": {
              "K": { "Type": "AWS::ApiGateway::ApiKey", "Properties": { "Name": "k", "Tags": {{{tags}}} } } } }
            """;
        (string? read, string? wrong) = Read("template.json", template);
        Assert.Equal((expected, problem), (read, wrong));
    }

    [Theory]
    [InlineData("""{ "id": "k1", "createdDate": 1, "name": "a", "enabled": true }""", null)]
    [InlineData("""{ "id": "k1", "createdDate": 1, "name": "a", "enabled": "true" }""", "enabled is true or false, without quotes.")]
    [InlineData("""{ "id": "k1", "createdDate": 1, "name": "a", "tags": "env=prod" }""",
        """tags are names and texts, for example { "env": "prod" }.""")]
    public void AListingOfTheAwsCliIsReadAsStrictlyAsJson(string item, string? problem) =>
        Assert.Equal(problem, Read("keys.json", $$"""{ "items": [ {{item}} ] }""").Problem);

    [Theory]
    [InlineData("enabled: 'yes'", "Write true or false.")]
    [InlineData("enabled: 'false'", null)]
    [InlineData("tags: env=prod", null)]
    public void YamlTakesATextForBoth(string line, string? problem)
    {
        string? wrong = Read("keys.yaml", $"keys:\n- name: a\n  {line}\n").Problem;
        Assert.True(problem is null ? wrong is null : wrong?.Contains(problem, StringComparison.Ordinal) == true, wrong);
    }

    private static (string? Tags, string? Problem) Read(string name, string text)
    {
        DesiredSource source = new(name);
        DesiredEntries read = DesiredStateFile.Read(source, text, TagPolicy.None, default, Readers);
        return source.Problems.Count > 0 ? (null, Assert.Single(source.Problems).Message)
            : (Assert.Single(read.Keys).Spec.Tags?.ToText(), null);
    }
}
