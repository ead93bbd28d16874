namespace ApiKey.Tests.Engine;

/// <summary>Commands that read usage plans or the keys in them make as many calls as their help says, counted at the emulator.</summary>
public sealed class PlanCallCountTests : IDisposable
{
    private readonly ModuleSession _session = new();

    // Two plans, of which the first has three keys and the second two of them; two keys are in none.
    public PlanCallCountTests() => _session.Good("$gold = New-ApiGatewayUsagePlan 'Gold plan' -QuotaLimit 50 -QuotaPeriod Day; $free = "
        + "New-ApiGatewayUsagePlan free -QuotaLimit 50 -QuotaPeriod Day; $keys = "
        + "'a', 'b' | New-ApiGatewayApiKey -UsagePlanId $gold, $free; "
        + "$one = New-ApiGatewayApiKey c -UsagePlanId $gold; $none = 'd', 'e' | New-ApiGatewayApiKey");

    [Theory]
    [InlineData("Get-ApiGatewayUsagePlan", 1)]
    [InlineData("Get-ApiGatewayUsagePlan fr*", 1)]
    [InlineData("Get-ApiGatewayUsagePlan -Id $gold", 1)]
    [InlineData("Get-ApiGatewayUsagePlan -Id $gold.Id, $free.Id", 2)]
    [InlineData("Get-ApiGatewayUsagePlan -Id 'Gold plan', 'Gold plan'", 1)]
    [InlineData("$keys | Get-ApiGatewayUsagePlan", 2)]
    [InlineData("Get-ApiGatewayUsagePlan -ApiKeyId $none[0].Id", 2)]
    [InlineData("Get-ApiGatewayUsagePlanKey $gold", 1)]
    [InlineData("Get-ApiGatewayUsagePlan | Get-ApiGatewayUsagePlanKey", 3)]
    [InlineData("Get-ApiGatewayUsagePlanKey 'Gold plan'", 2)]
    [InlineData("Get-ApiGatewayUsagePlanKey $gold -Id $keys[0]", 1)]
    [InlineData("Get-ApiGatewayUsagePlanKey $gold -Name a*", 1)]
    [InlineData("$one | Get-ApiGatewayApiKeyUsage", 2)]
    [InlineData("$keys[0] | Get-ApiGatewayApiKeyUsage", 3)]
    [InlineData("$keys[0] | Get-ApiGatewayApiKeyUsage -UsagePlanId $gold", 1)]
    [InlineData("$keys[0] | Get-ApiGatewayApiKeyUsage -UsagePlanId $gold.Id", 2)]
    [InlineData("$keys[0] | Get-ApiGatewayApiKeyUsage -UsagePlanId 'Gold plan'", 2)]
    [InlineData("New-ApiGatewayApiKey x -UsagePlanId $gold", 2)]
    [InlineData("New-ApiGatewayApiKey x -UsagePlanId 'Gold plan'", 3)]
    [InlineData("'x', 'y' | New-ApiGatewayApiKey -UsagePlanId 'Gold plan', free", 7)]
    [InlineData("$one | Add-ApiGatewayUsagePlanKey free", 2)]
    [InlineData("$keys | Add-ApiGatewayUsagePlanKey $gold -IfNotExists", 4)]
    [InlineData("Get-ApiGatewayApiKey -InNoUsagePlan", 4)]
    [InlineData("$one.GetUsagePlans()", 1)]
    public void ItTakesSoManyCalls(string script, int calls)
    {
        long before = _session.Emulator.RequestCount;
        Assert.NotNull(_session.Good(script));
        Assert.Equal(calls, _session.Emulator.RequestCount - before);
    }

    public void Dispose() => _session.Dispose();
}
