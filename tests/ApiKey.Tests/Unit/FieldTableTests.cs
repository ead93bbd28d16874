using System.Management.Automation;
using ApiKey.Attributes;
using ApiKey.Model;
using ApiKey.Tests.Engine;

namespace ApiKey.Tests.Unit;

/// <summary>The binding table is complete: each attribute has its parameters, its wire path, its text form, and its property.</summary>
public class FieldTableTests
{
    public static TheoryData<string> Fields => [.. ApiKeyField.All.Select(field => field.Name)];

    [Theory]
    [MemberData(nameof(Fields))]
    public void EveryFieldHasAParameterOnNewAndSet(string name)
    {
        using ModuleSession session = new();
        foreach (string command in new[] { "New-ApiGatewayApiKey", "Set-ApiGatewayApiKey" })
        {
            IDictionary<string, ParameterMetadata> parameters = ((CommandInfo)Assert.Single(session.Good("Get-Command $args[0]", command))
                .BaseObject).Parameters;
            Assert.Contains(parameters.Values, parameter => parameter.Name == name || parameter.Aliases.Contains(name));
        }
    }

    [Fact]
    public void EveryPropertyOfASpecIsInTheTable() =>
        Assert.Equal(typeof(ApiKeySpec).GetProperties().Select(property => property.Name).Order(),
            ApiKeyField.All.Select(field => field.Name).Order());

    [Theory]
    [MemberData(nameof(Fields))]
    public void EveryFieldIsReadFromTextAndBack(string name)
    {
        ApiKeyField field = ApiKeyField.All.Single(candidate => candidate.Name == name);
        string text = field.Name switch { "Enabled" => "false", "Tags" => "a=1, b=", _ => "some text" };
        ApiKeySpec spec = field.Read(new ApiKeySpec(), text);
        Assert.Equal(text, field.Wanted(spec));
        Assert.All(ApiKeyField.All.Where(other => other != field), other => Assert.Null(other.Wanted(spec)));
    }

    [Theory]
    [MemberData(nameof(Fields))]
    public void EveryFieldSaysHowItChanges(string name)
    {
        ApiKeyField field = ApiKeyField.All.Single(candidate => candidate.Name == name);
        Assert.Equal(field.Update == FieldUpdate.Patch, field.PatchPath is not null);
    }

    [Fact]
    public void OnSetOnlyTheIdentityBindsFromThePipeline()
    {
        using ModuleSession session = new();
        IDictionary<string, ParameterMetadata> parameters = ((CommandInfo)Assert.Single(session.Good("Get-Command Set-ApiGatewayApiKey"))
            .BaseObject).Parameters;
        Assert.Equal(["Id"], parameters.Values.Where(parameter => parameter.ParameterSets.Values.Any(set => set.ValueFromPipeline
            || set.ValueFromPipelineByPropertyName)).Select(parameter => parameter.Name));
    }

    [Fact]
    public void NoTextFormHoldsTheValue() =>
        Assert.All(
            new object[]
            {
                new ApiKeySpec { Name = "n", Value = "TheSecretValue1234567890" },
                new ApiKeyInfo { Id = "i", Arn = "a", Region = "r", Name = "n", Value = "TheSecretValue1234567890" },
                new ApiKeyIdentity(new ApiKeyInfo { Id = "i", Arn = "a", Region = "r", Value = "TheSecretValue1234567890" }),
            },
            item => Assert.DoesNotContain("TheSecretValue", item.ToString()));
}
