using System.Net;
using ApiKey.Emulator;
using ApiKey.Emulator.Faults;
using ApiKey.Emulator.Store;
using ApiKey.Tests.Engine;

namespace ApiKey.Tests.Emulator;

/// <summary>Quotas on a clock of the test's own, and faults as a client sees them through both entry points.</summary>
public class FaultTests
{
    [Fact]
    public async Task HalfAnHoursTrafficMeetsTheQuotasInSeconds()
    {
        ManualClock clock = new();
        ApiGatewayEmulator emulator = new(clock, new EmulatorQuotas());
        using EmulatorClient client = EmulatorClient.InProcess(emulator);
        int made = 0;
        int refused = 0;
        for (int tick = 0; tick < 30 * 60 * 10; tick++)
        {
            Answer answer = await client.Send("POST", "/apikeys", """{"name":"k"}""");
            made += answer.Status == HttpStatusCode.Created ? 1 : 0;
            refused += answer.ErrorType == "TooManyRequestsException" ? 1 : 0;
            clock.Advance(TimeSpan.FromMilliseconds(100));
        }

        // 5 a second for 1,800 s and the 5 that were there at the start.
        Assert.InRange(made, 9000, 9005);
        Assert.Equal(18_000, made + refused);
    }

    [Fact]
    public async Task TheCallsOfAllOperationsShareABurst()
    {
        ManualClock clock = new();
        using EmulatorClient client = EmulatorClient.InProcess(new ApiGatewayEmulator(clock, new EmulatorQuotas()));
        for (int number = 0; number < 40; number++)
        {
            Assert.Equal(HttpStatusCode.OK, (await client.Send("GET", "/apikeys")).Status);
        }

        Answer answer = await client.Send("GET", "/apikeys");
        Assert.Equal(((HttpStatusCode)429, "TooManyRequestsException", "Too Many Requests"),
            (answer.Status, answer.ErrorType, answer.Message));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, (await client.Send("GET", "/apikeys")).Status);
    }

    [Fact]
    public async Task AFullRegionIsAFixedLimit()
    {
        using EmulatorClient client =
            EmulatorClient.InProcess(new ApiGatewayEmulator(quotas: new EmulatorQuotas { Keys = 2, Plans = 1, PlansPerKey = 0 }));
        string key = (await client.Create("{}")).GetProperty("id").GetString()!;
        await client.Create("{}");
        Assert.Equal("LimitExceededException", (await client.Send("POST", "/apikeys", "{}")).ErrorType);
        string plan = (await client.Send("POST", "/usageplans", """{"name":"p"}""")).Body.GetProperty("id").GetString()!;
        Assert.Equal("LimitExceededException", (await client.Send("POST", "/usageplans", """{"name":"p"}""")).ErrorType);
        Assert.Equal("LimitExceededException",
            (await client.Send("POST", $"/usageplans/{plan}/keys", $$"""{"keyId":"{{key}}","keyType":"API_KEY"}""")).ErrorType);
    }

    [Theory]
    [InlineData(EmulatorFaultKind.TooManyRequests, 429, false)]
    [InlineData(EmulatorFaultKind.InternalError, 500, false)]
    [InlineData(EmulatorFaultKind.BadGateway, 502, false)]
    [InlineData(EmulatorFaultKind.Unavailable, 503, false)]
    [InlineData(EmulatorFaultKind.Html, 200, false)]
    [InlineData(EmulatorFaultKind.ExpiredToken, 403, false)]
    [InlineData(EmulatorFaultKind.ClockSkew, 403, false)]
    [InlineData(EmulatorFaultKind.ErrorAfter, 500, true)]
    [InlineData(EmulatorFaultKind.ResetBefore, 0, false)]
    [InlineData(EmulatorFaultKind.ResetAfter, 0, true)]
    [InlineData(EmulatorFaultKind.TruncatedBody, 0, true)]
    [InlineData(EmulatorFaultKind.Latency, 201, true)]
    public async Task AFaultLooksTheSameThroughBothEntryPoints(EmulatorFaultKind kind, int status, bool made)
    {
        foreach (bool http in new[] { false, true })
        {
            ApiGatewayEmulator emulator =
                new(faults: [new EmulatorFault { Kind = kind, Operation = "CreateApiKey", Times = 1, Milliseconds = 50 }]);
            using EmulatorServer server = new(emulator);
            using HttpClient client = new(http ? new SocketsHttpHandler() : new EmulatorHttpHandler(emulator)) { BaseAddress = server.Uri };
            Assert.Equal(status, await Create(client));
            Assert.Equal(made ? 1 : 0, await Count(client));
            Assert.Equal(201, await Create(client));
        }
    }

    [Fact]
    public async Task TheSameSeedGivesTheSameFaults()
    {
        List<string> days = [];
        for (int day = 0; day < 2; day++)
        {
            using EmulatorClient client =
                EmulatorClient.InProcess(
                    new ApiGatewayEmulator(faults: [new EmulatorFault { Kind = EmulatorFaultKind.InternalError, Probability = 0.3, Skip = 5,
                        Times = 10, Seed = 7 }]));
            List<int> statuses = [];
            for (int number = 0; number < 100; number++)
            {
                statuses.Add((int)(await client.Send("GET", "/apikeys")).Status);
            }

            Assert.Equal(10, statuses.Count(status => status == 500));
            Assert.DoesNotContain(500, statuses.Take(5));
            days.Add(string.Join(' ', statuses));
        }

        Assert.Equal(days[0], days[1]);
    }

    [Fact]
    public void AUserRehearsesFaults()
    {
        using ModuleSession session = new();
        Outcome outcome = session.Unconnected().Run("""
            Connect-ApiGateway -Emulator -MaxAttempts 1 -Fault @{ Kind = 'Unavailable'; Operation = 'CreateApiKey'; Skip = 1; Times = 1 }
            'a', 'b', 'c' | New-ApiGatewayApiKey -ThrottleLimit 1
            """);
        Assert.Equal(2, outcome.Output.Count);
        Assert.Equal(("ServiceFailure", "b"), (outcome.ErrorId, outcome.Error.TargetObject));

        // The quota that fills most slowly: 12 of these in less than two and a half minutes are too many.
        Assert.Equal("TooManyRequests", string.Join('|', session.Run("""
            Connect-ApiGateway -Emulator -MaxAttempts 1 -EnforceQuota
            $plan = New-ApiGatewayUsagePlan p
            1..12 | ForEach-Object {
                Set-ApiGatewayUsagePlan $plan.Id -Description "d$_" -ErrorAction SilentlyContinue -ErrorVariable +failed
            }
            $failed[0].FullyQualifiedErrorId.Split(',')[0]
            """).Output));
    }

    [Theory]
    [InlineData("Connect-ApiGateway -Emulator -Fault @{ Kind = 'Latency'; Operation = 'MakeKey' }", "There is no operation 'MakeKey'")]
    [InlineData("Start-ApiGatewayEmulator -Fault @{ Kind = 'Latency'; Probability = 2 }", "from 0 to 1")]
    [InlineData("Start-ApiGatewayEmulator -Fault @{ Kind = 'Nonsense' }", "Nonsense")]
    [InlineData("Connect-ApiGateway -Fault @{ Kind = 'Latency' }", "Use -Emulator too")]
    public void AWrongFaultIsExplained(string command, string says)
    {
        using ModuleSession session = new();
        Assert.Contains(says, session.Run(command).Error.ToString());
    }

    private static async Task<int> Create(HttpClient client)
    {
        try
        {
            using HttpResponseMessage answer = await client.SendAsync(Signed(HttpMethod.Post), TestContext.Current.CancellationToken);
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            return (int)answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return 0;
        }
    }

    private static async Task<int> Count(HttpClient client)
    {
        using HttpResponseMessage answer = await client.SendAsync(Signed(HttpMethod.Get), TestContext.Current.CancellationToken);
        return System.Text.Json.JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))
            .RootElement.GetProperty("item").GetArrayLength();
    }

    private static HttpRequestMessage Signed(HttpMethod method)
    {
        HttpRequestMessage request = new(method, "/apikeys");
        request.Headers.TryAddWithoutValidation("Authorization",
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260101/us-east-1/apigateway/aws4_request, SignedHeaders=host, Signature=0");
        request.Content = method == HttpMethod.Post ? new StringContent("{}") : null;
        return request;
    }

    private sealed class ManualClock : TimeProvider
    {
        private DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => _now;

        public void Advance(TimeSpan time) => _now += time;
    }
}
