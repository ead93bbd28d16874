using System.Globalization;
using System.Management.Automation;
using ApiKey.Model;
using ApiKey.Tags;
using ApiKey.Tests.Engine;
using FsCheck;
using FsCheck.Fluent;

namespace ApiKey.Tests.Unit;

/// <summary>One text form of tags for views, files and what is typed: what comes out goes back in unchanged.</summary>
public class TagTextTests
{
    // What AWS allows (letters, digits, blanks and + - = . _ : / @ of any language), and what means something in the text form.
    private static readonly Gen<string> Text =
        Gen.Elements([.. " +-=._:/@&,%;'\"\t\n#aZ09äßж日".Select(letter => letter.ToString()), "%2C", "%", ", ", "\u00a0", "😀"])
        .ArrayOf()
        .Select(string.Concat);

    private static readonly Arbitrary<TagSet> AnyTags = Text.Where(key => key.Length > 0).Zip(Text).ArrayOf()
        .Select(pairs => TagSet.From(pairs.Select(pair => KeyValuePair.Create(pair.Item1, (string?)pair.Item2))))
        .ToArbitrary();

    [Fact]
    public void WhatComesOutGoesBackInUnchanged() =>
        Prop.ForAll(AnyTags, tags => TagSet.Parse(tags.ToText()).Equals(tags)
            && TagSet.Parse(tags.ToString()).Equals(tags)
            && TagSet.Parse(tags.ToText()).ToText() == tags.ToText())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void EachTagAloneGoesBackInUnchanged() =>
        Prop.ForAll(AnyTags, tags => tags.All(tag => TagSet.Parse(TagSet.From([tag]).ToText()).Equals(TagSet.From([tag]))))
            .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("env=prod, team=pay", "env=prod|team=pay")]
    [InlineData("env=prod,team=pay", "env=prod|team=pay")]
    [InlineData("env=prod&team=pay", "env=prod|team=pay")]
    [InlineData(" env = prod , team=", "env=prod|team=")]
    [InlineData("mail=a+b@x.com", "mail=a+b@x.com")]
    [InlineData("note=one%2C two", "note=one, two")]
    [InlineData("note=%20x%20", "note= x ")]
    [InlineData("token=YWJj==", "token=YWJj==")]
    [InlineData("url=https://x/?a=b", "url=https://x/?a=b")]
    [InlineData("rate=100%", "rate=100%")]
    [InlineData("name=J%C3%BCrgen&x=%26", "name=Jürgen|x=&")]
    [InlineData("", "")]
    public void TextIsRead(string text, string tags) =>
        Assert.Equal(tags, string.Join('|', TagSet.Parse(text).Select(tag => $"{tag.Key}={tag.Value}")));

    [Theory]
    [InlineData("env=prod, team", "'team' is not a tag")]
    [InlineData("note=one, two", "write %2C for a comma")]
    [InlineData("env=prod,", "'' is not a tag")]
    [InlineData("env=prod&note=a, b", "both , and &")]
    [InlineData("env=prod team=pay", "may be one tag or several")]
    [InlineData("env=prod; team=pay", "may be one tag or several")]
    [InlineData("a=1, a=2", "'a' is given twice")]
    [InlineData("a=%FF", "not UTF-8")]
    public void DoubtfulTextIsRefused(string text, string says) =>
        Assert.Contains(says, Assert.Throws<FormatException>(() => TagSet.Parse(text)).Message);

    [Fact]
    public void NearlyAllTextStandsForItself() =>
        Assert.Equal("mail=a+b@x.com, note=two words: a/b_c-d.e",
            TagSet.From([new("mail", "a+b@x.com"), new("note", "two words: a/b_c-d.e")]).ToText());

    [Theory]
    [InlineData("@{ Key = 'env'; Value = 'prod' }", "env=prod")]
    [InlineData("@{ key = 'env'; value = '' }", "env=")]
    [InlineData("@{ Key = 'env'; Value = 'prod' }, @{ Key = 'team'; Value = 'a' }", "env=prod, team=a")]
    [InlineData("@([pscustomobject]@{ Key = 'env'; Value = 'prod' })", "env=prod")]
    [InlineData("@{ Key = 'env' }", "Key=env")]
    [InlineData("@{ Key = 'env'; Value = 'prod'; Owner = 'x' }", "Key=env, Owner=x, Value=prod")]
    [InlineData("'env=prod', 'team=a'", "env=prod, team=a")]
    public void TagsAreReadInAwssShapeToo(string tags, string expected)
    {
        using ModuleSession session = new();
        Assert.Equal(expected, session.One<ApiKeyInfo>($"New-ApiGatewayApiKey k -Tag {tags}").Tags.ToString());
    }

    [Theory]
    [InlineData("-Tag 'a=1', 'a=2'", "'a' is given twice")]
    [InlineData("-Tag 'a=1', ''", "An item of the list of tags is empty")]
    [InlineData("-Tag @{ Key = $null; Value = 'x' }", "The Key of a tag is $null")]
    [InlineData("-Tag 'Key=env, Value=prod'", "may be one tag as AWS writes it, or two")]
    public void WrongListsOfTagsAreRefused(string parameter, string says)
    {
        using ModuleSession session = new();
        Assert.Contains(says, session.Run($"New-ApiGatewayApiKey k {parameter}").Error.ToString());
    }

    [Fact]
    public void WhatAViewShowsCanBeGivenBack()
    {
        using ModuleSession session = new(width: 300);
        session.Good("New-ApiGatewayApiKey k -Tag @{ mail = 'a+b@x.com'; note = ' one, two & three = 4 '; env = 'prod' }");
        string line = session.Screen("Get-ApiGatewayApiKey -Id (Get-ApiGatewayApiKey k).Id").Split('\n')
            .Single(line => line.StartsWith("Tags ", StringComparison.Ordinal)).Split(':', 2)[1].Trim();
        string table = session.Screen("Get-ApiGatewayApiKey -Name k*");
        Assert.Contains(line, table, StringComparison.Ordinal);
        PSObject same = Assert.Single(
            session.Good("$copy = New-ApiGatewayApiKey copy -Tag $args[0]; $copy.Tags.Equals((Get-ApiGatewayApiKey k).Tags)", line));
        Assert.Equal("True", Convert.ToString(same.BaseObject, CultureInfo.InvariantCulture));
    }
}
