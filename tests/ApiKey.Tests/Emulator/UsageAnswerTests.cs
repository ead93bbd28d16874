using System.Net;
using ApiKey.Emulator;
using Microsoft.Extensions.Time.Testing;

namespace ApiKey.Tests.Emulator;

/// <summary>The answers about usage, whole, in their pages and for each period of a quota.</summary>
[Trait(Category.Name, Category.Unit)]
public sealed class UsageAnswerTests : IDisposable
{
    private static readonly DateOnly Sunday = new(2026, 2, 8);

    private readonly ApiGatewayEmulator _emulator = new(new FakeTimeProvider(new DateTimeOffset(2026, 2, 11, 12, 0, 0, TimeSpan.Zero)));
    private readonly EmulatorClient _client;

    public UsageAnswerTests()
    {
        _client = EmulatorClient.InProcess(_emulator);
    }

    [Fact]
    public async Task AnAnswerSaysOfWhatItIs()
    {
        string plan = await MakePlan(""","quota":{"limit":10,"period":"DAY"}""");
        await Join(plan, "k1", "k2");
        _emulator.SeedUsage("us-east-1", plan, "k1", Sunday, 3);
        Assert.Equal($$$"""
            {"usagePlanId":"{{{plan}}}","startDate":"2026-02-08","endDate":"2026-02-09","values":{"k1":[[3,7],[0,10]],"k2":[[0,10],[0,10]]}}
            """, await Usage(plan, Sunday, Sunday.AddDays(1)));
        Assert.Equal($$$"""
            {"usagePlanId":"{{{plan}}}","startDate":"2026-02-08","endDate":"2026-02-08","values":{"k2":[[0,10]]}}
            """, await Usage(plan, Sunday, Sunday, "&keyId=k2"));
        Assert.Equal($$$"""
            {"usagePlanId":"{{{plan}}}","startDate":"2026-02-11","endDate":"2026-02-11","values":{"k1":[[0,4]]}}
            """, (await _client.Send("PATCH", $"/usageplans/{plan}/keys/k1/usage",
                """{"patchOperations":[{"op":"replace","path":"/remaining","value":"4"}]}""")).Body.GetRawText());
    }

    [Fact]
    public async Task KeysComeInPages()
    {
        string plan = await MakePlan(""","quota":{"limit":10,"period":"DAY"}""");
        await Join(plan, "k1", "k2", "k3");
        List<string> pages = [];
        for (string? more = ""; more is not null;)
        {
            Answer page = await _client.Send("GET",
                $"/usageplans/{plan}/usage?startDate=2026-02-08&endDate=2026-02-08&limit=2{more}");
            Assert.Equal(HttpStatusCode.OK, page.Status);
            pages.Add(page.Body.GetProperty("values").GetRawText());
            more = page.Body.TryGetProperty("position", out System.Text.Json.JsonElement position)
                ? $"&position={Uri.EscapeDataString(position.GetString()!)}" : null;
        }

        Assert.Equal(["""{"k1":[[0,10]],"k2":[[0,10]]}""", """{"k3":[[0,10]]}"""], pages);
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(3, true)]
    public async Task AFullPageIsTheLastWhenNothingIsLeft(int keys, bool hasMore)
    {
        string plan = await MakePlan(""","quota":{"limit":10,"period":"DAY"}""");
        await Join(plan, [.. Enumerable.Range(1, keys).Select(number => $"k{number}")]);
        Answer page = await _client.Send("GET", $"/usageplans/{plan}/usage?startDate=2026-02-08&endDate=2026-02-08&limit=2");
        Assert.Equal(hasMore, page.Body.TryGetProperty("position", out _));
    }

    [Theory]
    [InlineData("DAY", "[[1,9],[2,8],[4,6]]")]
    [InlineData("WEEK", "[[1,9],[2,8],[4,4]]")]
    [InlineData("MONTH", "[[1,9],[2,7],[4,3]]")]
    public async Task WhatIsLeftIsOfThePeriod(string period, string values)
    {
        // The 7th is a Saturday; weeks begin on Sundays.
        string plan = await MakePlan($$""","quota":{"limit":10,"period":"{{period}}"}""");
        await Join(plan, "k1");
        for (int day = 0; day < 3; day++)
        {
            _emulator.SeedUsage("us-east-1", plan, "k1", Sunday.AddDays(day - 1), 1 << day);
        }

        Assert.Contains(values, await Usage(plan, Sunday.AddDays(-1), Sunday.AddDays(1)));
    }

    [Fact]
    public async Task AMonthBeginsWithItsFirstDay()
    {
        string plan = await MakePlan(""","quota":{"limit":10,"period":"MONTH"}""");
        await Join(plan, "k1");
        _emulator.SeedUsage("us-east-1", plan, "k1", new DateOnly(2026, 1, 31), 5);
        _emulator.SeedUsage("us-east-1", plan, "k1", new DateOnly(2026, 2, 1), 1);
        Assert.Contains("[[5,5],[1,9],[0,9]]", await Usage(plan, new DateOnly(2026, 1, 31), new DateOnly(2026, 2, 2)));
    }

    [Fact]
    public async Task APlanWithoutAQuotaShowsOnlyWhatWasUsedAndCountsNothing()
    {
        string plan = await MakePlan("");
        await Join(plan, "k1", "k2", "k3", "k4", "k5");
        _emulator.SeedUsage("us-east-1", plan, "k1", Sunday.AddDays(-1), 3);
        _emulator.SeedUsage("us-east-1", plan, "k2", Sunday, 3);
        _emulator.SeedUsage("us-east-1", plan, "k3", Sunday.AddDays(1), 3);
        _emulator.SeedUsage("us-east-1", plan, "k4", Sunday.AddDays(2), 3);
        Assert.Contains("""{"k2":[[0,0],[0,0]],"k3":[[0,0],[0,0]]}""", await Usage(plan, Sunday, Sunday.AddDays(1)));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(89, true)]
    [InlineData(90, false)]
    [InlineData(-1, false)]
    public async Task ARangeHasADayAndAtMostNinety(int days, bool isGood)
    {
        string plan = await MakePlan("");
        Answer answer = await _client.Send("GET",
            $"/usageplans/{plan}/usage?startDate={Sunday:yyyy-MM-dd}&endDate={Sunday.AddDays(days):yyyy-MM-dd}");
        Assert.Equal(isGood ? HttpStatusCode.OK : HttpStatusCode.BadRequest, answer.Status);
    }

    [Theory]
    [InlineData("startDate=2026-02-08&endDate=2026-02-08&keyId=k9", 404, "Invalid Key identifier specified")]
    [InlineData("endDate=2026-02-08", 400, "Invalid startDate, expected yyyy-mm-dd")]
    [InlineData("startDate=2026-02-08&endDate=2026-2-8", 400, "Invalid endDate, expected yyyy-mm-dd")]
    public async Task AWrongQuestionIsRefused(string query, int status, string says)
    {
        Answer answer = await _client.Send("GET", $"/usageplans/{await MakePlan("")}/usage?{query}");
        Assert.Equal((status, says), ((int)answer.Status, answer.Message));
    }

    public void Dispose() => _client.Dispose();

    private async Task<string> MakePlan(string more) =>
        (await _client.Send("POST", "/usageplans", $$"""{"name":"p"{{more}}}""")).Body.GetProperty("id").GetString()!;

    private async Task Join(string plan, params string[] keys)
    {
        foreach (string key in keys)
        {
            _emulator.Seed(new SeedKey { Region = "us-east-1", Id = key, Name = key });
            Assert.Equal(HttpStatusCode.Created, (await _client.Send("POST", $"/usageplans/{plan}/keys",
                $$"""{"keyId":"{{key}}","keyType":"API_KEY"}""")).Status);
        }
    }

    private async Task<string> Usage(string plan, DateOnly start, DateOnly end, string more = "") => (await _client.Send("GET",
        $"/usageplans/{plan}/usage?startDate={start:yyyy-MM-dd}&endDate={end:yyyy-MM-dd}{more}")).Body.GetRawText();
}
