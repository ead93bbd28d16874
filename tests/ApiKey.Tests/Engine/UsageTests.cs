using System.Net;
using ApiKey.Model;
using ApiKey.Plans;

namespace ApiKey.Tests.Engine;

/// <summary>What keys used of their plans.</summary>
public class UsageTests : IDisposable
{
    private const string Range = "-StartDate ([DateTime]::UtcNow.AddDays(-2)) -EndDate ([DateTime]::UtcNow)";

    private static readonly DateOnly Today = DateOnly.FromDateTime(DateTime.UtcNow);

    private readonly ModuleSession _session = new();

    [Fact]
    public void ThereIsARowForEachKeyPlanAndDay()
    {
        Prepare();
        Use("$gold", "$a", 2, 700);
        Use("$gold", "$a", 0, 90);
        Assert.Equal(
            [$"a gold {Day(2)} 700 300", $"a gold {Day(1)} 0 1000", $"a gold {Day(0)} 90 910", $"a silver {Day(2)} 0 ",
                $"a silver {Day(1)} 0 ", $"a silver {Day(0)} 0 "],
            Rows($"$a | Get-ApiGatewayApiKeyUsage {Range}").OrderBy(row => row.Split(' ')[1]));
        Assert.Equal([$" gold {Day(0)} 90 910"], Rows("Get-ApiGatewayApiKeyUsage $a.Id $gold.Id -StartDate ([DateTime]::UtcNow)"));
        Assert.Equal([$"a gold {Day(0)} 90 910", $"b gold {Day(0)} 0 1000"],
            Rows("$gold | Get-ApiGatewayApiKeyUsage -StartDate ([DateTime]::UtcNow)").Order());
        Assert.Equal([$"b gold {Day(0)} 0 1000"],
            Rows("Get-ApiGatewayUsagePlanKey $gold b | Get-ApiGatewayApiKeyUsage -StartDate ([DateTime]::UtcNow)")
                .Select(row => row.StartsWith(' ') ? "b" + row : row));
        Assert.Equal(3, Rows("Get-ApiGatewayApiKeyUsage -StartDate ([DateTime]::UtcNow)").Count());
        Assert.Equal(30 * 2, Rows("$a | Get-ApiGatewayApiKeyUsage").Count());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(30)]
    public void KeysThatNobodyUsedAreFoundWhateverTheWayToReadThem(int more)
    {
        Prepare();
        _session.Good("1..$args[0] | ForEach-Object { \"more-$_\" } | New-ApiGatewayApiKey -UsagePlanId $gold | ForEach-Object { }", more);
        Use("$gold", "$b", 1, 5);
        _session.Good($"$used = @{{}}; Get-ApiGatewayApiKey | Get-ApiGatewayApiKeyUsage {Range} | ForEach-Object {{ $used[$_.ApiKeyId] += "
            + $"$_.Used }}");
        Assert.Equal(more + 3, (int)_session.Good("$used.Count")[0].BaseObject);
        Assert.Equal(5L, _session.Good("$used[$b.Id]")[0].BaseObject);
        Assert.Equal("0 0", _session.Good("\"$($used[$a.Id]) $($used[$loner.Id])\"")[0].ToString());
        Assert.Equal([$"loner  {Day(0)} 0 "],
            Rows("Get-ApiGatewayApiKey -Name loner | Get-ApiGatewayApiKeyUsage -StartDate ([DateTime]::UtcNow)"));
        Assert.Equal(2, _session.Good(
            "$gone = Get-ApiGatewayApiKey | Get-ApiGatewayApiKeyUsage -StartDate ([DateTime]::UtcNow) | ForEach-Object { if ($_.ApiKeyName "
            + "-eq 'loner' -or $_.ApiKeyId -eq $b.Id) { $_ } }; $gone").Count);
        _session.Good("$gone | Set-ApiGatewayApiKey -Enabled $false");
        Assert.Equal(2, _session.Good("Get-ApiGatewayApiKey -Enabled $false").Count);
    }

    [Fact]
    public void KeysThatAwsLeavesOutHaveRowsToo()
    {
        using ModuleSession session = new(inner => new StubHandler(inner, (request, _) => Task.FromResult(
            request.RequestUri!.AbsolutePath.EndsWith("/usage", StringComparison.Ordinal)
                ? StubHandler.Answer(HttpStatusCode.OK, """{"values":{}}""") : null)));
        session.Good("$gold = New-ApiGatewayUsagePlan gold; $keys = 1..12 | ForEach-Object { \"k$_\" } | New-ApiGatewayApiKey -UsagePlanId "
            + "$gold");
        Assert.Equal(12, session.Good("$keys | Get-ApiGatewayApiKeyUsage -StartDate ([DateTime]::UtcNow)").Count);
        Assert.Equal(12, session.Good("Get-ApiGatewayApiKeyUsage -UsagePlanId $gold -StartDate ([DateTime]::UtcNow)").Count);
        ApiKeyUsageInfo row = session.One<ApiKeyUsageInfo>("$keys[3] | Get-ApiGatewayApiKeyUsage -StartDate ([DateTime]::UtcNow)");
        Assert.Equal(("k4", 0L, null), (row.ApiKeyName, row.Used, row.Remaining));
    }

    [Theory]
    [InlineData("$keys | Get-ApiGatewayApiKeyUsage", 1 + 3 + 3)]
    [InlineData("$gold | Get-ApiGatewayApiKeyUsage", 3 + 3)]
    [InlineData("Get-ApiGatewayApiKeyUsage -UsagePlanId $gold.Id", 1 + 3 + 3)]
    [InlineData("$keys[0] | Get-ApiGatewayApiKeyUsage", 2)]
    [InlineData("$keys[0..7] | Get-ApiGatewayApiKeyUsage", 16)]
    [InlineData("$keys[0] | Get-ApiGatewayApiKeyUsage -UsagePlanId $gold", 1)]
    [InlineData("$keys[0..7] | Get-ApiGatewayApiKeyUsage -UsagePlanId $gold", 3 + 3)]
    public void ManyKeysAreReadByThePageAndFewOneByOne(string script, int calls)
    {
        _session.Good("$gold = New-ApiGatewayUsagePlan gold -QuotaLimit 1000 -QuotaPeriod Month; $keys = 1..1100 | ForEach-Object { "
            + "\"k$_\" } | New-ApiGatewayApiKey -ThrottleLimit 32; $keys | Add-ApiGatewayUsagePlanKey $gold -ThrottleLimit 32");
        long before = _session.Emulator.RequestCount;
        _session.Good($"{script} -StartDate ([DateTime]::UtcNow)");
        Assert.Equal(calls, _session.Emulator.RequestCount - before);
    }

    [Fact]
    public void WhatIsLeftCanBeSet()
    {
        Prepare();
        Use("$gold", "$a", 0, 950);
        ApiKeyUsageInfo row = _session.One<ApiKeyUsageInfo>("$a | Set-ApiGatewayApiKeyUsage -UsagePlanId $gold -Remaining 500 -PassThru");
        Assert.Equal((950L, 500L, "gold"), (row.Used, row.Remaining, row.UsagePlanName));
        Assert.Equal([$"a gold {Day(0)} 950 500"],
            Rows("$a | Get-ApiGatewayApiKeyUsage -UsagePlanId $gold -StartDate ([DateTime]::UtcNow)"));
        Assert.Empty(_session.Good("Set-ApiGatewayApiKeyUsage $gold.Id $a.Id -Remaining 0"));
        Assert.Contains("no quota", _session.Run("Set-ApiGatewayApiKeyUsage $silver $a -Remaining 5").Error.ToString());
    }

    [Theory]
    [InlineData("-StartDate 2026-01-02 -EndDate 2026-01-01", "is before -StartDate 2026-01-02")]
    [InlineData("-EndDate ([DateTime]::UtcNow.AddDays(2))", "is in the future")]
    [InlineData("-StartDate 2999-01-01", "-StartDate 2999-01-01 is in the future")]
    [InlineData("-StartDate ([DateTime]::UtcNow.AddDays(-90))", "are 91 days; AWS answers at most 90")]
    [InlineData("-StartDate 2020-01-01 -EndDate 2020-01-02", "too long ago")]
    public void ARangeThatAwsDoesNotAnswerIsRefusedBeforeAnyCall(string range, string says)
    {
        Outcome outcome = _session.Run($"Get-ApiGatewayApiKeyUsage k {range}");
        Assert.Equal("InvalidDateRange", outcome.ErrorId);
        Assert.Contains(says, outcome.Error.ToString());
        Assert.Equal(0, _session.Emulator.RequestCount);
    }

    [Theory]
    [InlineData(0, 89, true)]
    [InlineData(0, 90, false)]
    [InlineData(-1, 88, true)]
    [InlineData(-2, 3, false)]
    [InlineData(1, 90, true)]
    [InlineData(2, 91, false)]
    [InlineData(5, 5, true)]
    [InlineData(5, 4, false)]
    public void TheEdgesOfTheRange(int lastAgo, int firstAgo, bool isGood) =>
        Assert.Equal(isGood, UsagePlanRules.ProblemOfRange(Today.AddDays(-firstAgo), Today.AddDays(-lastAgo), Today) is null);

    [Theory]
    [InlineData("Get-ApiGatewayApiKeyUsage gone", "ApiKeyNotFound", "API key 'gone'")]
    [InlineData("Get-ApiGatewayApiKeyUsage -UsagePlanId gone", "UsagePlanNotFound", "no usage plan 'gone'")]
    [InlineData("Get-ApiGatewayApiKeyUsage $b.Id $silver.Id", "UsagePlanKeyNotFound", "is not in usage plan")]
    [InlineData("Get-ApiGatewayApiKeyUsage $b.Id, $a.Id, gone $gold.Id", "UsagePlanKeyNotFound", "'gone' is not in usage plan 'gold (")]
    public void WhatIsNotThereIsToldWithItsId(string script, string errorId, string says)
    {
        Prepare();
        Outcome outcome = _session.Run(script);
        Assert.Equal(errorId, outcome.ErrorId);
        Assert.Contains(says, outcome.Error.ToString());
    }

    [Fact]
    public void TheViewShowsABarAndFitsEightyColumns()
    {
        using ModuleSession session = new(width: 80);
        session.Good("$gold = New-ApiGatewayUsagePlan a-plan-with-a-long-name -QuotaLimit 100000000 -QuotaPeriod Day; $key = "
            + "New-ApiGatewayApiKey a-key-with-a-name-that-is-long -UsagePlanId $gold; $free = New-ApiGatewayApiKey free");
        Use(session, "$gold", "$key", 0, 99_000_000);
        Use(session, "$gold", "$key", 1, 1);
        string[] lines = session.Screen($"$key, $free | Get-ApiGatewayApiKeyUsage {Range}").Split('\n');
        Assert.Matches("^Date +Key +Plan +Used +Remaining +Share$", lines[0]);
        Assert.EndsWith("..........", lines[2]);
        Assert.EndsWith("#.........", lines[3]);
        Assert.Matches($"^{Day(0)} a-key-.* a-plan-.* 99000000 +1000000 ##########$", lines[4]);
        Assert.Matches($"^{Day(2)} free +\\(no plan\\) +0$", lines[5]);
        Assert.All(lines, line => Assert.True(line.Length <= 80, line));
    }

    public void Dispose() => _session.Dispose();

    private static string Day(int ago) => Today.AddDays(-ago).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static void Use(ModuleSession session, string plan, string key, int daysAgo, long used) =>
        session.Good($"$connection.Emulator.SeedUsage('eu-central-1', {plan}.Id, {key}.Id, $args[0], $args[1])",
            Today.AddDays(-daysAgo), used);

    private void Use(string plan, string key, int daysAgo, long used) => Use(_session, plan, key, daysAgo, used);

    // Day quotas, so that the first of a month or week changes nothing.
    private void Prepare() => _session.Good("""
        $gold = New-ApiGatewayUsagePlan gold -QuotaLimit 1000 -QuotaPeriod Day; $silver = New-ApiGatewayUsagePlan silver
        $a = New-ApiGatewayApiKey a -UsagePlanId $gold, $silver; $b = New-ApiGatewayApiKey b -UsagePlanId $gold
        $loner = New-ApiGatewayApiKey loner
        """);

    private IEnumerable<string> Rows(string script) => _session.Good(script)
        .Select(row => (ApiKeyUsageInfo)row.BaseObject)
        .Select(row => $"{row.ApiKeyName} {row.UsagePlanName} {row.Date:yyyy-MM-dd} {row.Used} {row.Remaining}");
}
