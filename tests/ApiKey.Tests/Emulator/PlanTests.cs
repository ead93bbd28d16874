using System.Net;
using System.Text.Json;
using ApiKey.Emulator;

namespace ApiKey.Tests.Emulator;

/// <summary>Usage plans, their keys, usage and file import, beyond what was recorded.</summary>
[Trait(Category.Name, Category.Unit)]
public class PlanTests : IDisposable
{
    private readonly ApiGatewayEmulator _emulator = new();
    private readonly EmulatorClient _client;

    public PlanTests()
    {
        _client = EmulatorClient.InProcess(_emulator);
    }

    [Fact]
    public async Task APlanIsMadeReadChangedAndRemoved()
    {
        JsonElement plan = (await _client.Send("POST", "/usageplans",
            """{"name":"p","apiStages":[{"apiId":"a","stage":"s","throttle":{"/x/GET":{"rateLimit":1,"burstLimit":2}}}],"quota":"""
                + """{"limit":10,"period":"WEEK"}}""")).Body;
        string id = plan.GetProperty("id").GetString()!;
        Assert.Equal("""{"limit":10,"offset":0,"period":"WEEK"}""", plan.GetProperty("quota").GetRawText());
        Answer changed = await _client.Send("PATCH", $"/usageplans/{id}", """
            {"patchOperations":[
              {"op":"replace","path":"/name","value":"q"},{"op":"replace","path":"/description","value":"d"},
              {"op":"add","path":"/throttle/rateLimit","value":"2"},{"op":"replace","path":"/throttle/burstLimit","value":"5"},
              {"op":"remove","path":"/quota"},{"op":"add","path":"/apiStages","value":"b:t"},
              {"op":"replace","path":"/apiStages/b:t/throttle/y/z/POST/rateLimit","value":"1.5"},
              {"op":"remove","path":"/apiStages","value":"a:s"}]}
            """);
        Assert.Equal("""[{"apiId":"b","stage":"t","throttle":{"/y/z/POST":{"burstLimit":0,"rateLimit":1.5}}}]""",
            changed.Body.GetProperty("apiStages").GetRawText());
        Assert.Equal("""{"burstLimit":5,"rateLimit":2.0}""", changed.Body.GetProperty("throttle").GetRawText());
        Assert.False(changed.Body.TryGetProperty("quota", out _));
        Assert.Equal("BadRequestException",
            (await _client.Send("PATCH", $"/usageplans/{id}",
                """{"patchOperations":[{"op":"replace","path":"/name","value":"r"},{"op":"replace","path":"/nothing","value":""}]}"""))
                    .ErrorType);
        Assert.Equal("q", (await _client.Send("GET", $"/usageplans/{id}")).Body.GetProperty("name").GetString());
        Assert.Equal("BadRequestException", (await _client.Send("DELETE", $"/usageplans/{id}")).ErrorType);
        await _client.Send("PATCH", $"/usageplans/{id}", """{"patchOperations":[{"op":"remove","path":"/apiStages","value":"b:t"}]}""");
        Assert.Equal(HttpStatusCode.Accepted, (await _client.Send("DELETE", $"/usageplans/{id}")).Status);
        Assert.Equal("Invalid Usage Plan ID specified", (await _client.Send("GET", $"/usageplans/{id}")).Message);
    }

    [Fact]
    public async Task AKeyGoesIntoPlansButIntoOneAStage()
    {
        string key = (await _client.Create("""{"name":"k"}""")).GetProperty("id").GetString()!;
        string[] plans = [await Plan("""{"name":"1","apiStages":[{"apiId":"a","stage":"s"}]}"""),
            await Plan("""{"name":"2","apiStages":[{"apiId":"a","stage":"s"}]}"""), await Plan("""{"name":"3"}""")];
        Assert.Equal(HttpStatusCode.Created, (await Attach(plans[0], key)).Status);
        Assert.Equal("ConflictException", (await Attach(plans[0], key)).ErrorType);
        Assert.Equal("ConflictException", (await Attach(plans[1], key)).ErrorType);
        Assert.Equal(HttpStatusCode.Created, (await Attach(plans[2], key)).Status);
        Assert.Equal("NotFoundException", (await Attach("gone", key)).ErrorType);
        Assert.Equal("NotFoundException", (await Attach(plans[0], "gone")).ErrorType);
        Assert.Equal(["1", "3"], (await _client.Send("GET", $"/usageplans?keyId={key}")).Body.GetProperty("item").EnumerateArray()
            .Select(plan => plan.GetProperty("name").GetString()).Order());
        Assert.Equal("k", (await _client.Send("GET", $"/usageplans/{plans[0]}/keys/{key}")).Body.GetProperty("name").GetString());
        Assert.Equal(HttpStatusCode.Accepted, (await _client.Send("DELETE", $"/usageplans/{plans[0]}/keys/{key}")).Status);
        Assert.Equal("NotFoundException", (await _client.Send("DELETE", $"/usageplans/{plans[0]}/keys/{key}")).ErrorType);
        Assert.Equal(HttpStatusCode.Created, (await Attach(plans[1], key)).Status);
    }

    [Fact]
    public async Task UsageIsCountedByDayAndPeriod()
    {
        string plan = await Plan("""{"name":"p","quota":{"limit":100,"period":"MONTH"}}""");
        string key = (await _client.Create("""{"name":"k"}""")).GetProperty("id").GetString()!;
        await Attach(plan, key);
        _emulator.SeedUsage("us-east-1", plan, key, new DateOnly(2026, 1, 31), 90);
        _emulator.SeedUsage("us-east-1", plan, key, new DateOnly(2026, 2, 1), 5);
        JsonElement usage = (await _client.Send("GET", $"/usageplans/{plan}/usage?startDate=2026-01-30&endDate=2026-02-02")).Body;
        Assert.Equal("[[0,100],[90,10],[5,95],[0,95]]", usage.GetProperty("values").GetProperty(key).GetRawText());
        Assert.Equal("BadRequestException", (await _client.Send("GET", $"/usageplans/{plan}/usage?startDate=2026-02-02&endDate=2026-02-01"))
            .ErrorType);
        Assert.Equal("BadRequestException", (await _client.Send("GET", $"/usageplans/{plan}/usage?startDate=2026-01-01&endDate=2026-04-01"))
            .ErrorType);
        Assert.Equal("BadRequestException", (await _client.Send("GET", $"/usageplans/{plan}/usage?startDate=yesterday&endDate=2026-04-01"))
            .ErrorType);
        Answer extended = await _client.Send("PATCH", $"/usageplans/{plan}/keys/{key}/usage",
            """{"patchOperations":[{"op":"replace","path":"/remaining","value":"7"}]}""");
        Assert.EndsWith(",7]]", extended.Body.GetProperty("values").GetProperty(key).GetRawText());
    }

    [Theory]
    [InlineData("Key,name\n{v1},MyFirstApiKey", "MyFirstApiKey||True|")]
    [InlineData("Name,key,description,Enabled,usageplanIds\nMyFirstApiKey,{v1},An imported key,TRUE,{plan}",
        "MyFirstApiKey|An imported key|True|{plan}")]
    [InlineData("Enabled,Name,key,UsageplanIds\nfalse,MyFirstApiKey,{v1},\"{plan},{plan2}\"", "MyFirstApiKey||False|{plan},{plan2}")]
    [InlineData("Enabled,Name,key,UsageplanIds\ntrue,'quoted,{v1},'{plan},{plan2}'", "'quoted||True|{plan},{plan2}")]
    [InlineData("nAmE,Other,KEY\r\n\"a \"\"b\"\", c\",ignored,{v1}\r\n", "a \"b\", c||True|")]
    public async Task AFileOfKeysIsImported(string file, string expected)
    {
        Dictionary<string, string> names = new() { ["{v1}"] = new string('v', 20), ["{plan}"] = "", ["{plan2}"] = "" };
        string[] ids = [.. new[] { await Plan("""{"name":"1"}"""), await Plan("""{"name":"2"}""") }.Order(StringComparer.Ordinal)];
        (names["{plan}"], names["{plan2}"]) = (ids[0], ids[1]);
        string Fill(string text) => names.Aggregate(text, (filled, name) => filled.Replace(name.Key, name.Value));
        Answer answer = await _client.Send("POST", "/apikeys?mode=import&format=csv", Fill(file));
        Assert.Equal((HttpStatusCode.Created, "[]"), (answer.Status, answer.Body.GetProperty("warnings").GetRawText()));
        JsonElement key = (await _client.Send("GET",
            $"/apikeys/{Assert.Single(answer.Body.GetProperty("ids").EnumerateArray()).GetString()}")).Body;
        string plans = string.Join(',', (await _client.Send("GET", $"/usageplans?keyId={key.GetProperty("id").GetString()}"))
            .Body.GetProperty("item").EnumerateArray().Select(plan => plan.GetProperty("id").GetString()));
        Assert.Equal(Fill(expected),
            $"{key.GetProperty("name").GetString()}|"
            + $"{(key.TryGetProperty("description", out JsonElement description) ? description.GetString() : "")}|"
            + $"{key.GetProperty("enabled").GetBoolean()}|{plans}");
    }

    [Fact]
    public async Task AnImportedValueOverwritesItsKey()
    {
        string value = new('v', 20);
        string id = (await _client.Create($$"""{"name":"old","value":"{{value}}"}""")).GetProperty("id").GetString()!;
        Answer answer = await _client.Send("POST", "/apikeys?mode=import&format=csv", $"Name,Key\nnew,{value}");
        Assert.Equal(id, Assert.Single(answer.Body.GetProperty("ids").EnumerateArray()).GetString());
        Assert.Equal("new", (await _client.Send("GET", $"/apikeys/{id}")).Body.GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("", 1, 1)]
    [InlineData("&failonwarnings=true", 1, 0)]
    public async Task ABadRowIsAWarningAndTheGoodOnesAreImported(string mode, int keys, int warnings)
    {
        Answer answer = await _client.Send("POST", "/apikeys?mode=import&format=csv" + mode,
            $"Name,Key\ngood,{new string('v', 20)}\nbad,short");
        Assert.Equal(warnings, answer.Body.TryGetProperty("warnings", out JsonElement list) ? list.GetArrayLength() : 0);
        Assert.Equal(keys, (await _client.Send("GET", "/apikeys")).Body.GetProperty("item").GetArrayLength());
    }

    [Theory]
    [InlineData("Name,Other\na,b", "Missing required column 'Key'")]
    [InlineData("", "Missing required column 'Key'")]
    [InlineData("Key\na", "Missing required column 'Name'")]
    [InlineData("Name,Key\n\"a,b", "Line 2: ")]
    public async Task AFileThatIsNoneIsRefused(string file, string says)
    {
        Answer answer = await _client.Send("POST", "/apikeys?mode=import&format=csv", file);
        Assert.Equal("BadRequestException", answer.ErrorType);
        Assert.StartsWith(says, answer.Message);
    }

    public void Dispose() => _client.Dispose();

    private async Task<string> Plan(string body) => (await _client.Send("POST", "/usageplans", body)).Body.GetProperty("id").GetString()!;

    private Task<Answer> Attach(string plan, string key)
        => _client.Send("POST", $"/usageplans/{plan}/keys", $$"""{"keyId":"{{key}}","keyType":"API_KEY"}""");
}
