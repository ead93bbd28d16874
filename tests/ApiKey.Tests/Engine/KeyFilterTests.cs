using ApiKey.Emulator;
using ApiKey.Emulator.Faults;
using ApiKey.Model;

namespace ApiKey.Tests.Engine;

/// <summary>What Get-ApiGatewayApiKey leaves out: by tags and by membership of usage plans.</summary>
public sealed class KeyFilterTests : IDisposable
{
    private readonly ModuleSession _session = new();

    [Theory]
    [InlineData("-Tag @{ env = 'prod*' }", "a b")]
    [InlineData("-Tag 'env=prod*'", "a b")]
    [InlineData("-Tag @{ env = 'PROD*' }", "")]
    [InlineData("-Tag @{ env = 'prod' }", "a")]
    [InlineData("-Tag @{ env = '*'; team = '?' }", "b d")]
    [InlineData("-Tag @{ env = 'prod`*' }", "")]
    [InlineData("-Tag @{ mark = 'x`*' }", "c")]
    [InlineData("-Tag @{ mark = 'x*' }", "c d")]
    [InlineData("-Tag @{ mark = '[xy]*' }", "c d")]
    [InlineData("-Tag @{ open = '[' }", "e")]
    [InlineData("-HasTag team", "b d")]
    [InlineData("-HasTag env, team", "b d")]
    [InlineData("-HasTag env, mark", "d")]
    [InlineData("-HasTag Env", "")]
    [InlineData("-HasTag env -Tag @{ env = 't*' }", "d")]
    [InlineData("-HasTag env -Enabled $false", "b")]
    [InlineData("-Name a, b -HasTag team", "b")]
    [InlineData("-InNoUsagePlan", "b c d e")]
    [InlineData("-InNoUsagePlan -HasTag env", "b d")]
    [InlineData("-InNoUsagePlan -Name a", "")]
    public void OnlyTheseAreShown(string filter, string expected)
    {
        MakeKeys();
        Assert.Equal(expected, string.Join(" ", _session.Good($"Get-ApiGatewayApiKey {filter}")
            .Select(key => ((ApiKeyInfo)key.BaseObject).Name)
            .Order()));
    }

    [Theory]
    [InlineData("-HasTag $none")]
    [InlineData("-HasTag ''")]
    [InlineData("-HasTag env, ''")]
    [InlineData("-HasTag @()")]
    public void AFilterThatSaysNothingIsRefused(string filter)
    {
        long before = _session.Emulator.RequestCount;
        Outcome outcome = _session.Run($"Get-ApiGatewayApiKey {filter}");
        Assert.Contains("HasTag", Assert.Single(outcome.ErrorTexts), StringComparison.Ordinal);
        Assert.Equal(before, _session.Emulator.RequestCount);
    }

    [Fact]
    public void TagsThatAreSetAreTextAsItIs()
    {
        ApiKeyInfo key = _session.One<ApiKeyInfo>("New-ApiGatewayApiKey a -Tag @{ mark = 'x*' }");
        Assert.Equal("x*", key.Tags.ValueOf("mark"));
        _session.Good("Set-ApiGatewayApiKey $args[0] -Tag @{ mark = 'y`*' }", key.Id);
        Assert.Equal("y`*", _session.One<ApiKeyInfo>("Get-ApiGatewayApiKey -Id $args[0]", key.Id).Tags.ValueOf("mark"));
    }

    [Theory]
    [InlineData(3, 2, 1 + 1 + 2)]
    [InlineData(501, 2, 2 + 1 + 2)]
    [InlineData(3, 0, 1 + 1)]
    [InlineData(0, 2, 1)]
    public void PlansAndMembersAreReadOnce(int keys, int plans, int calls)
    {
        Seed.Keys(_session, keys);
        for (int plan = 0; plan < plans; plan++)
        {
            _session.Good("New-ApiGatewayUsagePlan $args[0]", $"p{plan}");
        }

        AssertCalls(calls, "Get-ApiGatewayApiKey -InNoUsagePlan");
    }

    [Fact]
    public void APlanWithManyKeysIsAPageOfFiveHundred()
    {
        Seed.Keys(_session, 510);
        _session.Good("$plan = New-ApiGatewayUsagePlan p; (Get-ApiGatewayApiKey)[0..501] | Add-ApiGatewayUsagePlanKey $plan");
        Assert.Equal(8, AssertCalls(2 + 1 + 2, "Get-ApiGatewayApiKey -InNoUsagePlan"));
    }

    [Fact]
    public void PlansAreNotReadWhenNoKeyIsLeft() => AssertCalls(1, "Get-ApiGatewayApiKey -InNoUsagePlan -HasTag nobody");

    [Fact]
    public void APlanThatMayNotBeReadIsAnErrorAndNoKeyIsShown()
    {
        EmulatorFault denied = new() { Kind = EmulatorFaultKind.AccessDenied, Operation = "GetUsagePlans" };
        using ModuleSession session = new(emulator: new ApiGatewayEmulator(faults: [denied]));
        Seed.Keys(session, 3);
        Outcome outcome = session.Run("Get-ApiGatewayApiKey -InNoUsagePlan");
        Assert.Empty(outcome.Output);
        Assert.StartsWith("AccessDenied", Assert.Single(outcome.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void EachRegionHasItsOwnPlans()
    {
        MakeKeys();
        _session.Good("New-ApiGatewayApiKey west -Region eu-west-1");
        Assert.Equal(5, _session.Good("Get-ApiGatewayApiKey -InNoUsagePlan -Region eu-central-1, eu-west-1").Count);
    }

    [Fact]
    public void AnErrorsTargetDoesNotRepeatWhatMayBeAValue()
    {
        const string pasted = "Zx81Zx81Zx81Zx81Zx81Zx81";
        string[] scripts =
        [
            $"Get-ApiGatewayApiKey -Id {pasted}", $"Get-ApiGatewayApiKey -Name {pasted}",
            $"Remove-ApiGatewayApiKey {pasted} -Confirm:$false",
            $"Get-ApiGatewayUsagePlan -Id {pasted}", $"Get-ApiGatewayUsagePlan -Name {pasted}", $"Get-ApiGatewayUsagePlanKey {pasted}",
            $"Set-ApiGatewayUsagePlan {pasted} -Description x", $"Set-ApiGatewayApiKey {pasted} -Description x",
        ];
        foreach (string script in scripts)
        {
            Outcome outcome = _session.Run(script);
            Assert.NotEmpty(outcome.Errors);
            Assert.All(outcome.Errors, error => Assert.DoesNotContain(pasted, $"{error.TargetObject} {error.CategoryInfo} {error}",
                StringComparison.Ordinal));
        }

        Assert.Equal("abc1234567", _session.Run("Get-ApiGatewayApiKey -Id abc1234567").Errors[0].TargetObject);
    }

    [Fact]
    public void TooManyTagsOfAPlanAreAPlans()
    {
        const string tags = "$tags = @{}; 1..51 | ForEach-Object { $tags[\"t$_\"] = 'x' };";
        Assert.Contains("a usage plan can have at most 50",
            Assert.Single(_session.Run(tags + "New-ApiGatewayUsagePlan p -Tag $tags").ErrorTexts),
            StringComparison.Ordinal);
        Assert.Contains("an API key can have at most 50",
            Assert.Single(_session.Run(tags + "New-ApiGatewayApiKey p -Tag $tags").ErrorTexts),
            StringComparison.Ordinal);
    }

    public void Dispose() => _session.Dispose();

    private void MakeKeys()
    {
        (string Name, string Tags, string Enabled)[] keys =
        [
            ("a", "@{ env = 'prod' }", "$true"), ("b", "@{ env = 'prod-2'; team = 'x' }", "$false"), ("c", "@{ mark = 'x*' }", "$true"),
            ("d", "@{ env = 'test'; team = 'y'; mark = 'xy' }", "$true"), ("e", "@{ open = '[' }", "$true"),
        ];
        foreach ((string name, string tags, string enabled) in keys)
        {
            _session.Good($"New-ApiGatewayApiKey {name} -Tag {tags} -Enabled {enabled}");
        }

        _session.Good("New-ApiGatewayUsagePlan empty; $plan = New-ApiGatewayUsagePlan p; Get-ApiGatewayApiKey a | "
            + "Add-ApiGatewayUsagePlanKey $plan");
    }

    private int AssertCalls(int calls, string script)
    {
        long before = _session.Emulator.RequestCount;
        int count = _session.Good(script).Count;
        Assert.Equal(calls, _session.Emulator.RequestCount - before);
        return count;
    }
}
