namespace ApiKey.Tests.Engine;

/// <summary>The tags of two keys are compared as a user compares any two things.</summary>
public sealed class TagEqualityTests
{
    [Theory]
    [InlineData("env=prod, team=x", "team=x, env=prod", true)]
    [InlineData("", "", true)]
    [InlineData("env=prod", "env=test", false)]
    [InlineData("env=prod", "Env=prod", false)]
    [InlineData("env=prod", "env=Prod", false)]
    [InlineData("env=prod", "env=prod, team=x", false)]
    [InlineData("env=prod", "", false)]
    [InlineData("env=prod", null, false)]
    public void TheSameTagsAreEqual(string one, string? other, bool areEqual)
    {
        const string Compare = """
            $one, $other = foreach ($tags in $args -ne $null) { New-ApiGatewayApiKey k -Tag $(if ($tags) { $tags } else { @{} }) }
            $one.Tags -eq $other.Tags
            $one.Tags -ne $other.Tags
            """;
        using ModuleSession session = new();
        Assert.Equal([areEqual, !areEqual], session.Good(Compare, one, other).Select(answer => (bool)answer.BaseObject));
    }
}
