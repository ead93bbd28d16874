using ApiKey.DesiredState;
using ApiKey.Formats;
using ApiKey.Tags;

namespace ApiKey.Tests.DesiredState;

/// <summary>A resource of Terraform that is not clear is one problem, at its place, and nothing more is said of it.</summary>
[Trait(Category.Name, Category.Unit)]
public class UnclearResourceTests
{
    private const string State = """{ "version": 4, "terraform_version": "1.11.4", "resources": [""";

    [Theory]
    [InlineData("{ }", true)]
    [InlineData("""{ "mode": "managed" }""", true)]
    [InlineData("""{ "type": "aws_api_gateway_api_key" }""", true)]
    [InlineData("""{ "mode": "other", "type": "aws_api_gateway_api_key" }""", true)]
    [InlineData("""{ "mode": 1, "type": "aws_api_gateway_api_key" }""", true)]
    [InlineData("""{ "mode": "managed", "type": null }""", true)]
    [InlineData("""{ "mode": "managed", "type": "aws_s3_bucket" }""", false)]
    [InlineData("""{ "mode": "data", "type": "aws_api_gateway_api_key" }""", false)]
    public void AResourceIsAKeyOrNotOrNotClear(string resource, bool isUnclear)
    {
        foreach ((string before, string after) in new[]
        {
            (State, "] }"),
            ("""{ "format_version": "1.0", "values": { "root_module": { "resources": [""", "] } } }"),
        })
        {
            DesiredSource source = new("terraform.json");
            DesiredEntries entries = DesiredStateFile.Read(source, before + resource + after, TagPolicy.None, default,
                new ForeignReaders(_ => throw new NotSupportedException(), _ => throw new NotSupportedException()));
            Assert.Empty(entries.Keys);
            if (!isUnclear)
            {
                Assert.Empty(source.Problems);
                continue;
            }

            FileProblem problem = Assert.Single(source.Problems);
            Assert.Equal((1, before.Length + 1), (problem.Line, problem.Column));
            Assert.StartsWith("This resource has no mode or type that is known here", problem.Message, StringComparison.Ordinal);
        }
    }
}
