using ApiKey.Emulator;
using ApiKey.Model;
using ApiKey.Service;
using Microsoft.Extensions.Time.Testing;

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

    [Theory]
    [InlineData("api1:prod", "-ApiId api1 -Stage prod", "Passed: PLAN opens api1:prod.")]
    [InlineData("api1:prod", "-ApiId api1", "Passed: PLAN opens a stage of API api1.")]
    [InlineData("api1:test", "-ApiId api1", "Passed: PLAN opens a stage of API api1.")]
    [InlineData("api1:test", "-ApiId api1 -Stage prod", "Failed: PLAN does not open api1:prod.")]
    [InlineData("api2:prod", "-ApiId api1 -Stage prod", "Failed: PLAN does not open api1:prod.")]
    [InlineData("api2:prod", "-ApiId api1", "Failed: PLAN does not open a stage of API api1.")]
    [InlineData("api1:test|api2:prod", "-ApiId api1 -Stage prod", "Failed: None of PLAN, PLAN opens api1:prod.")]
    [InlineData("api2:prod|api1:prod", "-ApiId api1 -Stage prod", "Passed: PLAN opens api1:prod.")]
    [InlineData("api1:prod", "-ApiId api1 -Stage gone", "Failed: API 'api1' has no stage 'gone' in eu-central-1.")]
    [InlineData("api1:prod", "-ApiId gone -Stage prod", "Failed: There is no API 'gone' in eu-central-1.")]
    [InlineData("api1:prod", "", "NotAsked: Not looked at.")]
    public void WhichPlanOpensAStage(string stages, string question, string says)
    {
        foreach (string stage in new[] { "api1:prod", "api1:test", "api2:prod" })
        {
            _session.Emulator.SeedStage("eu-central-1", stage.Split(':')[0], stage.Split(':')[1]);
        }

        _session.Good("$key = New-ApiGatewayApiKey k");
        UsagePlanInfo[] plans = [.. stages.Split('|').Select(stage => _session.One<UsagePlanInfo>("New-ApiGatewayUsagePlan p -ApiStage "
            + stage))];
        foreach (UsagePlanInfo plan in plans)
        {
            _session.Good("$key | Add-ApiGatewayUsagePlanKey $args[0]", plan);
        }

        string text = Says(ApiKeyCheckKind.Stage, question);
        Assert.Equal(says, plans.Aggregate(text, (told, plan) => told.Replace(plan.ToString(), "PLAN", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("$true", "Passed: It is enabled.")]
    [InlineData("$false", "Failed: It is disabled.")]
    public void WhetherAKeyIsEnabled(string enabled, string says)
    {
        _session.Good($"$key = New-ApiGatewayApiKey k -Enabled {enabled}");
        Assert.Equal(says, Says(ApiKeyCheckKind.Enabled));
    }

    [Theory]
    [InlineData("gone123456", "Failed: There is no API key 'gone123456' in eu-central-1.")]
    [InlineData("-Value abcdefghij0123456789", "Failed: No API key in eu-central-1 has this value.")]
    [InlineData("gone123456 -Region eu-west-1, eu-central-1", "Failed: There is no API key 'gone123456' in eu-west-1, eu-central-1.")]
    public void WhereAKeyWasLookedFor(string question, string says)
    {
        ApiKeyCheck check = _session.One<ApiKeyTestInfo>($"Test-ApiGatewayApiKey {question}").Checks
            .Single(one => one.Name == ApiKeyCheckKind.Exists);
        Assert.Equal(says, $"{check.Result}: {check.Text}");
    }

    [Theory]
    [InlineData(0, "Notice: It was changed 0 s ago.")]
    [InlineData(89, "Notice: It was changed 89 s ago.")]
    [InlineData(90, "Passed: Its last change is known everywhere.")]
    public void HowLongAgoAKeyWasChanged(int seconds, string says)
    {
        DateTimeOffset start = new(2026, 9, 1, 12, 0, 0, TimeSpan.Zero);
        FakeTimeProvider clock = new(start);
        using ModuleSession session = new(settings: new ApiGatewayConnection { Region = "eu-central-1", Clock = clock },
            emulator: new ApiGatewayEmulator(clock));
        session.Good("$key = New-ApiGatewayApiKey k");
        clock.Advance(TimeSpan.FromSeconds(seconds));
        ApiKeyCheck check = session.One<ApiKeyTestInfo>("$key | Test-ApiGatewayApiKey").Checks
            .Single(one => one.Name == ApiKeyCheckKind.Settled);
        Assert.StartsWith(says, $"{check.Result}: {check.Text}", StringComparison.Ordinal);
    }

    public void Dispose() => _session.Dispose();

    private void AssertSays(ApiKeyCheckKind kind, string says, string limits, long used = 0)
    {
        UsagePlanInfo plan = _session.One<UsagePlanInfo>($"($plan = New-ApiGatewayUsagePlan p {limits})");
        ApiKeyInfo key = _session.One<ApiKeyInfo>("($key = New-ApiGatewayApiKey k -UsagePlanId $plan)");
        _session.Emulator.SeedUsage("eu-central-1", plan.Id, key.Id, DateOnly.FromDateTime(DateTime.UtcNow), used);
        Assert.Equal(says.Replace("PLAN", plan.ToString(), StringComparison.Ordinal), Says(kind));
    }

    private string Says(ApiKeyCheckKind kind, string question = "")
    {
        ApiKeyCheck check = _session.One<ApiKeyTestInfo>($"$key | Test-ApiGatewayApiKey {question}").Checks.Single(one => one.Name == kind);
        return $"{check.Result}: {check.Text}";
    }
}
