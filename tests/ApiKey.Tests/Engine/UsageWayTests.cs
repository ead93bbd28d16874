namespace ApiKey.Tests.Engine;

/// <summary>Usage is read in the way that takes fewer calls: key by key, or plan by plan.</summary>
public sealed class UsageWayTests
{
    // A key costs its plans and each plan's usage; a plan a page of keys and a page of usage, after the listing of plans.
    [Theory]
    [InlineData(1, 1, "GetUsagePlans 1, GetUsage 1")]
    [InlineData(2, 1, "GetUsagePlans 2, GetUsage 2")]
    [InlineData(9, 3, "GetUsagePlans 1, GetUsagePlanKeys 3, GetUsage 3")]
    [InlineData(9, 8, "GetUsagePlans 1, GetUsagePlanKeys 8, GetUsage 8")]
    [InlineData(9, 9, "GetUsagePlans 10, GetUsage 9")]
    [InlineData(9, 10, "GetUsagePlans 10, GetUsage 9")]
    public void KeysOfAnyPlan(int keys, int plans, string calls)
    {
        using ModuleSession session = new();
        session.Good("""
            $plans = 1..$args[1] | ForEach-Object { New-ApiGatewayUsagePlan "p$_" }
            $keys = 1..$args[0] | ForEach-Object { New-ApiGatewayApiKey "k$_" -UsagePlanId @($plans)[0] }
            """, keys, plans);
        Assert.Equal(calls, CallsOf(session, "$keys | Get-ApiGatewayApiKeyUsage -StartDate ([DateTime]::UtcNow)"));
    }

    [Theory]
    [InlineData(1, "GetUsage 1")]
    [InlineData(2, "GetUsage 2")]
    [InlineData(3, "GetUsagePlanKeys 1, GetUsage 1")]
    public void KeysOfAPlanThatIsNamed(int keys, string calls)
    {
        using ModuleSession session = new();
        session.Good("""
            $plan = New-ApiGatewayUsagePlan p
            $keys = 1..$args[0] | ForEach-Object { New-ApiGatewayApiKey "k$_" -UsagePlanId $plan }
            """, keys);
        Assert.Equal(calls, CallsOf(session,
            "$keys | Get-ApiGatewayApiKeyUsage -UsagePlanId $plan -StartDate ([DateTime]::UtcNow)"));
    }

    private static string CallsOf(ModuleSession session, string script)
    {
        string[] names = ["GetUsagePlans", "GetUsagePlanKeys", "GetUsage", "GetUsagePlan"];
        long[] before = [.. names.Select(session.Emulator.CountOf)];
        long all = session.Emulator.RequestCount;
        session.Good(script);
        (string Name, long Count)[] calls = [.. names.Select((name, index) => (name, session.Emulator.CountOf(name) - before[index]))
            .Where(call => call.Item2 > 0)];
        Assert.Equal(session.Emulator.RequestCount - all, calls.Sum(call => call.Count));
        return string.Join(", ", calls.Select(call => $"{call.Name} {call.Count}"));
    }
}
