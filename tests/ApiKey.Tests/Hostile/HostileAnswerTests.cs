using System.Net.Sockets;
using System.Text;
using ApiKey.Service;
using ApiKey.Tests.Engine;

namespace ApiKey.Tests.Hostile;

/// <summary>Whatever an endpoint answers, and to whichever operation: at most one error, ours, in bounded time and memory, without a
/// secret.</summary>
public class HostileAnswerTests(HostileAnswerTests.Fixture fixture) : IClassFixture<HostileAnswerTests.Fixture>
{
    private const string Echo = "no: " + HostileSession.KeyValue + ", " + HostileSession.SessionToken;

    public static TheoryData<string, string> Answers => new()
    {
        { "empty", RawServer.Answer("200 OK", "") },
        { "object", RawServer.Answer("200 OK", "{}") },
        { "made nothing", RawServer.Answer("201 Created", "{}") },
        { "array", RawServer.Answer("200 OK", "[]") },
        { "null", RawServer.Answer("200 OK", "null") },
        { "text", RawServer.Answer("200 OK", "\"x\"") },
        { "page", RawServer.Answer("200 OK", "<html>Please sign in</html>", "Content-Type: text/html") },
        { "accepted page", RawServer.Answer("202 Accepted", "<html>Please sign in</html>") },
        { "null list", RawServer.Answer("200 OK", """{"item":null}""") },
        { "other list", RawServer.Answer("200 OK", """{"items":[]}""") },
        { "list of null", RawServer.Answer("200 OK", """{"item":[null]}""") },
        { "list of numbers", RawServer.Answer("200 OK", """{"item":[5]}""") },
        { "no list", RawServer.Answer("200 OK", """{"item":{"id":"k1"}}""") },
        { "empty ids", RawServer.Answer("200 OK", """{"id":"","item":[{"id":""}]}""") },
        { "null ids", RawServer.Answer("200 OK", """{"id":null,"item":[{"id":null}]}""") },
        { "ids of other types", RawServer.Answer("200 OK", """{"id":5,"item":[{"id":[]}]}""") },
        { "another id", RawServer.Answer("200 OK", """{"id":"other"}""") },
        { "a date beyond time", RawServer.Answer("200 OK",
            """{"id":"k1","createdDate":1e300,"item":[{"id":"k1","createdDate":-1e300}]}""") },
        { "doubled tags", RawServer.Answer("200 OK",
            """{"id":"k1","tags":{"a":"1","a":"2"},"item":[{"id":"k1","tags":{"a":"1","a":"2"}}]}""") },
        { "null stage", RawServer.Answer("200 OK", """{"id":"k1","stageKeys":[null],"item":[{"id":"k1","stageKeys":[null]}]}""") },
        { "half a character", RawServer.Answer("200 OK", """{"id":"k1","name":"\ud800","item":[{"id":"k1","name":"\ud800"}]}""") },
        { "enabled is a text", RawServer.Answer("200 OK", """{"id":"k1","enabled":"yes","item":[{"id":"k1","enabled":1}]}""") },
        { "limits too large", RawServer.Answer("200 OK",
            """{"id":"p1","quota":{"limit":1e30,"period":"7"},"throttle":{"burstLimit":99999999999}}""") },
        { "usage of other types", RawServer.Answer("200 OK", """{"id":"p1","values":{"k1":null,"k2":[[1e40]]}}""") },
        { "usage without end", RawServer.Answer("200 OK",
            """{"values":{"k1":[""" + string.Join(',', Enumerable.Repeat("[1,2]", 50_000)) + "]}}") },
        { "nested", RawServer.Answer("200 OK", new string('[', 100_000)) },
        { "not unpacked", RawServer.Answer("200 OK", "\u001f\u008b\u0008", "Content-Encoding: gzip") },
        { "too long by its length", "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 400000000\r\n\r\n{" },
        { "length beyond numbers",
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99999999999999999999999\r\n\r\n{}" },
        { "length that is none", "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: -5\r\n\r\n{}" },
        { "shorter than its length", "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{\"id\":\"k1\"}" },
        { "longer than its length", "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 5\r\n\r\n{\"id\":\"k1\"}" },
        { "bad chunks", "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n" },
        { "not HTTP", "SSH-2.0-OpenSSH_9.6\r\n" },
        { "nothing", "" },
        { "a header without end", "HTTP/1.1 200 OK\r\nX-Long: " + new string('a', 200_000) },
        { "a refusal that is a list", RawServer.Answer("400 Bad Request", "[1]") },
        { "a refusal of other types", RawServer.Answer("400 Bad Request", """{"message":{"a":1},"__type":5}""") },
        { "a refusal that repeats",
            RawServer.Answer("400 Bad Request", $$"""{"message":"{{Echo}}"}""", "x-amzn-errortype: BadRequestException") },
        { "a refusal without end",
            RawServer.Answer("403 Forbidden", $$"""{"message":"{{new string('x', 1_000_000)}}"}""",
                "x-amzn-errortype: AccessDeniedException") },
        { "a strange status", RawServer.Answer("299 Odd", "{}") },
        { "a teapot", RawServer.Answer("418 I'm a teapot", """{"message":"short and stout"}""") },
        { "a server's page", RawServer.Answer("503 Service Unavailable", "<html>later</html>") },
        { "a switch of protocols", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n" },
        { "Retry-After far too long", Throttle("99999999999999999999") },
        { "Retry-After NaN", Throttle("NaN") },
        { "Retry-After infinite", Throttle("Infinity") },
        { "Retry-After negative", Throttle("-5") },
        { "Retry-After empty", Throttle("") },
        { "Retry-After with an exponent", Throttle("1e400") },
        { "Retry-After with two points", Throttle("1.2.3") },
        { "Retry-After with many digits", Throttle(new string('9', 5000)) },
        { "Retry-After long ago", Throttle("Wed, 21 Oct 2015 07:28:00 GMT") },
        { "Retry-After far away", Throttle("Fri, 31 Dec 9999 23:59:59 GMT") },
        { "Retry-After on 503", RawServer.Answer("503 Service Unavailable", """{"message":"x"}""",
            "x-amzn-errortype: ServiceUnavailableException", "Retry-After: 99999999999999999999") },
        { "Retry-After on a full quota",
            RawServer.Answer("429 Too Many Requests", """{"message":"x"}""", "x-amzn-errortype: LimitExceededException",
                "Retry-After: NaN") },
        { "no place to go", RawServer.Answer("302 Found", "") },
        { "many choices", RawServer.Answer("300 Multiple Choices", "{}") },
        { "not modified", RawServer.Answer("304 Not Modified", "") },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public void IsOneErrorOfOurs(string name, string answer)
    {
        fixture.Answer = answer;
        foreach (string command in HostileSession.Commands)
        {
            AssertOneError(fixture.Session.Run(command), $"{name}: {command}");
        }
    }

    [Fact]
    public void ABodyWithoutEndIsGivenUp()
    {
        using RawServer server = new(async (stream, _, stop) =>
        {
            await stream.WriteAsync(
                Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"), stop);
            byte[] chunk = Encoding.ASCII.GetBytes("10000\r\n" + new string(' ', 65536) + "\r\n");
            while (true)
            {
                await stream.WriteAsync(chunk, stop);
            }
        });
        using HostileSession session = new(server.Uri);
        Outcome outcome = session.Run("Get-ApiGatewayApiKey");
        Assert.Equal("UnexpectedAnswer", outcome.ErrorId);
        Assert.Contains("32 MB", outcome.Error.ToString());
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")]
    [InlineData("HTTP/1.1 200 OK\r\nX-Half: ")]
    [InlineData("")]
    public void AnAnswerThatStopsIsNotWaitedForForEver(string part)
    {
        using RawServer server = new(async (stream, _, stop) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(part), stop);
            await Task.Delay(Timeout.Infinite, stop);
        });
        using HostileSession session = new(server.Uri, "-MaxAttempts 1 -TimeoutSec 1");
        Assert.Equal("TimedOut", session.Run("Get-ApiGatewayApiKey").ErrorId);
    }

    [Fact]
    public void AnAnswerThatTricklesIsNotWaitedForForEver()
    {
        using RawServer server = new(async (stream, _, stop) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"), stop);
            while (true)
            {
                await stream.WriteAsync("a"u8.ToArray(), stop);
                await Task.Delay(50, stop);
            }
        });
        using HostileSession session = new(server.Uri, "-MaxAttempts 1 -TimeoutSec 1");
        Assert.Equal("TimedOut", session.Run("Get-ApiGatewayApiKey").ErrorId);
    }

    [Fact]
    public void AConnectionCutWithinTheBodyIsABrokenConnection()
    {
        using RawServer server = new(async (stream, _, stop) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"id\":"), stop);
            stream.Socket.LingerState = new LingerOption(enable: true, seconds: 0);
        });
        using HostileSession session = new(server.Uri);
        foreach (string command in new[] { "Get-ApiGatewayApiKey -Id k1", "Get-ApiGatewayApiKey",
            "Set-ApiGatewayApiKey k1 -Description x -PassThru" })
        {
            Assert.Equal("ConnectionFailed", session.Run(command).ErrorId);
        }

        Assert.Equal("OutcomeUnknown", session.Run("New-ApiGatewayUsagePlan p").ErrorId);
    }

    [Fact]
    public void AnAnswerThatDoesNotSayWhatWasMadeIsLookedUpByTheValue()
    {
        string? sent = null;
        using RawServer server = new(async (stream, request, stop) =>
        {
            sent ??= request.Split("\"value\":\"")[^1].Split('"')[0];
            string answer = request.StartsWith("POST", StringComparison.Ordinal)
                ? RawServer.Answer("201 Created", "{}")
                : RawServer.Answer("200 OK", $$"""{"item":[{"id":"made","name":"k","value":"{{sent}}","enabled":true}]}""");
            await stream.WriteAsync(Encoding.UTF8.GetBytes(answer), stop);
        });
        using HostileSession session = new(server.Uri, "-MaxAttempts 3");
        Assert.Equal("made", ((ApiKey.Model.ApiKeyInfo)Assert.Single(session.Run("New-ApiGatewayApiKey k").Output).BaseObject).Id);
        Assert.Equal(["POST", "GET"], server.Requests.Select(request => request.Split(' ')[0]));
    }

    [Fact]
    public void WhatIsNotFoundThenIsTold()
    {
        using RawServer server = new(async (stream, request, stop) => await stream.WriteAsync(
            Encoding.UTF8.GetBytes(request.StartsWith("POST", StringComparison.Ordinal) ? RawServer.Answer("201 Created", "{}")
                : RawServer.Answer("200 OK", """{"item":[]}""")), stop));
        using HostileSession session = new(server.Uri, "-MaxAttempts 3");
        Outcome outcome = session.Run("New-ApiGatewayApiKey k");
        Assert.Equal("UnexpectedAnswer", outcome.ErrorId);
        Assert.Contains("has no id", outcome.Error.ToString());
        Assert.Contains("No key was made", outcome.Error.ToString());
    }

    private static void AssertOneError(Outcome outcome, string what)
    {
        string[] ids = [.. outcome.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0])];
        Assert.True(ids.Length <= 1 && outcome.Thrown is null or { ErrorRecord.Exception: ApiGatewayException }
            && !(ids.Length == 1 && outcome.Thrown is not null), $"{what}: {string.Join("; ", outcome.ErrorTexts)}");
        foreach (System.Management.Automation.ErrorRecord error in outcome.Errors)
        {
            Assert.True(error.Exception is ApiGatewayException, $"{what}: {error.Exception}");
            Assert.True(error.ToString().Length < 6000, what);
        }

        string everything = HostileSession.Everything(outcome);
        Assert.All(
            new[] { HostileSession.SecretKey, HostileSession.SessionToken, "Amazon." }
                .Concat(what.Contains($"New-ApiGatewayApiKey k -Value {HostileSession.KeyValue}", StringComparison.Ordinal)
                    ? [HostileSession.KeyValue] : []),
            secret => Assert.False(everything.Contains(secret, StringComparison.Ordinal), $"{what} shows {secret}: {everything}"));
    }

    private static string Throttle(string retryAfter) =>
        RawServer.Answer("429 Too Many Requests", """{"message":"Too Many Requests"}""", "x-amzn-errortype: TooManyRequestsException",
            $"Retry-After: {retryAfter}");

    /// <summary>One session and one server for all answers.</summary>
    public sealed class Fixture : IDisposable
    {
        private readonly RawServer _server;

        public Fixture()
        {
            _server = new RawServer((stream, _, stop) => stream.WriteAsync(Encoding.UTF8.GetBytes(Answer), stop).AsTask());
            Session = new HostileSession(_server.Uri);
        }

        /// <summary>What the server answers.</summary>
        public string Answer { get; set; } = "";

        internal HostileSession Session { get; }

        public void Dispose()
        {
            Session.Dispose();
            _server.Dispose();
        }
    }
}
