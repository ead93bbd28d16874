using System.Net;
using System.Text.Json;
using ApiKey.Emulator;
using Microsoft.Extensions.Time.Testing;

namespace ApiKey.Tests.Emulator;

/// <summary>Callers of a stage: what their keys open, how often, and when a change reaches them.</summary>
[Trait(Category.Name, Category.Unit)]
public sealed class DataPlaneTests : IDisposable
{
    private const string Value = "TheValueOfTheOneKey01234567890123456789";
    private static readonly StageAnswer Forbidden = new(403, """{"message":"Forbidden"}""", "ForbiddenException");
    private static readonly StageAnswer TooMany = new(429, """{"message":"Too Many Requests"}""", "TooManyRequestsException");
    private static readonly StageAnswer Exceeded = new(429, """{"message":"Limit Exceeded"}""", "LimitExceededException");

    private static readonly Dictionary<string, string> Status200 = new() { ["application/json"] = "{ statusCode: 200 }" };

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 9, 1, 23, 0, 0, TimeSpan.Zero));
    private ApiGatewayEmulator _emulator;
    private EmulatorClient _client;

    public DataPlaneTests()
    {
        (_emulator, _client) = Start(TimeSpan.Zero);
    }

    [Fact]
    public async Task AKeyThatOpensNothingIsForbiddenInTheSameWordsWhateverIsWrong()
    {
        string api = await MakeApi();
        string key = await MakeKey();
        string plan = await MakePlan(api);
        Assert.Equal(Forbidden, Call(api, null));
        Assert.Equal(Forbidden, Call(api, ""));
        Assert.Equal(Forbidden, Call(api, "NobodyHasThisValue0123456789"));
        Assert.Equal(Forbidden, Call(api, Value));
        await Join(plan, key);
        Assert.Equal(200, Call(api, Value).Status);
        Assert.Equal(Forbidden, Call(api, Value.ToUpperInvariant()));
        Assert.Equal(Forbidden, Call(api, Value, stage: "other"));
        Assert.Equal(Forbidden, Call(api, Value, stage: "gone"));
        Assert.Equal(Forbidden, Call("nosuchapi1", Value));
        await Patch($"/apikeys/{key}", ("replace", "/enabled", "false"));
        Assert.Equal(Forbidden, Call(api, Value));
        await Patch($"/apikeys/{key}", ("replace", "/enabled", "true"));
        Assert.Equal(200, Call(api, Value).Status);
        await _client.Send("DELETE", $"/usageplans/{plan}/keys/{key}");
        Assert.Equal(Forbidden, Call(api, Value));
        await Join(plan, key);
        await _client.Send("DELETE", $"/apikeys/{key}");
        Assert.Equal(Forbidden, Call(api, Value));
    }

    [Theory]
    [InlineData("GET", "/orders", 200, "mock")]
    [InlineData("GET", "/orders/", 200, "mock")]
    [InlineData("GET", "/orders?x=1", 200, "mock")]
    [InlineData("POST", "/orders/17", 201, "made")]
    [InlineData("GET", "/files/a/b/c", 200, "through")]
    [InlineData("DELETE", "/orders", 403, "Missing Authentication Token")]
    [InlineData("GET", "/nowhere", 403, "Missing Authentication Token")]
    [InlineData("GET", "/", 403, "Missing Authentication Token")]
    [InlineData("GET", "/broken", 500, "Internal server error")]
    public async Task ARequestMeetsItsMethod(string method, string path, int status, string says)
    {
        string api = await MakeApi();
        await Join(await MakePlan(api), await MakeKey());
        StageAnswer answer = _emulator.Invoke(api, "prod", path, Value, method);
        Assert.Equal(status, answer.Status);
        Assert.Contains(says, answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AStageAnswersAsItWasDeployed()
    {
        string api = await MakeApi();
        string resource = await ResourceOf(api, "/orders");
        await _client.Send("DELETE", $"/restapis/{api}/resources/{resource}/methods/GET");
        await Join(await MakePlan(api), await MakeKey());
        Assert.Equal(200, Call(api, Value).Status);
        string deployment = Id(await Good("POST", $"/restapis/{api}/deployments", "{}"));
        Assert.Equal(200, Call(api, Value).Status);
        await Patch($"/restapis/{api}/stages/prod", ("replace", "/deploymentId", deployment));
        Assert.Equal("MissingAuthenticationTokenException", Call(api, Value).ErrorType);
        Assert.Equal("Active stages pointing to this deployment must be moved or deleted",
            (await _client.Send("DELETE", $"/restapis/{api}/deployments/{deployment}")).Message);
    }

    [Fact]
    public async Task AThrottleHoldsForAKeyAndAMethodsOwnTightensIt()
    {
        string api = await MakeApi();
        string plan = await MakePlan(api, ""","throttle":{"rateLimit":1,"burstLimit":3}""");
        await Join(plan, await MakeKey());
        await Join(plan, await MakeKey("AnotherValue0123456789"));
        Assert.Equal([200, 200, 200, 429, 429], Statuses(api, Value, 5));
        Assert.Equal(TooMany, Call(api, Value));
        Assert.Equal([200, 200, 200, 429], Statuses(api, "AnotherValue0123456789", 4));
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal([200, 200, 429], Statuses(api, Value, 3));

        await Patch($"/usageplans/{plan}", ("add", $"/apiStages/{api}:prod/throttle/orders/GET/rateLimit", "1"),
            ("add", $"/apiStages/{api}:prod/throttle/orders/GET/burstLimit", "1"));
        _clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal([200, 429], Statuses(api, Value, 2));
        Assert.Equal(201, _emulator.Invoke(api, "prod", "orders/1", Value, "POST").Status);

        // A looser one does not lift the plan's.
        await Patch($"/usageplans/{plan}", ("add", $"/apiStages/{api}:prod/throttle/orders/GET/burstLimit", "100"));
        _clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal([200, 200, 200, 429], Statuses(api, Value, 4));
        Assert.Equal("[[10,0]]", await Usage(plan, Value, quota: false));
    }

    [Fact]
    public async Task AQuotaIsSharedByThePlansStagesAndRefusesAlsoWhereNoKeyIsNeeded()
    {
        string api = await MakeApi();
        string plan = await MakePlan(api, ""","quota":{"limit":3,"period":"DAY"}""", "prod", "other");
        await Join(plan, await MakeKey());
        await Join(plan, await MakeKey("AnotherValue0123456789"));
        Assert.Equal(200, Call(api, Value).Status);
        Assert.Equal(200, Call(api, Value, stage: "other").Status);
        Assert.Equal(200, _emulator.Invoke(api, "prod", "open", Value).Status);
        Assert.Equal(Exceeded, Call(api, Value));
        Assert.Equal(Exceeded, Call(api, Value, stage: "other"));
        Assert.Equal(Exceeded, _emulator.Invoke(api, "prod", "open", Value));
        Assert.Equal(200, _emulator.Invoke(api, "prod", "open").Status);
        Assert.Equal(200, _emulator.Invoke(api, "prod", "open", "NobodyHasThisValue0123456789").Status);
        Assert.Equal(200, Call(api, "AnotherValue0123456789").Status);
        Assert.Equal("[[3,0]]", await Usage(plan, Value));
        Assert.Equal("[[1,2]]", await Usage(plan, "AnotherValue0123456789"));

        // More for today, and a new day.
        string key = (await Keys()).First(one => one.Value == Value).Key;
        await Patch($"/usageplans/{plan}/keys/{key}/usage", ("replace", "/remaining", "1"));
        Assert.Equal([200, 429], Statuses(api, Value, 2));
        _clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal([200, 200, 200, 429], Statuses(api, Value, 4));
        Assert.Equal("[[3,0]]", await Usage(plan, Value));
    }

    [Fact]
    public async Task WithoutAQuotaOnlyKeysThatWereUsedAreShownWithNothing()
    {
        string api = await MakeApi();
        string plan = await MakePlan(api);
        await Join(plan, await MakeKey());
        await Join(plan, await MakeKey("AnotherValue0123456789"));
        Call(api, Value);
        Answer usage = await _client.Send("GET", $"/usageplans/{plan}/usage?startDate=2026-09-01&endDate=2026-09-01");
        JsonProperty shown = Assert.Single(usage.Body.GetProperty("values").EnumerateObject());
        Assert.Equal("[[0,0]]", shown.Value.GetRawText());
    }

    [Theory]
    [InlineData("join")]
    [InlineData("leave")]
    [InlineData("disable")]
    [InlineData("enable")]
    [InlineData("delete")]
    [InlineData("plan gains the stage")]
    [InlineData("plan loses the stage")]
    [InlineData("stage is deleted")]
    [InlineData("import")]
    public async Task AChangeReachesCallersAfterTheDelayAndNotBefore(string change)
    {
        (_emulator, _client) = Start(TimeSpan.FromSeconds(75));
        bool opens = change is "join" or "enable" or "plan gains the stage" or "import";
        string api = await MakeApi();
        string key = change == "import" ? "" : await MakeKey(enabled: change != "enable");
        string plan = change == "plan gains the stage" ? Id(await Good("POST", "/usageplans", """{"name":"p"}""")) : await MakePlan(api);
        if (change is not ("join" or "import"))
        {
            await Join(plan, key);
        }

        _clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(opens ? 403 : 200, Call(api, Value).Status);
        await (change switch
        {
            "join" => Join(plan, key),
            "leave" => Good("DELETE", $"/usageplans/{plan}/keys/{key}"),
            "disable" => Patch($"/apikeys/{key}", ("replace", "/enabled", "false")),
            "enable" => Patch($"/apikeys/{key}", ("replace", "/enabled", "true")),
            "delete" => Good("DELETE", $"/apikeys/{key}"),
            "plan gains the stage" => Patch($"/usageplans/{plan}", ("add", "/apiStages", $"{api}:prod")),
            "plan loses the stage" => Patch($"/usageplans/{plan}", ("remove", "/apiStages", $"{api}:prod")),
            "import" => Good("POST", "/apikeys?mode=import&format=csv", $"Name,Key,UsagePlanIds\nk,{Value},{plan}"),
            _ => Good("DELETE", $"/restapis/{api}/stages/prod"),
        });

        // A stage that is gone answers nobody; the plans let go of it without a caller's notice.
        bool isGone = change == "stage is deleted";
        _clock.Advance(TimeSpan.FromSeconds(74.9));
        Assert.Equal(opens || isGone ? 403 : 200, Call(api, Value).Status);
        _clock.Advance(TimeSpan.FromSeconds(0.2));
        Assert.Equal(opens ? 200 : 403, Call(api, Value).Status);
    }

    [Fact]
    public async Task ChangesReachCallersInTheirOrder()
    {
        (_emulator, _client) = Start(TimeSpan.FromSeconds(10));
        string api = await MakeApi();
        string key = await MakeKey();
        await Join(await MakePlan(api), key);
        List<int> seen = [];
        for (int second = 0; second < 40; second++)
        {
            // On at 0 (it joined), off at 5, on at 15; each ten seconds later for a caller.
            if (second is 5 or 15)
            {
                await Patch($"/apikeys/{key}", ("replace", "/enabled", second == 5 ? "false" : "true"));
            }

            seen.Add(Call(api, Value).Status);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(Enumerable.Repeat(403, 10).Concat(Enumerable.Repeat(200, 5)).Concat(Enumerable.Repeat(403, 10))
            .Concat(Enumerable.Repeat(200, 15)), seen);
    }

    [Fact]
    public async Task WhatWasSavedIsKnownEverywhereAndAnswersAsBefore()
    {
        string file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            string api;
            using (ApiGatewayEmulator first = new(_clock, statePath: file))
            {
                (_emulator, _client) = (first, EmulatorClient.InProcess(first));
                api = await MakeApi();
                await Join(await MakePlan(api, ""","quota":{"limit":2,"period":"DAY"}"""), await MakeKey());
                Assert.Equal(200, Call(api, Value).Status);
            }

            using ApiGatewayEmulator second = new(_clock, statePath: file, propagation: TimeSpan.FromHours(1));
            Assert.Equal(200, second.Invoke(api, "prod", "orders", Value).Status);
            Assert.Equal(Exceeded, second.Invoke(api, "prod", "orders", Value));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void AnApiThatWasSeededAnswersEveryPathToAKeyOfItsPlans()
    {
        _emulator.SeedStage("us-east-1", "a1b2c3d4e5", "prod");
        Assert.Equal(Forbidden, _emulator.Invoke("a1b2c3d4e5", "prod", "any/path"));
        Assert.Equal(Forbidden, _emulator.Invoke("a1b2c3d4e5", "dev"));
    }

    [Fact]
    public async Task OverHttpACallerSeesStatusTypeAndHeadersOfAMock()
    {
        using EmulatorServer server = new(_emulator);
        using HttpClient caller = new() { BaseAddress = server.Uri };
        string api = await MakeApi();
        await Join(await MakePlan(api), await MakeKey());
        using HttpResponseMessage refused = await caller.GetAsync(new Uri($"_aws/execute-api/{api}/prod/orders", UriKind.Relative),
            TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal("ForbiddenException", refused.Headers.GetValues("x-amzn-errortype").Single());
        caller.DefaultRequestHeaders.Add("X-API-Key", Value);
        using HttpResponseMessage answer = await caller.GetAsync(new Uri($"_aws/execute-api/{api}/prod/orders", UriKind.Relative),
            TestContext.Current.CancellationToken);
        Assert.Equal(("""{"mock":1}""", "*"),
            (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
                answer.Headers.GetValues("Access-Control-Allow-Origin").Single()));
        long requests = _emulator.RequestCount;
        using HttpResponseMessage again = await caller.GetAsync(new Uri($"_aws/execute-api/{api}/prod/orders", UriKind.Relative),
            TestContext.Current.CancellationToken);
        Assert.Equal(requests, _emulator.RequestCount);
    }

    public void Dispose()
    {
        _client.Dispose();
        Assert.Null(_emulator.UnexpectedFailure);
    }

    private static string Id(Answer answer) => answer.Body.GetProperty("id").GetString()!;

    private (ApiGatewayEmulator Emulator, EmulatorClient Client) Start(TimeSpan delay)
    {
        ApiGatewayEmulator emulator = new(_clock, propagation: delay);
        return (emulator, EmulatorClient.InProcess(emulator));
    }

    private StageAnswer Call(string api, string? key, string stage = "prod") => _emulator.Invoke(api, stage, "/orders", key);

    private IEnumerable<int> Statuses(string api, string key, int times)
        => [.. Enumerable.Range(0, times).Select(_ => Call(api, key).Status)];

    private async Task<Answer> Good(string method, string target, string? body = null)
    {
        Answer answer = await _client.Send(method, target, body);
        Assert.True((int)answer.Status < 300, $"{method} {target}: {(int)answer.Status} {answer.ErrorType}");
        return answer;
    }

    private Task<Answer> Patch(string target, params (string Op, string Path, string Value)[] patches) =>
        Good("PATCH", target, JsonSerializer.Serialize(
            new { patchOperations = patches.Select(patch => new { op = patch.Op, path = patch.Path, value = patch.Value }) }));

    // An API with a mock that needs a key, one that makes something, a route that needs none, a greedy one and one that is not finished.
    private async Task<string> MakeApi()
    {
        Answer made = await Good("POST", "/restapis", """{"name":"api"}""");
        string api = Id(made);
        string root = made.Body.GetProperty("rootResourceId").GetString()!;
        string orders = await MakeMethod(api, root, "orders", "GET", "MOCK", "200", """{"mock":1}""");
        await MakeMethod(api, orders, "{id}", "ANY", "MOCK", "201", """{"made":1}""");
        await MakeMethod(api, root, "open", "GET", "HTTP", null, "", keyRequired: false);
        await MakeMethod(api, await MakeResource(api, root, "files"), "{rest+}", "GET", "AWS_PROXY", null, "");
        await MakeMethod(api, root, "broken", "GET", "MOCK", null, "");
        string deployment = Id(await Good("POST", $"/restapis/{api}/deployments", """{"stageName":"prod"}"""));
        await Good("POST", $"/restapis/{api}/stages", $$"""{"stageName":"other","deploymentId":"{{deployment}}"}""");
        return api;
    }

    private async Task<string> MakeResource(string api, string parent, string part) =>
        Id(await Good("POST", $"/restapis/{api}/resources/{parent}", JsonSerializer.Serialize(new { pathPart = part })));

    private async Task<string> MakeMethod(string api, string parent, string part, string verb, string type, string? status, string answer,
        bool keyRequired = true)
    {
        string resource = await MakeResource(api, parent, part);
        string method = $"/restapis/{api}/resources/{resource}/methods/{verb}";
        await Good("PUT", method, JsonSerializer.Serialize(new { authorizationType = "NONE", apiKeyRequired = keyRequired }));
        await Good("PUT", $"{method}/integration", JsonSerializer.Serialize(new { type, requestTemplates = Status200 }));
        if (status is not null)
        {
            await Good("PUT", $"{method}/responses/{status}", "{}");
            await Good("PUT", $"{method}/integration/responses/{status}", JsonSerializer.Serialize(new
            {
                responseTemplates = new Dictionary<string, string> { ["application/json"] = answer },
                responseParameters = new Dictionary<string, string> { ["method.response.header.Access-Control-Allow-Origin"] = "'*'" },
            }));
        }

        return resource;
    }

    private async Task<string> ResourceOf(string api, string path) =>
        (await Good("GET", $"/restapis/{api}/resources")).Body.GetProperty("item").EnumerateArray()
            .First(resource => resource.GetProperty("path").GetString() == path).GetProperty("id").GetString()!;

    private async Task<string> MakeKey(string value = Value, bool enabled = true)
        => Id(await Good("POST", "/apikeys", JsonSerializer.Serialize(new { name = "k", value, enabled })));

    private async Task<string> MakePlan(string api, string more = "", params string[] stages)
    {
        string list = JsonSerializer.Serialize((stages.Length > 0 ? stages : ["prod"]).Select(stage => new { apiId = api, stage }));
        return Id(await Good("POST", "/usageplans", $$"""{"name":"p","apiStages":{{list}}{{more}} }"""));
    }

    private Task<Answer> Join(string plan, string key)
        => Good("POST", $"/usageplans/{plan}/keys", JsonSerializer.Serialize(new { keyId = key, keyType = "API_KEY" }));

    private async Task<IReadOnlyList<(string Key, string Value)>> Keys() =>
        [.. (await Good("GET", "/apikeys?includeValues=true")).Body.GetProperty("item").EnumerateArray()
            .Select(key => (key.GetProperty("id").GetString()!, key.GetProperty("value").GetString()!))];

    private async Task<string> Usage(string plan, string value, bool quota = true)
    {
        string key = (await Keys()).First(one => one.Value == value).Key;
        string today = _clock.GetUtcNow().ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        if (!quota)
        {
            await Patch($"/usageplans/{plan}", ("add", "/quota/limit", "10"), ("add", "/quota/period", "DAY"));
        }

        return (await Good("GET", $"/usageplans/{plan}/usage?keyId={key}&startDate={today}&endDate={today}")).Body.GetProperty("values")
            .GetProperty(key).GetRawText();
    }
}
