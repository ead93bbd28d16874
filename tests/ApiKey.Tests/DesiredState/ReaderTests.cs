using ApiKey.DesiredState;
using ApiKey.Formats;
using ApiKey.Tags;

namespace ApiKey.Tests.DesiredState;

/// <summary>Faults have their place and say what to do; what is not specified is Terraform's default.</summary>
[Trait(Category.Name, Category.Unit)]
public class ReaderTests
{
    private static readonly ForeignReaders Readers = new(_ => throw new NotSupportedException(), _ => throw new NotSupportedException());

    [Fact]
    public void WhatIsLeftOutIsTheFilesDefaultAndThenTerraforms()
    {
        IReadOnlyList<DesiredKey> keys = Read("""
            // people write comments
            { "defaults": { "enabled": false, "tags": { "env": "prod" } },
              "keys": [ { "name": "a" }, { "Name": "b", "enabled": true, "Tags": {}, "customer_id": "c", "description": "",
                "id": "k1" }, ] }
            """);
        Assert.Equal((null, "a", "Managed by Terraform", false, "", null, "env=prod"), Tell(keys[0]));
        Assert.Equal(("k1", "b", "", true, "c", null, ""), Tell(keys[1]));
    }

    [Theory]
    [InlineData("[ { \"name\": \"a\",\n  \"é\": 1 } ]", 2, 3, "'é' is not an attribute of an API key. There are: id, name, ")]
    [InlineData("[ { \"name\": \"é\", \"custmer_id\": 1 } ]", 1, 18, "Did you mean 'customer_id'?")]
    [InlineData("[ { \"name\": 5 } ]", 1, 13, "name is text, and this is a number. Put it in quotes.")]
    [InlineData("[ { \"name\": \"a\", \"tags\": { \"x\": 1 } } ]", 1, 33, "The value of tag 'x' is not text.")]
    [InlineData("[ { \"name\": \"a\", \"tags_all\": {} } ]", 1, 18, "'tags_all' cannot be chosen")]
    [InlineData("[ { \"name\": \"a\", \"name\": \"b\" } ]", 1, 18, "'name' is given twice")]
    [InlineData("[ { \"name\": \"a\", \"Name\": \"b\" } ]", 1, 18, "'Name' is given twice")]
    [InlineData("[ { \"description\": \"a\" } ]", 1, 3, "The key has no name.")]
    [InlineData("[ { \"name\": \"a\" }, { \"name\": \"a\" } ]", 1, 20, "Line 1 of keys.json has the same name, 'a'")]
    [InlineData("[ { \"name\": \"a\", \"id\": \"k\" }, { \"name\": \"a\" } ]", 1, 31, "has the same name, 'a'")]
    [InlineData("[ { \"name\": \"a\", \"id\": \"k\" }, { \"name\": \"b\", \"id\": \"k\" } ]", 1, 31, "has the same id")]
    [InlineData("[ { \"name\": \"a\", \"value\": \"abcdefghij0123456789\" }, { \"name\": \"b\", \"value\": \"abcdefghij0123456789\" } ]", 1,
        53, "has the same value")]
    [InlineData("{ \"keys\": 5 }", 1, 11, "'keys' is missing or not a list")]
    [InlineData("{ \"defaults\": { \"name\": \"a\" }, \"keys\": [] }", 1, 17, "'name' cannot have a default")]
    [InlineData("{ \"kyes\": [] }", 1, 3, "'kyes' is not known here")]
    [InlineData("[\n{ \"name\": \"a\" }\n{ ]", 3, 1, "not valid JSON")]
    [InlineData("[ { \"name\": \"\\ud800\" } ]", 1, 13, "half of a character")]
    [InlineData("", 1, 1, "not valid JSON")]
    public void AFaultHasItsPlace(string text, int line, int column, string says)
    {
        FileProblem problem = Assert.Single(ProblemsOf("keys.json", text));
        Assert.Equal((line, column), (problem.Line, problem.Column));
        Assert.Contains(says, problem.Message);
        Assert.DoesNotContain("abcdefghij0123456789", problem.Message);
    }

    [Fact]
    public void EveryFaultIsToldAtOnce() => Assert.Equal(
        [(1, 5), (1, 21), (2, 13)],
        ProblemsOf("keys.json", "[ { \"nam\": \"a\" }, { \"x_y\": 1 },\n  { \"name\": \"\" } ]")
            .Select(problem => (problem.Line, problem.Column)));

    [Fact]
    public void CsvRowsSayTextOnly()
    {
        IReadOnlyList<DesiredKey> keys =
            Read("NAME,customer_id,Enabled,Tags,Key,id\r\na,,FALSE,env=prod&x=,,\r\nb,c,,,abcdefghij0123456789,k1\r\n", "keys.csv");
        Assert.Equal((null, "a", "Managed by Terraform", false, "", null, "env=prod, x="), Tell(keys[0]));
        Assert.Equal(("k1", "b", "Managed by Terraform", true, "c", "abcdefghij0123456789", ""), Tell(keys[1]));
        FileProblem problem = Assert.Single(ProblemsOf("keys.csv", "Name,Enabled\r\na,true\r\nb,yes\r\n"));
        Assert.Equal((3, 3, "'yes' is neither true nor false. Write true or false."), (problem.Line, problem.Column, problem.Message));
    }

    [Fact]
    public void AStateOfTerraformIsReadWithModulesAndIds()
    {
        IReadOnlyList<DesiredKey> keys = Read("""
            { "version": 4, "terraform_version": "1.11.4", "serial": 3, "lineage": "x", "outputs": {}, "resources": [
              { "mode": "managed", "type": "aws_api_gateway_api_key", "name": "k", "instances": [
                { "index_key": 0, "attributes": { "id": "k1", "name": "a", "description": "d", "enabled": false, "customer_id": "",
                  "tags": { "x": "y" }, "tags_all": { "team": "t", "x": "y" }, "value": "with-hyphens-0123456789",
                  "arn": "arn:aws:apigateway:us-east-1::/apikeys/k1" } } ] },
              { "mode": "data", "type": "aws_api_gateway_api_key", "name": "d",
                "instances": [ { "attributes": { "id": "k9", "name": "z" } } ] },
              { "module": "module.m", "mode": "managed", "type": "aws_api_gateway_api_key", "name": "k",
                "instances": [ { "attributes": { "id": "k2", "name": "b", "tags": null } } ] } ] }
            """, "terraform.tfstate");
        Assert.Equal(("k1", "a", "d", false, "", "with-hyphens-0123456789", "team=t, x=y"), Tell(keys[0]));
        Assert.Equal(("k2", "b", "Managed by Terraform", true, "", null, ""), Tell(keys[1]));
        Assert.Equal("us-east-1", keys[0].Region);
        Assert.Equal(2, keys.Count);
    }

    [Theory]
    [InlineData("planned_values")]
    [InlineData("values")]
    public void ShownStatesAndPlansAreRead(string values)
    {
        IReadOnlyList<DesiredKey> keys = Read($$"""
            { "format_version": "1.2", "{{values}}": { "root_module": {
              "resources": [ { "mode": "managed", "type": "aws_api_gateway_api_key", "values": { "name": "a", "tags_all": { "t": "1" } } },
                { "mode": "managed", "type": "other", "values": {} } ],
              "child_modules": [ { "child_modules": [ { "resources": [
                { "mode": "managed", "type": "aws_api_gateway_api_key", "values": { "name": "b", "id": "k2" } } ] } ] } ] } } }
            """);
        Assert.Equal([(null, "a"), ("k2", "b")], keys.Select(key => (key.Id, key.Spec.Name)));
    }

    private static (string?, string?, string?, bool?, string?, string?, string) Tell(DesiredKey key) =>
        (key.Id, key.Spec.Name, key.Spec.Description, key.Spec.Enabled, key.Spec.CustomerId, key.Spec.Value, key.Spec.Tags!.ToString());

    private static IReadOnlyList<DesiredKey> Read(string text, string name = "keys.json")
    {
        DesiredSource source = new(name);
        IReadOnlyList<DesiredKey> keys = DesiredStateFile.Read(source, text, TagPolicy.None, default, Readers).Keys;
        Assert.Empty(source.Problems);
        return keys;
    }

    private static IReadOnlyList<FileProblem> ProblemsOf(string name, string text)
    {
        DesiredSource source = new(name);
        DesiredStateFile.Read(source, text, TagPolicy.None, default, Readers).FindDoubles();
        return source.ToException().Problems;
    }
}
