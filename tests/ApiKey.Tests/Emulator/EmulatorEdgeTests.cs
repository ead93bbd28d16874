using System.Net;
using System.Text.Json;
using ApiKey.Emulator;
using ApiKey.Emulator.Faults;

namespace ApiKey.Tests.Emulator;

/// <summary>Edges of the emulator's rules that clients meet seldom.</summary>
[Trait(Category.Name, Category.Unit)]
public sealed class EmulatorEdgeTests : IDisposable
{
    private readonly EmulatorClient _client = EmulatorClient.InProcess(new ApiGatewayEmulator());

    [Fact]
    public async Task AnAccountIsAsANewOneOfAws() => Assert.Equal(
        """{"throttleSettings":{"burstLimit":5000,"rateLimit":10000},"features":["UsagePlans"],"apiKeyVersion":"4"}""",
        (await _client.Send("GET", "/account")).Body.GetRawText());

    [Theory]
    [InlineData("100", true)]
    [InlineData("200", true)]
    [InlineData("599", true)]
    [InlineData("099", false)]
    [InlineData("600", false)]
    [InlineData("2x0", false)]
    [InlineData("20x", false)]
    [InlineData("x00", false)]
    [InlineData("20", false)]
    [InlineData("2000", false)]
    public async Task AStatusIsOfThreeDigits(string status, bool isGood)
    {
        JsonElement api = (await _client.Send("POST", "/restapis", """{"name":"a"}""")).Body;
        string root = $"/restapis/{api.GetProperty("id").GetString()}/resources/{api.GetProperty("rootResourceId").GetString()}";
        string method = $"{root}/methods/GET";
        await _client.Send("PUT", method, """{"authorizationType":"NONE"}""");
        await _client.Send("PUT", $"{method}/integration", """{"type":"MOCK"}""");
        foreach (string part in new[] { "responses", "integration/responses" })
        {
            Answer answer = await _client.Send("PUT", $"{method}/{part}/{status}", "{}");
            Assert.Equal((isGood ? HttpStatusCode.Created : HttpStatusCode.BadRequest, isGood ? null : "ValidationException"),
                (answer.Status, answer.ErrorType));
        }
    }

    [Theory]
    [InlineData("null", """{"burstLimit":0,"rateLimit":0.0}""")]
    [InlineData("{}", """{"burstLimit":0,"rateLimit":0.0}""")]
    [InlineData("""{"rateLimit":1.5}""", """{"burstLimit":0,"rateLimit":1.5}""")]
    [InlineData("""{"burstLimit":1}""", """{"burstLimit":1,"rateLimit":0.0}""")]
    public async Task WhatIsMissingOfAMethodsThrottleIsZero(string given, string stored) =>
        Assert.Equal($$"""{"/a/GET":{{stored}}}""", (await _client.Send("POST", "/usageplans",
            $$$"""{"name":"p","apiStages":[{"apiId":"a","stage":"s","throttle":{"/a/GET":{{{given}}}}}]}""")).Body
            .GetProperty("apiStages")[0].GetProperty("throttle").GetRawText());

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ALateAnswerComesAfterThoseThatWereAskedForLater(bool overHttp)
    {
        ApiGatewayEmulator emulator = new(faults: [new EmulatorFault { Kind = EmulatorFaultKind.Latency, Operation = "CreateApiKey",
            Milliseconds = 3_600_000 }]);
        using EmulatorServer server = new(emulator);
        using EmulatorClient client = new(overHttp ? new SocketsHttpHandler() : new EmulatorHttpHandler(emulator), server.Uri);
        Task<JsonElement> late = client.Create("{}");
        int keys;
        do
        {
            keys = (await client.Send("GET", "/apikeys")).Body.GetProperty("item").GetArrayLength();
        }
        while (keys == 0 && !late.IsCompleted);

        // An answer that is not late is there by now.
        for (int other = 0; other < 10; other++)
        {
            await client.Send("GET", "/apikeys");
        }

        Assert.False(late.IsCompleted);
        client.Dispose();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => late);
    }

    public void Dispose() => _client.Dispose();
}
