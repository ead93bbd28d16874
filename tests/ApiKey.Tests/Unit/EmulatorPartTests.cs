using System.Text;
using System.Text.Json;
using ApiKey.Emulator.Faults;
using ApiKey.Emulator.Service;
using ApiKey.Emulator.Store;
using ApiKey.Emulator.Wire;
using Microsoft.Extensions.Time.Testing;
using WireJson = ApiKey.Emulator.Wire.Json;

namespace ApiKey.Tests.Unit;

/// <summary>Small parts of the emulator at their edges: buckets and quotas, queries, pages, JSON members, when faults happen.</summary>
[Trait(Category.Name, Category.Unit)]
public class EmulatorPartTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void ABucketGivesWhatItHoldsAndRefillsToItsSize()
    {
        TokenBucket bucket = new(2, 3);
        Assert.Equal(3, TakeAll(bucket, Start));
        Assert.Equal(0, TakeAll(bucket, Start.AddSeconds(0.4)));
        Assert.Equal(1, TakeAll(bucket, Start.AddSeconds(0.5)));
        Assert.Equal(2, TakeAll(bucket, Start.AddSeconds(1.5)));
        Assert.Equal(3, TakeAll(bucket, Start.AddSeconds(60)));
        Assert.False(new TokenBucket(0, 3).Has(Start));
        Assert.False(new TokenBucket(1, 0).Has(Start));
        Assert.False(new TokenBucket(1, 0.5).Has(Start.AddSeconds(60)));
    }

    [Fact]
    public void ACallThatIsRefusedTakesNothing()
    {
        FakeTimeProvider clock = new(Start);
        QuotaGate gate = new(new EmulatorQuotas { CallsPerSecond = 1, CallBurst = 2, CreateApiKeyPerSecond = 1 }, clock);
        gate.Enter("CreateApiKey");
        Assert.Equal(429, Assert.Throws<ServiceError>(() => gate.Enter("CreateApiKey")).Status);
        gate.Enter("GetApiKeys");
        Assert.Null(Assert.Throws<ServiceError>(() => gate.Enter("GetApiKeys")).RetryAfterSeconds);
        clock.Advance(TimeSpan.FromSeconds(1));
        gate.Enter("CreateApiKey");
    }

    [Theory]
    [InlineData("CreateApiKey", 5)]
    [InlineData("DeleteApiKey", 5)]
    [InlineData("UpdateUsagePlan", 4)]
    [InlineData("GetApiKeys", 40)]
    public void EveryQuotaIsAsAwsHasIt(string operation, int atOnce)
    {
        QuotaGate gate = new(new EmulatorQuotas(), new FakeTimeProvider(Start));
        int entered = 0;
        while (Record.Exception(() => gate.Enter(operation)) is null)
        {
            entered++;
        }

        Assert.Equal(atOnce, entered);
    }

    [Theory]
    [InlineData("", 25)]
    [InlineData("limit=1", 1)]
    [InlineData("limit=0", 25)]
    [InlineData("limit=-1", 25)]
    [InlineData("limit=500", 500)]
    [InlineData("limit=501", 500)]
    [InlineData("limit=many", 25)]
    [InlineData("limit=", 25)]
    [InlineData("a=1&limit=7&limit=8", 7)]
    public void APageHasASize(string query, int limit) => Assert.Equal(limit, new Call(Request(), [], query).QueryLimit());

    [Theory]
    [InlineData("a=b", "b")]
    [InlineData("a=b=c", "b=c")]
    [InlineData("a=%26+%C3%BC", "& ü")]
    [InlineData("a", null)]
    [InlineData("a=", null)]
    [InlineData("a=&a=c", "c")]
    [InlineData("b=a", null)]
    [InlineData("&&a=c&", "c")]
    public void AQueryIsTakenApart(string query, string? value) => Assert.Equal(value, new Call(Request(), [], query).Query("a"));

    [Theory]
    [InlineData("m=true", true)]
    [InlineData("m=TRUE", true)]
    [InlineData("m=1", false)]
    [InlineData("m", false)]
    [InlineData("", false)]
    public void OnlyTrueIsTrue(string query, bool isTrue) => Assert.Equal(isTrue, new Call(Request(), [], query).QueryIsTrue("m"));

    [Theory]
    [InlineData(0, false)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    public void APositionNamesTheLastItemOfAPageWhenMoreRemain(int items, bool hasMore)
    {
        JsonElement page = JsonDocument.Parse(Paging.Write(Enumerable.Range(1, items), 2, item => Paging.WriteSequence(item),
            (writer, item) => writer.WriteNumberValue(item))).RootElement;
        Assert.Equal(items > 2 ? "[1,2]" : items == 2 ? "[1,2]" : "[]", page.GetProperty("item").GetRawText());
        Assert.Equal(hasMore, page.TryGetProperty("position", out JsonElement position));
        if (hasMore)
        {
            Assert.Equal(2, Paging.ReadSequence(position.GetString()));
        }
    }

    [Fact]
    public void APositionSaysItsPartsAndNoOthers()
    {
        string position = Paging.WritePosition(("name", "a&b=Sc ü"), ("other", ""));
        Assert.Equal("a&b=Sc ü", Paging.Read(position, "name"));
        Assert.Equal("", Paging.Read(position, "other"));
        Assert.Null(Paging.TryRead(position, "nam"));
        Assert.Null(Paging.TryRead(position, "me"));
        Assert.Equal(400, Assert.Throws<ServiceError>(() => Paging.Read(position, "gone")).Status);
        Assert.Equal(400, Assert.Throws<ServiceError>(() => Paging.TryRead("!", "name")).Status);
        Assert.Equal(400, Assert.Throws<ServiceError>(() => Paging.ReadSequence(Paging.WritePosition(("sequence", "x")))).Status);
        Assert.Equal(long.MaxValue, Paging.ReadSequence(null));
    }

    [Theory]
    [InlineData("""{"a":"x"}""", "x")]
    [InlineData("""{"a":null}""", "")]
    [InlineData("{}", "")]
    [InlineData("", "")]
    [InlineData("""{"a":5}""", null)]
    [InlineData("""{"a":true}""", null)]
    [InlineData("[]", null)]
    [InlineData("x", null)]
    [InlineData("""{"a":"\ud800"}""", null)]
    [InlineData("""{"\ud800":"a"}""", null)]
    [InlineData("""{"b":"\u00e9","a":"\u00e9"}""", "é")]
    public void TextIsReadOrRefused(string json, string? text) => AssertRead(json, text,
        body => WireJson.Text(body, "a") ?? "");

    [Theory]
    [InlineData("""{"a":5}""", "5")]
    [InlineData("""{"a":null}""", "")]
    [InlineData("{}", "")]
    [InlineData("""{"a":"5"}""", null)]
    [InlineData("""{"a":5.5}""", null)]
    [InlineData("""{"a":1e30}""", null)]
    public void ANumberIsReadOrRefused(string json, string? text) => AssertRead(json, text,
        body => WireJson.Number(body, "a")?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "");

    [Theory]
    [InlineData("""{"a":true}""", "True")]
    [InlineData("""{"a":false}""", "False")]
    [InlineData("""{"a":null}""", "False")]
    [InlineData("{}", "False")]
    [InlineData("""{"a":5}""", null)]
    public void ATruthIsReadOrRefused(string json, string? text) => AssertRead(json, text, body => $"{WireJson.Truth(body, "a")}");

    [Theory]
    [InlineData("""{"a":{"x":"1","y":"2"}}""", "x1 y2")]
    [InlineData("""{"a":null}""", "")]
    [InlineData("{}", "")]
    [InlineData("""{"a":[]}""", null)]
    [InlineData("""{"a":{"x":1}}""", null)]
    public void AMapIsReadOrRefused(string json, string? text) => AssertRead(json, text,
        body => string.Join(' ', WireJson.Map(body, "a").Select(entry => entry.Key + entry.Value)));

    [Theory]
    [InlineData("""{"a":["x","y"]}""", "x y")]
    [InlineData("""{"a":null}""", "")]
    [InlineData("{}", "")]
    [InlineData("""{"a":{}}""", null)]
    [InlineData("""{"a":["x",1]}""", null)]
    public void AListOfTextsIsReadOrRefused(string json, string? text) => AssertRead(json, text,
        body => string.Join(' ', WireJson.Texts(body, "a")));

    [Theory]
    [InlineData("""{"a":[{"x":1},{}]}""", "2")]
    [InlineData("""{"a":null}""", "0")]
    [InlineData("{}", "0")]
    [InlineData("""{"a":{}}""", null)]
    [InlineData("""{"a":[{},1]}""", null)]
    public void AListOfObjectsIsReadOrRefused(string json, string? text) => AssertRead(json, text,
        body => $"{WireJson.Objects(body, "a").Count()}");

    [Theory]
    [InlineData(null, 1.0, 0, 0, 0, true)]
    [InlineData("GetApiKeys", 0.0, 1, 1, 1, true)]
    [InlineData("Nonsense", 1.0, 0, 0, 0, false)]
    [InlineData(null, -0.1, 0, 0, 0, false)]
    [InlineData(null, 1.1, 0, 0, 0, false)]
    [InlineData(null, double.NaN, 0, 0, 0, false)]
    [InlineData(null, 1.0, -1, 0, 0, false)]
    [InlineData(null, 1.0, 0, -1, 0, false)]
    [InlineData(null, 1.0, 0, 0, -1, false)]
    public void AFaultIsDescribedRightly(string? operation, double probability, int skip, int times, int milliseconds, bool isGood) =>
        Assert.Equal(isGood, new EmulatorFault
        {
            Operation = operation,
            Probability = probability,
            Skip = skip,
            Times = times,
            Milliseconds = milliseconds,
        }.FindProblem() is null);

    [Fact]
    public void AFaultHappensToItsOperationAfterWhatItSkipsAndSoOften()
    {
        FaultPlan plan = new([new EmulatorFault { Kind = EmulatorFaultKind.Busy, Operation = "GetApiKeys", Skip = 1, Times = 2 }]);
        Assert.Equal([null, null, "Busy", null, "Busy", null, null],
            new[] { "GetApiKeys", "GetApiKey", "GetApiKeys", "GetApiKey", "GetApiKeys", "GetApiKeys", "GetApiKeys" }
                .Select(operation => plan.Decide(operation).Kind?.ToString()));
        Assert.Null(new FaultPlan([new EmulatorFault { Kind = EmulatorFaultKind.Busy, Probability = 0 }]).Decide("GetApiKeys").Kind);
        Assert.NotNull(new FaultPlan([new EmulatorFault { Kind = EmulatorFaultKind.Busy }]).Decide("GetApiKeys").Kind);
    }

    [Fact]
    public void LateAnswersAddUpAndOneOtherFaultHappensAtMost()
    {
        FaultPlan plan = new(
        [
            new EmulatorFault { Kind = EmulatorFaultKind.Latency, Milliseconds = 10 },
            new EmulatorFault { Kind = EmulatorFaultKind.Html, Times = 1 },
            new EmulatorFault { Kind = EmulatorFaultKind.Busy, Times = 1 },
            new EmulatorFault { Kind = EmulatorFaultKind.Latency, Milliseconds = 5 },
        ]);
        TimeSpan late = TimeSpan.FromMilliseconds(15);
        Assert.Equal((late, EmulatorFaultKind.Html), plan.Decide("GetApiKeys"));
        Assert.Equal((late, EmulatorFaultKind.Busy), plan.Decide("GetApiKeys"));
        Assert.Equal((late, null), plan.Decide("GetApiKeys"));
    }

    [Theory]
    [InlineData("AWS4-HMAC-SHA256 Credential=A/20260101/eu-central-1/apigateway/aws4_request, Signature=0", "eu-central-1")]
    [InlineData("Credential=A/B/20260101/x1/apigateway/aws4_request", "x1")]
    [InlineData(null, "Missing Authentication Token")]
    [InlineData("Bearer x", "Missing Authentication Token")]
    [InlineData("Credential=A/eu-central-1/apigateway/aws4_request", "The credential scope of the signature is incomplete")]
    [InlineData("Credential=A/20260101/eu-central-1/apigateway/aws5", "The credential scope of the signature is incomplete")]
    [InlineData("Credential=A/20260101/eu-central-1/s3/aws4_request", "Credential should be scoped to correct service: 'apigateway'.")]
    [InlineData("Credential=A/20260101//apigateway/aws4_request", "Credential should be scoped to a valid region.")]
    [InlineData("Credential=A/20260101/EU/apigateway/aws4_request", "Credential should be scoped to a valid region.")]
    [InlineData("Credential=A/20260101/eu_1/apigateway/aws4_request", "Credential should be scoped to a valid region.")]
    public void TheScopeOfASignatureNamesTheRegion(string? authorization, string says)
    {
        EmulatorRequest request = new("GET", "/apikeys", name => name == "Authorization" ? authorization : null, default);
        string told;
        try
        {
            told = SignatureScope.RegionOf(request);
        }
        catch (ServiceError refusal)
        {
            Assert.Equal(403, refusal.Status);
            told = refusal.Message;
        }

        Assert.Equal(says, told);
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void TheNameOfARegionHasALength(int length, bool isGood) => Assert.Equal(isGood, Record.Exception(() =>
        SignatureScope.RegionOf(new EmulatorRequest("GET", "/", _ => $"Credential=A/1/{new string('a', length)}/apigateway/aws4_request",
            default))) is null);

    private static EmulatorRequest Request() => new("GET", "/", _ => null, default);

    private static int TakeAll(TokenBucket bucket, DateTimeOffset now)
    {
        int taken = 0;
        for (; bucket.Has(now); taken++)
        {
            bucket.Take();
        }

        return taken;
    }

    private static void AssertRead(string json, string? text, Func<JsonElement, string> read)
    {
        try
        {
            Assert.Equal(text, read(WireJson.ReadObject(Encoding.UTF8.GetBytes(json))));
        }
        catch (ServiceError refusal)
        {
            Assert.Equal((null, 400), (text, refusal.Status));
        }
    }
}
