using System.Management.Automation;
using ApiKey.Model;

namespace ApiKey.Tests.Engine;

/// <summary>Calls per command are the fewest AWS allows, counted at the emulator.</summary>
public class CallCountTests : IDisposable
{
    private readonly ModuleSession _session = new();

    [Fact]
    public void CreatingIsOneCall() => AssertCalls(1, "New-ApiGatewayApiKey -Name a -Tag @{ env = 'prod' } -CustomerId c");

    [Theory]
    [InlineData("Get-ApiGatewayApiKey -Id $args[0]", 1)]
    [InlineData("Import-ApiGatewayApiKey -Id $args[0]", 1)]
    [InlineData("Get-ApiGatewayApiKey", 1)]
    [InlineData("Get-ApiGatewayApiKey -Name a", 1)]
    [InlineData("Set-ApiGatewayApiKey $args[0] -Description b -Enabled $false -Name c -CustomerId d", 1)]
    [InlineData("Set-ApiGatewayApiKey $args[0] -Description b -PassThru", 1)]
    [InlineData("Set-ApiGatewayApiKey $args[0] -AddTag @{ b = 'c' }", 1)]
    [InlineData("Set-ApiGatewayApiKey $args[0] -RemoveTag env", 1)]
    [InlineData("Set-ApiGatewayApiKey $args[0] -Tag @{ b = 'c' }", 3)]
    [InlineData("Set-ApiGatewayApiKey $args[0] -Tag @{ env = 'prod' }", 1)]
    [InlineData("Set-ApiGatewayApiKey $args[0] -Tag @{ env = 'test' }", 2)]
    [InlineData("Set-ApiGatewayApiKey $args[0] -Tag @{}", 2)]
    [InlineData("Set-ApiGatewayApiKey $args[0] -Description b -Tag @{ b = 'c' } -PassThru", 3)]
    [InlineData("Remove-ApiGatewayApiKey $args[0] -Confirm:$false", 1)]
    [InlineData("Remove-ApiGatewayApiKey $args[0] -WhatIf", 0)]
    [InlineData("Set-ApiGatewayApiKey $args[0] -Description b -WhatIf", 0)]
    [InlineData("New-ApiGatewayApiKey b -WhatIf", 0)]
    public void OneKeyTakesSoManyCalls(string script, int calls)
    {
        string id = _session.One<ApiKeyInfo>("New-ApiGatewayApiKey -Name a -Tag @{ env = 'prod' }").Id;
        AssertCalls(calls, script, id);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(500, 1)]
    [InlineData(501, 2)]
    [InlineData(1500, 3)]
    public void ListingTakesAPagePerFiveHundredKeys(int keys, int calls)
    {
        Seed.Keys(_session, keys);
        long before = _session.Emulator.RequestCount;
        Assert.Equal(keys, _session.Good("Get-ApiGatewayApiKey").Count);
        Assert.Equal(calls, _session.Emulator.RequestCount - before);
    }

    [Fact]
    public void TheFirstOfTenThousandKeysCostsOneCall()
    {
        Seed.Keys(_session, 10_000);
        // What Select-Object -First 1 does: it ends the pipeline from below.
        AssertCalls(1, "do { Get-ApiGatewayApiKey | ForEach-Object { $_; break } } while ($false)");
    }

    [Fact]
    public void SeveralValuesCostOneListing()
    {
        Seed.Keys(_session, 1200);
        IReadOnlyList<PSObject> keys = _session.Good("Get-ApiGatewayApiKey -IncludeValue");
        string[] values = [.. keys.Take(3).Concat(keys.TakeLast(1)).Select(key => ((ApiKeyInfo)key.BaseObject).Value!)];
        AssertCalls(3, "Get-ApiGatewayApiKey -Value $args[0]", [values]);
    }

    public void Dispose() => _session.Dispose();

    private void AssertCalls(int calls, string script, params object?[] arguments)
    {
        long before = _session.Emulator.RequestCount;
        _session.Good(script, arguments);
        Assert.Equal(calls, _session.Emulator.RequestCount - before);
    }
}
