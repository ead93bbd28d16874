using System.Net;
using ApiKey.Model;

namespace ApiKey.Tests.Engine;

/// <summary>
/// In a plan without a quota AWS counts nothing: it names the keys that were used, with 0, and leaves out the others. A key that was
/// used there must not look unused, whichever way it is asked for.
/// </summary>
public sealed class UncountedUsageTests : IDisposable
{
    private static readonly DateOnly Today = DateOnly.FromDateTime(DateTime.UtcNow);

    private readonly ModuleSession _session = new(width: 80);

    [Theory]
    [InlineData("$a, $b | Get-ApiGatewayApiKeyUsage", 0)]
    [InlineData("$free | Get-ApiGatewayApiKeyUsage", 0)]
    [InlineData("$a, $b | Get-ApiGatewayApiKeyUsage -UsagePlanId $free", 0)]
    [InlineData("Get-ApiGatewayApiKeyUsage -UsagePlanId $free.Id", 0)]
    [InlineData("Get-ApiGatewayApiKeyUsage", 0)]
    [InlineData("Get-ApiGatewayApiKey | Get-ApiGatewayApiKeyUsage", 0)]
    [InlineData("Get-ApiGatewayApiKey | Get-ApiGatewayApiKeyUsage", 30)]
    [InlineData("Get-ApiGatewayUsagePlanKey $free | Get-ApiGatewayApiKeyUsage -UsagePlanId $free", 30)]
    public void AKeyOfAPlanWithoutQuotaThatWasUsedIsNotUnused(string script, int more)
    {
        Prepare();
        _session.Good("$null = 1..$args[0] | Where-Object { $args[0] } | ForEach-Object { \"more-$_\" } | New-ApiGatewayApiKey "
            + "-UsagePlanId $free", more);
        ApiKeyUsageInfo[] rows = [.. _session.Good($"{script} -StartDate ([DateTime]::UtcNow.AddDays(-2))")
            .Select(row => (ApiKeyUsageInfo)row.BaseObject)];
        string used = Id("$a");
        Assert.All(rows.Where(row => row.ApiKeyId == used),
            row => Assert.Equal((null, true, null), (row.Used, row.WasUsed, row.UsedShare)));
        Assert.All(rows.Where(row => row.ApiKeyId != used), row => Assert.Equal((0L, false), (row.Used, row.WasUsed)));
        Assert.Equal(3, rows.Count(row => row.ApiKeyId == used));
        Assert.Contains(rows, row => row.ApiKeyId == Id("$b"));
    }

    [Fact]
    public void TheDocumentedWayFindsOnlyKeysThatNobodyUsed()
    {
        Prepare();
        _session.Good("$null = $a | Add-ApiGatewayUsagePlanKey (New-ApiGatewayUsagePlan gold -QuotaLimit 9 -QuotaPeriod Day)");
        string page = File.ReadAllText(Repository.PathOf("docs", "Get-ApiGatewayApiKeyUsage.md"));
        string recipe = page.Split("### Keys that nobody used in 90 days")[1].Split("```powershell")[1].Split("```")[0];
        Assert.Equal(["b"], _session.Good(recipe).Select(key => ((ApiKeyInfo)key.BaseObject).Name));
    }

    [Fact]
    public void EveryViewSaysThatItWasUsedAndNotCounted()
    {
        Prepare();
        _session.WithUtility();
        string[] lines = _session.Screen("$a, $b | Get-ApiGatewayApiKeyUsage -StartDate ([DateTime]::UtcNow)").Split('\n');
        Assert.Matches("^[0-9-]{10} a +free +used +not counted$", lines[2]);
        Assert.Matches("^[0-9-]{10} b +free +0$", lines[3]);
        Assert.All(lines, line => Assert.True(line.Length <= 80, line));
        Assert.Matches("(?m)^Used +: used, not counted$",
            _session.Screen("$a | Get-ApiGatewayApiKeyUsage -StartDate ([DateTime]::UtcNow) | Format-List"));
        Assert.Matches("(?m)^WasUsed +: True$",
            _session.Screen("$a | Get-ApiGatewayApiKeyUsage -StartDate ([DateTime]::UtcNow) | Format-List"));
        Assert.EndsWith(": used, not counted",
            _session.Good("[string]($a | Get-ApiGatewayApiKeyUsage -StartDate ([DateTime]::UtcNow))")[0].ToString());
    }

    [Theory]
    [InlineData("[[0,0]]", true, null)]
    [InlineData("[[1,0]]", true, 1L)]
    [InlineData("[[7,0]]", true, 7L)]
    public void WhoeverAwsNamesWasUsed(string days, bool wasUsed, long? used)
    {
        string id = "";
        using ModuleSession session = new(inner => new StubHandler(inner, (request, _) => Task.FromResult(
            request.RequestUri!.AbsolutePath.EndsWith("/usage", StringComparison.Ordinal)
                ? StubHandler.Answer(HttpStatusCode.OK, $"{{\"values\":{{\"{id}\":{days}}}}}") : null)));
        id = session.Good("$free = New-ApiGatewayUsagePlan free; ($key = New-ApiGatewayApiKey k -UsagePlanId $free).Id")[0].ToString();
        ApiKeyUsageInfo row = session.One<ApiKeyUsageInfo>("$key | Get-ApiGatewayApiKeyUsage -StartDate ([DateTime]::UtcNow)");
        Assert.Equal((wasUsed, used), (row.WasUsed, row.Used));
    }

    public void Dispose() => _session.Dispose();

    private void Prepare()
    {
        _session.Good("$free = New-ApiGatewayUsagePlan free; $a = New-ApiGatewayApiKey a -UsagePlanId $free; $b = New-ApiGatewayApiKey b "
            + "-UsagePlanId $free");
        _session.Good("$connection.Emulator.SeedUsage('eu-central-1', $free.Id, $a.Id, $args[0], 5)", Today);
    }

    private string Id(string key) => _session.Good($"{key}.Id")[0].ToString();
}
