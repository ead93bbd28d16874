using ApiKey.DesiredState;
using ApiKey.Formats;
using ApiKey.Model;
using ApiKey.Tags;

namespace ApiKey.Tests.DesiredState;

/// <summary>What a document does not list is not looked at: no plan is removed because of a document of keys, and no key because of a
/// list of plans. A stack, of Terraform or CloudFormation, always says which keys it has.</summary>
[Trait(Category.Name, Category.Unit)]
public class ListedTests
{
    private const string Key = """{ "id": "k1", "name": "a", "createdDate": 1.5 }""";
    private const string Plan = """{ "id": "p1", "name": "p", "apiStages": [] }""";

    [Theory]
    [InlineData("""[ { "name": "a" } ]""", true, false)]
    [InlineData("""{ "keys": [] }""", true, false)]
    [InlineData("""{ "usage_plans": [] }""", false, true)]
    [InlineData("""{ "keys": [], "usage_plans": [] }""", true, true)]
    [InlineData($$"""{ "items": [ {{Key}} ] }""", true, false)]
    [InlineData($$"""{ "items": [ {{Plan}} ] }""", false, true)]
    [InlineData($$"""{ "items": [ {{Plan}}, {{Key}} ] }""", true, true)]
    [InlineData("""{ "Resources": { "K": { "Type": "AWS::ApiGateway::ApiKey", "Properties": { "Name": "a" } } } }""", true, false)]
    [InlineData("""{ "Resources": { "P": { "Type": "AWS::ApiGateway::UsagePlan", "Properties": { "UsagePlanName": "p" } } } }""", true,
        true)]
    [InlineData("""
        { "version": 4, "terraform_version": "1.11.4", "resources": [ { "mode": "managed", "type": "aws_api_gateway_api_key", "name": "k",
        "instances": [ { "attributes": { "id": "k1", "name": "a" } } ] } ] }
        """, true, false)]
    [InlineData("""
        { "version": 4, "terraform_version": "1.11.4", "resources": [ { "mode": "managed", "type": "aws_api_gateway_usage_plan",
        "name": "p", "instances": [ { "attributes": { "id": "p1", "name": "p" } } ] } ] }
        """, true, true)]
    public void OnlyWhatIsListedCounts(string text, bool keys, bool plans)
    {
        DesiredSource source = new("state.json");
        DesiredEntries entries = DesiredStateFile.Read(source, text, TagPolicy.None, default,
            new ForeignReaders(_ => throw new NotSupportedException(), _ => throw new NotSupportedException()));
        Assert.Empty(source.Problems);
        Assert.Equal((keys, plans), (entries.ListsKeys, entries.ListsPlans));
    }

    [Theory]
    [InlineData("keys.yaml", "", "Entries are added to .json and .psd1 files only.")]
    [InlineData("keys.json", """{ "usage_plans": [] }""", "This file lists usage plans and no keys.")]
    [InlineData("keys.json", """{ "version": 4, "terraform_version": "1", "resources": [] }""", "This file is Terraform's own.")]
    public void AFileThatNothingCanBeAddedToIsWrongFromItsFirstCharacter(string name, string text, string says)
    {
        string folder = Directory.CreateTempSubdirectory("apikey").FullName;
        try
        {
            string path = Path.Combine(folder, name);
            File.WriteAllText(path, text);
            FileProblemException wrong = Assert.Throws<FileProblemException>(() =>
            {
                DesiredStateEdit edit = DesiredStateEdit.Open(path, EntrySyntax.Json);
                edit.Add(new ApiKeyInfo { Id = "k1", Name = "a", Arn = "", Region = "r" });
                edit.Save();
            });
            FileProblem problem = Assert.Single(wrong.Problems);
            Assert.Equal((1, 1), (problem.Line, problem.Column));
            Assert.StartsWith(says, problem.Message, StringComparison.Ordinal);
            Assert.Equal(text, File.ReadAllText(path));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
