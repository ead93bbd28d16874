using ApiKey.Model;

namespace ApiKey.Tests.Engine;

/// <summary>What Test-ApiGatewayApiKey says of limits and plans, in words that agree with their numbers.</summary>
public sealed class AccessTextTests : IDisposable
{
    private readonly ModuleSession _session = new();

    [Theory]
    [InlineData(null, 0, "Passed: PLAN has no quota.")]
    [InlineData("Day", 0, "Passed: 3 of 3 requests a day are left.")]
    [InlineData("Week", 1, "Passed: 2 of 3 requests a week are left.")]
    [InlineData("Month", 2, "Passed: 1 of 3 requests a month is left.")]
    [InlineData("Day", 3, "Failed: The quota of 3 requests a day is used up. Callers are answered \"Limit Exceeded\".")]
    [InlineData("Day", 4, "Failed: The quota of 3 requests a day is used up. Callers are answered \"Limit Exceeded\".")]
    public void WhatIsLeftOfAQuota(string? period, int used, string says) => AssertSays(ApiKeyCheckKind.Quota, says,
        period is null ? "" : $"-QuotaLimit 3 -QuotaPeriod {period}", used);

    [Theory]
    [InlineData("", "Passed: There is no limit to the rate.")]
    [InlineData("-RateLimit 2.5 -BurstLimit 3", "Passed: 2.5/s, burst 3 for each key.")]
    [InlineData("-RateLimit 0 -BurstLimit 3",
        "Failed: The throttle of PLAN lets nothing through: 0/s, burst 3. Callers are answered \"Too Many Requests\".")]
    [InlineData("-RateLimit 2 -BurstLimit 0",
        "Failed: The throttle of PLAN lets nothing through: 2/s, burst 0. Callers are answered \"Too Many Requests\".")]
    public void WhatAThrottleLetsThrough(string limits, string says) => AssertSays(ApiKeyCheckKind.Throttle, says, limits);

    [Theory]
    [InlineData(0, "Failed: It is in no usage plan, and a key grants no access until it is in one.")]
    [InlineData(1, "Passed: It is in usage plan PLAN.")]
    [InlineData(2, "Passed: It is in usage plans PLAN, PLAN.")]
    public void WhichPlansAKeyIsIn(int plans, string says)
    {
        _session.Good("$key = New-ApiGatewayApiKey k");
        UsagePlanInfo[] made = [.. Enumerable.Range(0, plans).Select(_ => _session.One<UsagePlanInfo>("New-ApiGatewayUsagePlan p"))];
        foreach (UsagePlanInfo plan in made)
        {
            _session.Good("$key | Add-ApiGatewayUsagePlanKey $args[0]", plan);
        }

        string text = Says(ApiKeyCheckKind.UsagePlan);
        Assert.Equal(says, made.Aggregate(text, (told, plan) => told.Replace(plan.ToString(), "PLAN", StringComparison.Ordinal)));
    }

    public void Dispose() => _session.Dispose();

    private void AssertSays(ApiKeyCheckKind kind, string says, string limits, long used = 0)
    {
        UsagePlanInfo plan = _session.One<UsagePlanInfo>($"($plan = New-ApiGatewayUsagePlan p {limits})");
        ApiKeyInfo key = _session.One<ApiKeyInfo>("($key = New-ApiGatewayApiKey k -UsagePlanId $plan)");
        _session.Emulator.SeedUsage("eu-central-1", plan.Id, key.Id, DateOnly.FromDateTime(DateTime.UtcNow), used);
        Assert.Equal(says.Replace("PLAN", plan.ToString(), StringComparison.Ordinal), Says(kind));
    }

    private string Says(ApiKeyCheckKind kind)
    {
        ApiKeyCheck check = _session.One<ApiKeyTestInfo>("$key | Test-ApiGatewayApiKey").Checks.Single(one => one.Name == kind);
        return $"{check.Result}: {check.Text}";
    }
}
