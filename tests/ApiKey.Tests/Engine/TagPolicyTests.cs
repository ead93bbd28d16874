using ApiKey.Emulator;
using ApiKey.Model;
using ApiKey.Service;
using ApiKey.Tags;

namespace ApiKey.Tests.Engine;

/// <summary>Default and ignored tags, as Terraform's provider block has them, through the commands.</summary>
public class TagPolicyTests : IDisposable
{
    private readonly ModuleSession _session = new ModuleSession().Unconnected();

    [Fact]
    public void DefaultTagsAreOnEveryKeyAndOwnTagsWin()
    {
        Connect("-DefaultTag @{ team = 'a'; env = 'test' }");
        ApiKeyInfo made = _session.One<ApiKeyInfo>("New-ApiGatewayApiKey k -Tag @{ env = 'prod'; team = 'a' }");
        Assert.Equal(("env=prod, team=a", "env=prod, team=a"), (made.Tags.ToString(), made.TagsAll.ToString()));
        ApiKeyInfo read = _session.One<ApiKeyInfo>("Get-ApiGatewayApiKey -Id $args[0]", made.Id);
        Assert.Equal(("env=prod", "env=prod, team=a"), (read.Tags.ToString(), read.TagsAll.ToString()));
    }

    [Fact]
    public void SettingExactTagsKeepsTheDefaultsAndBringsThemBack()
    {
        Connect("-DefaultTag @{ team = 'a' }");
        string id = _session.One<ApiKeyInfo>("New-ApiGatewayApiKey k -Tag @{ team = 'b'; x = '1' }").Id;
        ApiKeyInfo changed = _session.One<ApiKeyInfo>("Set-ApiGatewayApiKey $args[0] -Tag @{ y = '2' } -PassThru", id);
        Assert.Equal(("y=2", "team=a, y=2"), (changed.Tags.ToString(), changed.TagsAll.ToString()));
    }

    [Fact]
    public void TakingOffAnOverrideBringsTheDefaultBack()
    {
        Connect("-DefaultTag @{ team = 'a' }");
        string id = _session.One<ApiKeyInfo>("New-ApiGatewayApiKey k -Tag @{ team = 'b' }").Id;
        _session.Good("Set-ApiGatewayApiKey $args[0] -RemoveTag team", id);
        Assert.Equal("team=a", _session.One<ApiKeyInfo>("Get-ApiGatewayApiKey -Id $args[0]", id).TagsAll.ToString());
    }

    [Fact]
    public void IgnoredTagsAreNotShownAndSurvive()
    {
        using ModuleSession session = new();
        ApiGatewayConnection ignoring = session.Connection
            with
        { TagPolicy = new TagPolicy { IgnoredKeys = ["theirs"], IgnoredPrefixes = ["kube:"] } };
        string id = session.One<ApiKeyInfo>("New-ApiGatewayApiKey k -Tag @{ mine = '1'; 'kube:a' = '2'; theirs = '3' }").Id;
        Outcome outcome = session.Run("Set-ApiGatewayApiKey $args[0] -Tag @{ mine = '9'; theirs = 'x' } -Connection $args[1] -PassThru", id,
            ignoring);
        Assert.Contains("'theirs' is ignored", Assert.Single(outcome.Warnings));
        Assert.Equal("mine=9", ((ApiKeyInfo)Assert.Single(outcome.Output).BaseObject).TagsAll.ToString());
        Assert.Equal("kube:a=2, mine=9, theirs=3", session.One<ApiKeyInfo>("Get-ApiGatewayApiKey -Id $args[0]", id).TagsAll.ToString());
    }

    [Fact]
    public void AnIgnoredTagIsNotTakenOffEither()
    {
        using ModuleSession session = new();
        ApiGatewayConnection ignoring = session.Connection with { TagPolicy = new TagPolicy { IgnoredKeys = ["theirs"] } };
        string id = session.One<ApiKeyInfo>("New-ApiGatewayApiKey k -Tag @{ mine = '1'; theirs = '3' }").Id;
        Assert.Single(session.Run("Set-ApiGatewayApiKey $args[0] -RemoveTag mine, theirs -Connection $args[1]", id, ignoring).Warnings);
        Assert.Equal("theirs=3", session.One<ApiKeyInfo>("Get-ApiGatewayApiKey -Id $args[0]", id).TagsAll.ToString());
    }

    [Fact]
    public void AwsTagsAreNeverShownOrRemoved()
    {
        using ModuleSession session = new();
        string id = session.Emulator.Seed(new SeedKey
        {
            Region = "eu-central-1",
            Name = "stack",
            Tags = new Dictionary<string, string> { ["aws:cloudformation:stack-name"] = "s", ["a"] = "1" }
        });
        ApiKeyInfo key = session.One<ApiKeyInfo>("Set-ApiGatewayApiKey $args[0] -Tag @{ b = '2' } -PassThru -WarningAction Ignore", id);
        Assert.Equal(("b=2", "b=2"), (key.Tags.ToString(), key.TagsAll.ToString()));
        Assert.Contains("aws:cloudformation:stack-name", session.Emulator.TagsOf("eu-central-1", id).Keys);
    }

    [Fact]
    public void AnEmptyTagIsReal()
    {
        Connect("");
        Assert.Equal("b=", _session.One<ApiKeyInfo>("New-ApiGatewayApiKey k -Tag @{ b = '' }").Tags.ToString());
    }

    public void Dispose() => _session.Dispose();

    private void Connect(string parameters) => _session.Good($$"""
        $connected = Connect-ApiGateway -Emulator -Region eu-west-1 {{parameters}} -PassThru
        """);
}
