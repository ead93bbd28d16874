using System.Net;
using System.Text;
using System.Text.Json;
using ApiKey.Emulator;
using ApiKey.Emulator.Store;
using Microsoft.Extensions.Time.Testing;

namespace ApiKey.Tests.Emulator;

/// <summary>What AWS checks of usage plans besides what the recording's own requests show: stages, quotas, throttles, usage,
/// pace.</summary>
[Trait(Category.Name, Category.Unit)]
public sealed class PlanRuleTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 2, 10, 12, 0, 0, TimeSpan.Zero));
    private readonly ApiGatewayEmulator _emulator;
    private readonly EmulatorClient _client;

    public PlanRuleTests()
    {
        _emulator = new ApiGatewayEmulator(_clock);
        _client = EmulatorClient.InProcess(_emulator);
    }

    [Fact]
    public async Task AStageMustBeThereOnceTheRegionHasApis()
    {
        Assert.Equal(HttpStatusCode.Created, (await Create("""{"name":"before","apiStages":[{"apiId":"any","stage":"s"}]}""")).Status);
        _emulator.SeedStage("us-east-1", "api1", "prod");
        Answer missing = await Create("""{"name":"p","apiStages":[{"apiId":"api1","stage":"dev"}]}""");
        Assert.Equal((HttpStatusCode.NotFound, "NotFoundException", "API Stage not found: api1:dev"),
            (missing.Status, missing.ErrorType, missing.Message));
        string plan = Id(await Create("""{"name":"p","apiStages":[{"apiId":"api1","stage":"prod"}]}"""));
        Assert.Equal("API Stage not found: other:prod", (await Patch(plan, ("add", "/apiStages", "other:prod"))).Message);
        Assert.Equal(HttpStatusCode.Accepted, (await _client.Send("DELETE", "/restapis/api1/stages/prod")).Status);
        Assert.Equal("[]", (await _client.Send("GET", $"/usageplans/{plan}")).Body.GetProperty("apiStages").GetRawText());
        using EmulatorClient elsewhere = EmulatorClient.InProcess(_emulator, "eu-west-1");
        Assert.Equal(HttpStatusCode.Created,
            (await elsewhere.Send("POST", "/usageplans", """{"name":"p","apiStages":[{"apiId":"api1","stage":"dev"}]}""")).Status);
    }

    [Theory]
    [InlineData("DAY", 0, true)]
    [InlineData("DAY", 1, false)]
    [InlineData("WEEK", 6, true)]
    [InlineData("WEEK", 7, false)]
    [InlineData("MONTH", 27, true)]
    [InlineData("MONTH", 28, false)]
    [InlineData("MONTH", -1, false)]
    public async Task AnOffsetIsOneOfItsPeriod(string period, int offset, bool allowed)
    {
        Answer made = await Create($$$"""{"name":"p","quota":{"limit":5,"offset":{{{offset}}},"period":"{{{period}}}"}}""");
        Assert.Equal(allowed ? HttpStatusCode.Created : HttpStatusCode.BadRequest, made.Status);
        string plan = Id(await Create("""{"name":"p"}"""));
        Answer changed = await Patch(plan, ("add", "/quota/limit", "5"), ("add", "/quota/offset", $"{offset}"),
            ("add", "/quota/period", period));
        Assert.Equal(allowed ? HttpStatusCode.OK : HttpStatusCode.BadRequest, changed.Status);
        Assert.Equal(allowed, (await _client.Send("GET", $"/usageplans/{plan}")).Body.TryGetProperty("quota", out _));
    }

    [Theory]
    [InlineData("/throttle/rateLimit", "1.5", """{"burstLimit":0,"rateLimit":1.5}""")]
    [InlineData("/throttle/burstLimit", "3", """{"burstLimit":3,"rateLimit":0.0}""")]
    public async Task HalfAThrottleIsZeroForTheOtherHalf(string path, string value, string throttle) =>
        Assert.Equal(throttle, (await Patch(Id(await Create("""{"name":"p"}""")), ("add", path, value))).Body.GetProperty("throttle")
            .GetRawText());

    [Theory]
    [InlineData("replace", "/quota/limit", "5", "Invalid Usage Plan quota period specified. Must be one of [DAY, WEEK, MONTH]")]
    [InlineData("replace", "/quota/limit", "many", "Usage Plan quota limit must be a non-negative numeric")]
    [InlineData("replace", "/throttle/rateLimit", "fast",
        "Usage Plan throttle rate limit and burst limit must be numeric and greater than zero")]
    [InlineData("replace", "/apiStages/a:gone/throttle/x/GET/rateLimit", "1", "API Stage not found: a:gone")]
    [InlineData("remove", "/apiStages/a:gone/throttle", "", "API Stage not found: a:gone")]
    [InlineData("replace", "/apiStages/a:s/throttle/~1limited/GET/rateLimit", "1",
        "Invalid method {resourcePath: /~1limited,method: GET} specified")]
    [InlineData("remove", "/apiStages", "", "Invalid patch path  '/apiStages' specified for op 'remove'")]
    [InlineData("copy", "/name", "x", "Invalid patch path  '/name' specified for op 'copy'")]
    public async Task ARefusedUpdateChangesNothing(string op, string path, string value, string says)
    {
        string plan = Id(await Create("""{"name":"p","apiStages":[{"apiId":"a","stage":"s"}]}"""));
        string before = (await _client.Send("GET", $"/usageplans/{plan}")).Body.GetRawText();
        Answer refused = await Patch(plan, ("replace", "/name", "q"), ("replace", "/apiStages/a:s/throttle/y/GET/rateLimit", "1"),
            ("add", "/apiStages", "b:t"), (op, path, value));
        Assert.Equal(says, refused.Message);
        Assert.Equal(before, (await _client.Send("GET", $"/usageplans/{plan}")).Body.GetRawText());
    }

    [Fact]
    public async Task AMethodsPathComesWithOrWithoutItsFirstSlash()
    {
        string plan = Id(await Create("""{"name":"p","apiStages":[{"apiId":"a","stage":"s"}]}"""));
        Answer changed = await Patch(plan, ("replace", "/apiStages/a:s/throttle/probe/x/GET/rateLimit", "1"),
            ("replace", "/apiStages/a:s/throttle//probe/x/GET/burstLimit", "2"));
        Assert.Equal("""{"/probe/x/GET":{"burstLimit":2,"rateLimit":1.0}}""",
            changed.Body.GetProperty("apiStages")[0].GetProperty("throttle").GetRawText());
        Answer gone = await Patch(plan, ("remove", "/apiStages/a:s/throttle/probe/x/GET", ""));
        Assert.False(gone.Body.GetProperty("apiStages")[0].TryGetProperty("throttle", out _));
    }

    [Fact]
    public async Task AnExtensionHoldsFromItsDayToTheEndOfItsPeriod()
    {
        string plan = Id(await Create("""{"name":"p","quota":{"limit":100,"period":"MONTH"}}"""));
        string key = (await _client.Create("{}")).GetProperty("id").GetString()!;
        await Join(plan, key);
        _emulator.SeedUsage("us-east-1", plan, key, new DateOnly(2026, 1, 31), 90);
        _emulator.SeedUsage("us-east-1", plan, key, new DateOnly(2026, 2, 9), 100);
        foreach (int remaining in new[] { 7, 50 })
        {
            Answer extended = await _client.Send("PATCH", $"/usageplans/{plan}/keys/{key}/usage",
                $$"""{"patchOperations":[{"op":"replace","path":"/remaining","value":"{{remaining}}"}]}""");
            Assert.Equal($"[[0,{remaining}]]", extended.Body.GetProperty("values").GetProperty(key).GetRawText());
        }

        async Task<string> Usage(string from, string to) =>
            (await _client.Send("GET", $"/usageplans/{plan}/usage?startDate={from}&endDate={to}")).Body.GetProperty("values")
                .GetProperty(key).GetRawText();
        Assert.Equal("[[90,10]]", await Usage("2026-01-31", "2026-01-31"));
        Assert.Equal("[[100,0],[0,50],[0,50]]", await Usage("2026-02-09", "2026-02-11"));
        Assert.Equal("[[0,100]]", await Usage("2026-03-01", "2026-03-01"));
        string refused = (await _client.Send("PATCH", $"/usageplans/{plan}/keys/{key}/usage",
            """{"patchOperations":[{"op":"replace","path":"/remaining","value":"1"},{"op":"replace","path":"/used","value":"1"}]}"""))
                .ErrorType!;
        Assert.Equal(("BadRequestException", "[[0,50]]"), (refused, await Usage("2026-02-10", "2026-02-10")));
    }

    [Fact]
    public async Task WithoutAQuotaOnlyKeysThatWereUsedAreShownAndNothingIsCounted()
    {
        string plan = Id(await Create("""{"name":"p"}"""));
        string used = (await _client.Create("{}")).GetProperty("id").GetString()!;
        string unused = (await _client.Create("{}")).GetProperty("id").GetString()!;
        await Join(plan, used);
        await Join(plan, unused);
        _emulator.SeedUsage("us-east-1", plan, used, new DateOnly(2026, 2, 9), 5);
        Assert.Equal($$"""{"{{used}}":[[0,0]]}""",
            (await _client.Send("GET", $"/usageplans/{plan}/usage?startDate=2026-02-09&endDate=2026-02-09")).Body.GetProperty("values")
                .GetRawText());
    }

    [Fact]
    public async Task TheFifthUpdateOfPlansInFiveSecondsIsRefusedWhateverCameOfTheOthers()
    {
        using EmulatorClient client = EmulatorClient.InProcess(new ApiGatewayEmulator(_clock, new EmulatorQuotas()));
        string[] plans = [Id(await client.Send("POST", "/usageplans", """{"name":"p"}""")),
            Id(await client.Send("POST", "/usageplans", """{"name":"q"}"""))];
        string name = """{"patchOperations":[{"op":"replace","path":"/name","value":"r"}]}""";
        Assert.Equal(404, (int)(await client.Send("PATCH", "/usageplans/gone", name)).Status);
        Assert.Equal(400, (int)(await client.Send("PATCH", $"/usageplans/{plans[0]}",
            """{"patchOperations":[{"op":"replace","path":"/none","value":"r"}]}""")).Status);
        _clock.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(200, (int)(await client.Send("PATCH", $"/usageplans/{plans[0]}", name)).Status);
        Assert.Equal(200, (int)(await client.Send("PATCH", $"/usageplans/{plans[1]}", name)).Status);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Answer fifth = await client.Send("PATCH", $"/usageplans/{plans[1]}", name);
        Assert.Equal((429, "TooManyRequestsException", "Too Many Requests"), ((int)fifth.Status, fifth.ErrorType, fifth.Message));
        _clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(200, (int)(await client.Send("PATCH", $"/usageplans/{plans[1]}", name)).Status);
    }

    [Fact]
    public async Task AThrottledCallIsNotToldHowLongToWait()
    {
        using EmulatorServer server = new(new ApiGatewayEmulator(_clock, new EmulatorQuotas { CallBurst = 0 }));
        using HttpClient http = new();
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri(server.Uri, "/apikeys"));
        request.Headers.TryAddWithoutValidation("Authorization",
            "AWS4-HMAC-SHA256 Credential=A/20260101/us-east-1/apigateway/aws4_request, SignedHeaders=host, Signature=0");
        using HttpResponseMessage answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal((429, null), ((int)answer.StatusCode, answer.Headers.RetryAfter));
    }

    [Fact]
    public async Task APositionIsAsSecretAsTheKeyItEndsWith()
    {
        await _client.Create($$"""{"name":"a&b=c","value":"{{new string('v', 20)}}"}""");
        await _client.Create("""{"name":"z"}""");
        string position = (await _client.Send("GET", "/apikeys?name=&limit=1")).Body.GetProperty("position").GetString()!;
        position = (await _client.Send("GET", "/apikeys?name=a&limit=1")).Body.TryGetProperty("position", out _) ? "" : position;
        Assert.StartsWith("apiKey=S", Encoding.UTF8.GetString(Convert.FromBase64String(Uri.UnescapeDataString(position))));
        Assert.Equal("a&b=c", (await _client.Send("GET", "/apikeys?limit=1&position=" + Uri.EscapeDataString(position)))
            .Body.GetProperty("item")[0].GetProperty("name").GetString());
        Assert.Equal("BadRequestException",
            (await _client.Send("GET", "/apikeys?position=" + Convert.ToBase64String(Encoding.UTF8.GetBytes("apiKey=Sunknown"))))
                .ErrorType);
    }

    [Fact]
    public async Task ManyKeysOfOneNameAreListedOnceEach()
    {
        HashSet<string> made = [];
        for (int number = 0; number < 30; number++)
        {
            made.Add((await _client.Create($$"""{"name":"{{(number % 3 == 0 ? "same" : "same-" + (number % 4))}}"}""")).GetProperty("id")
                .GetString()!);
        }

        List<string> seen = [];
        string? position = null;
        do
        {
            JsonElement page = (await _client.Send("GET",
                "/apikeys?name=same&limit=4" + (position is null ? "" : "&position=" + Uri.EscapeDataString(position)))).Body;
            seen.AddRange(page.GetProperty("item").EnumerateArray().Select(key => key.GetProperty("id").GetString()!));

            // The last one shown goes away, and another one comes: nothing is shown twice or omitted for it.
            await _client.Send("DELETE", $"/apikeys/{seen[^1]}");
            await _client.Create("""{"name":"same"}""");
            position = page.TryGetProperty("position", out JsonElement next) ? next.GetString() : null;
        }
        while (position is not null);
        Assert.Equal(seen.Distinct(), seen);
        Assert.Subset(seen.ToHashSet(), made);
    }

    public void Dispose() => _client.Dispose();

    private static string Id(Answer answer) => answer.Body.GetProperty("id").GetString()!;

    private Task<Answer> Create(string body) => _client.Send("POST", "/usageplans", body);

    private Task<Answer> Join(string plan, string key)
        => _client.Send("POST", $"/usageplans/{plan}/keys", $$"""{"keyId":"{{key}}","keyType":"API_KEY"}""");

    private Task<Answer> Patch(string plan, params (string Op, string Path, string Value)[] patches) => _client.Send(
        "PATCH",
        $"/usageplans/{plan}",
        JsonSerializer.Serialize(
            new { patchOperations = patches.Select(patch => new { op = patch.Op, path = patch.Path, value = patch.Value }) }));
}
