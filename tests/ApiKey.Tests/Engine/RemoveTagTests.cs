using ApiKey.Model;

namespace ApiKey.Tests.Engine;

/// <summary>-RemoveTag with a text that is a tag as it is shown, not a key: it says so, and leaves alone what it does not name.</summary>
public sealed class RemoveTagTests : IDisposable
{
    private readonly ModuleSession _session = new();

    [Theory]
    [InlineData("env=prod", "env", "a=b, env=prod")]
    [InlineData("a=b=c", "a", "a=b, env=prod")]
    [InlineData("env", null, "a=b")]
    [InlineData("=env", null, "a=b, env=prod")]
    public void AKeyAndAValueIsAWarningWithTheKey(string text, string? key, string left)
    {
        _session.Good("$plan = New-ApiGatewayUsagePlan gold -Tag 'a=b', 'env=prod'; $key = New-ApiGatewayApiKey a -Tag 'a=b', 'env=prod'");
        foreach (string noun in new[] { "ApiKey $key", "UsagePlan $plan" })
        {
            Outcome outcome = _session.Run($"Set-ApiGateway{noun}.Id -RemoveTag '{text}' -PassThru");
            Assert.Empty(outcome.Errors);
            Assert.Equal(key is null ? [] : new[]
            {
                $"-RemoveTag accepts keys of tags, so it takes off a tag whose key is '{text}'. To take off the tag '{key}', whatever its "
                    + $"value, use -RemoveTag '{key}'.",
            }, outcome.Warnings);
            object changed = Assert.Single(outcome.Output).BaseObject;
            Assert.Equal(left, ((changed as ApiKeyInfo)?.TagsAll ?? ((UsagePlanInfo)changed).TagsAll).ToString());
        }
    }

    [Fact]
    public void ATagWhoseKeyHasAnEqualsSignIsTakenOff()
    {
        Outcome outcome = _session.Run("New-ApiGatewayApiKey a -Tag @{ 'x=y' = '1' } | Set-ApiGatewayApiKey -RemoveTag x=y -PassThru");
        Assert.Equal("", ((ApiKeyInfo)Assert.Single(outcome.Output).BaseObject).TagsAll.ToString());
    }

    public void Dispose() => _session.Dispose();
}
