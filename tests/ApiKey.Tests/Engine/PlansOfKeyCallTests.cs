namespace ApiKey.Tests.Engine;

/// <summary>A key in no usage plan is read once more only where nobody knows that there is such a key.</summary>
public sealed class PlansOfKeyCallTests
{
    [Theory]
    [InlineData("$in", 1, 1)]
    [InlineData("$in.Id", 1, 1)]
    [InlineData("$out", 1, 0)]
    [InlineData("$out.Id", 2, 0)]
    public void ThePlansOfAKeyTakeTheFewestCalls(string key, int calls, int plans)
    {
        using ModuleSession session = new();
        session.Good("$in = New-ApiGatewayApiKey a -UsagePlanId (New-ApiGatewayUsagePlan gold); $out = New-ApiGatewayApiKey b");
        long before = session.Emulator.RequestCount;
        Assert.Equal(plans, session.Good($"Get-ApiGatewayUsagePlan -ApiKeyId {key}").Count);
        Assert.Equal(calls, session.Emulator.RequestCount - before);
        Assert.Equal("ApiKeyNotFound", session.Run("Get-ApiGatewayUsagePlan -ApiKeyId gone123456").ErrorId);
    }
}
