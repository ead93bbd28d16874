using System.Net;
using System.Net.Sockets;
using System.Text;
using ApiKey.Emulator;
using Microsoft.Extensions.Time.Testing;

namespace ApiKey.Tests.Emulator;

/// <summary>Requests of every odd shape over real sockets: each is answered in time, and the emulator goes on and has no fault of its
/// own.</summary>
[Trait(Category.Name, Category.Unit)]
public sealed class HttpFuzzTests : IDisposable
{
    private const string Signature =
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260101/us-east-1/apigateway/aws4_request, SignedHeaders=host, Signature=0";

    // Well beyond the five seconds after which a body that does not come is given up.
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    private static readonly string[] Methods = ["GET", "GET", "POST", "POST", "POST", "PATCH", "PATCH", "PUT", "DELETE", "HEAD", "OPTIONS",
        "TRACE", "FOO", "get"];

    private static readonly string[] Paths =
    [
        "/apikeys", "/apikeys/K", "/usageplans", "/usageplans/P", "/usageplans/P/keys", "/usageplans/P/keys/K", "/usageplans/P/usage",
        "/usageplans/P/keys/K/usage", "/account", "/tags/arn%3Aaws%3Aapigateway%3Aus-east-1%3A%3A%2Fapikeys%2FK",
            "/tags/arn:aws:apigateway:us-east-1::/usageplans/P",
        "/", "//", "/restapis", "/apikeys/", "/%", "/%zz", "/apikeys/%00%ff", "/apikeys/%ed%a0%80", "/../apikeys", "/apikeys;x",
            "http://127.0.0.1/apikeys",
    ];

    // What an operation answers to, so that most requests get past the table of operations.
    private static readonly string[] Operations =
    [
        "GET /apikeys", "POST /apikeys", "POST /apikeys?mode=import&format=csv&",
            "POST /apikeys?mode=import&format=csv&failonwarnings=true&", "GET /apikeys/K", "PATCH /apikeys/K",
        "POST /usageplans", "POST /usageplans", "GET /usageplans", "GET /usageplans/P", "PATCH /usageplans/P", "PATCH /usageplans/P",
            "POST /usageplans/P/keys", "GET /usageplans/P/keys",
        "GET /usageplans/P/usage?startDate=2026-01-01&endDate=2026-01-31&", "GET /usageplans/P/usage", "PATCH /usageplans/P/keys/K/usage",
            "GET /account",
        "PUT /tags/arn%3Aaws%3Aapigateway%3Aus-east-1%3A%3A%2Fapikeys%2FK", "DELETE /tags/arn:aws:apigateway:us-east-1::/usageplans/P",
            "GET /tags/arn:aws:apigateway:us-east-1::/apikeys/K",
    ];

    private static readonly string[] QueryNames =
        ["limit", "position", "name", "includeValues", "includeValue", "customerId", "keyId", "startDate", "endDate", "mode", "format",
            "failonwarnings", "tagKeys", "%ff", ""];

    private static readonly string[] Texts =
    [
        "", "a", "true", "false", "null", "0", "-1", "1", "1.5", "25", "500", "99999999999999999999", "1e30", "1e999", "-1e999", "NaN",
            "Infinity", "DAY", "WEEK", "MONTH",
        "0001-01-01", "0001-01-05", "9999-12-30", "9999-12-31", "2026-01-01", "2026-03-31", "import", "csv", "API_KEY", "K", "P", "add",
            "remove", "replace", "/name", "/description",
        "/throttle", "/throttle/rateLimit", "/quota", "/quota/limit", "/quota/period", "/quota/offset", "/apiStages",
            "/apiStages/a:s/throttle", "/apiStages/a:s/throttle/x/GET/rateLimit",
        "/remaining", "/enabled", "/customerId", "a:s", "::", "aws:x", "MA==", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5", "Name,Key", "é", "😀",
            "\u0000", "~1", "/",
    ];

    private static readonly string[] Members =
    [
        "name", "description", "value", "enabled", "tags", "stageKeys", "restApiId", "stageName", "customerId", "keyId", "keyType",
            "patchOperations", "op", "path", "throttle", "rateLimit",
        "burstLimit", "quota", "limit", "offset", "period", "apiStages", "apiId", "stage", "/x/GET",
    ];

    private static readonly string[] Raw =
        ["\"\\ud800\"", "\"\\udc00\\ud800\"", "1e999", "-1e999", "1e30", "1.5", "-0", "9223372036854775808", "[[[[", "{", "]", "tru", "\"",
            "\"\\x\"", "/**/1", "\"\\u0000\"", "01", "\uFEFF{}"];

    private readonly ApiGatewayEmulator _emulator = new();
    private readonly EmulatorServer _server;
    private readonly string _key;
    private readonly string _plan;

    public HttpFuzzTests()
    {
        _server = new EmulatorServer(_emulator);
        using EmulatorClient client = EmulatorClient.InProcess(_emulator);
        _key = client.Create("""{"name":"k"}""").GetAwaiter().GetResult().GetProperty("id").GetString()!;
        _plan = client.Send("POST", "/usageplans", """{"name":"p","quota":{"limit":9,"period":"WEEK"}}""").GetAwaiter().GetResult()
            .Body.GetProperty("id").GetString()!;
        client.Send("POST", $"/usageplans/{_plan}/keys", $$"""{"keyId":"{{_key}}","keyType":"API_KEY"}""").GetAwaiter().GetResult();
    }

    [Fact]
    public async Task EveryRequestIsAnswered()
    {
        using Fuzzing fuzzing = new("HTTP", 3000, seed: 1);
        int seed = fuzzing.Seed;
        int count = 0;
        Dictionary<string, int> statuses = [];
        for (; fuzzing.Goes(); count++)
        {
            byte[] request = Request(new Random(unchecked((seed * 1_000_003) + count)));
            string status = await Ask(request,
                $"request {count} of seed {seed}:\n{Encoding.Latin1.GetString(request, 0, Math.Min(request.Length, 2000))}");
            statuses[status] = statuses.GetValueOrDefault(status) + 1;
        }

        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(", ", statuses.OrderBy(entry => entry.Key)
            .Select(entry => $"{entry.Key}: {entry.Value}")));
        Assert.Null(_emulator.UnexpectedFailure);
        Assert.DoesNotContain("500", statuses.Keys);
        Assert.True(statuses["200"] > count / 50, "Most requests never reach an operation.");
        Assert.StartsWith("200",
            await Ask(Encoding.ASCII.GetBytes(
                $"GET /apikeys HTTP/1.1\r\nHost: {_server.Uri.Authority}\r\nAuthorization: {Signature}\r\n\r\n"), "a plain request"));
    }

    [Theory]
    [InlineData("Content-Length: -5", "{}", "400")]
    [InlineData("Content-Length: 99999999999", "{}", "413")]
    [InlineData("Content-Length: 99999999999999999999999", "{}", "400")]
    [InlineData("Content-Length: 100", "{}", "408")]
    [InlineData("Transfer-Encoding: chunked", "zz\r\n{}\r\n0\r\n\r\n", "400")]
    [InlineData("Transfer-Encoding: chunked", "-1\r\n{}\r\n0\r\n\r\n", "400")]
    [InlineData("Transfer-Encoding: chunked", "ffffffffffffffff\r\n{}\r\n0\r\n\r\n", "400")]
    [InlineData("Transfer-Encoding: chunked", "5\r\n{}", "408")]
    [InlineData("Content-Length: 17", "{\"name\":\"\\ud800\"}", "400")]
    [InlineData("Content-Length: 12", "{\"name\":\"\u00ff\"}", "400")]
    public async Task ABodyThatIsWrongIsAnswered(string header, string body, string status)
    {
        // Only a body that never comes is waited for, and not long here; the time of the others does not pass.
        TimeProvider clock = status == "408" ? TimeProvider.System : new FakeTimeProvider();
        using EmulatorServer server = new(new ApiGatewayEmulator(clock)) { ReadTimeout = TimeSpan.FromMilliseconds(100) };
        byte[] request = Encoding.Latin1.GetBytes(
            $"POST /apikeys HTTP/1.1\r\nHost: {server.Uri.Authority}\r\nAuthorization: {Signature}\r\n{header}\r\n\r\n{body}");
        Assert.Equal(status, await Ask(request, header, server.Uri));
    }

    [Theory]
    [InlineData("POST", "/usageplans", """{"name":"p","quota":{"limit":1e30,"period":"DAY"}}""")]
    [InlineData("POST", "/usageplans", """{"name":"p","quota":{"limit":1.5,"period":"DAY"}}""")]
    [InlineData("POST", "/usageplans", """{"name":"p","quota":{"limit":3000000000,"period":"DAY"}}""")]
    [InlineData("POST", "/usageplans", """{"name":"p","throttle":{"rateLimit":1e999,"burstLimit":1}}""")]
    [InlineData("POST", "/usageplans",
        """{"name":"p","apiStages":[{"apiId":"a","stage":"s","throttle":{"/x/GET":{"rateLimit":1e999}}}]}""")]
    [InlineData("PATCH", "/usageplans/P", """{"patchOperations":[{"op":"replace","path":"/throttle/rateLimit","value":"Infinity"}]}""")]
    [InlineData("PATCH", "/usageplans/P", """{"patchOperations":[{"op":"replace","path":"/throttle/rateLimit","value":"NaN"}]}""")]
    [InlineData("PATCH", "/usageplans/P", """{"patchOperations":[{"op":"replace","path":"/throttle/rateLimit","value":"1e999"}]}""")]
    [InlineData("PATCH", "/usageplans/P", """{"patchOperations":[{"op":"replace","path":"/quota/limit","value":"99999999999"}]}""")]
    public async Task ANumberThatIsNoneIsRefusedThroughBothEntryPoints(string method, string path, string body)
    {
        foreach (HttpMessageHandler handler in new HttpMessageHandler[] { new EmulatorHttpHandler(_emulator), new SocketsHttpHandler() })
        {
            using EmulatorClient client = new(handler, _server.Uri);
            Answer answer = await client.Send(method, path.Replace("P", _plan, StringComparison.Ordinal), body);
            Assert.Equal((HttpStatusCode.BadRequest, "BadRequestException"), (answer.Status, answer.ErrorType));
        }

        Assert.Null(_emulator.UnexpectedFailure);
    }

    public void Dispose() => _server.Dispose();

    private async Task<string> Ask(byte[] request, string what, Uri? server = null)
    {
        using CancellationTokenSource timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(Timeout);
        using TcpClient client = new();
        await client.ConnectAsync(IPAddress.Loopback, (server ?? _server.Uri).Port, timeout.Token);
        using NetworkStream stream = client.GetStream();
        try
        {
            await stream.WriteAsync(request, timeout.Token);
        }
        catch (IOException)
        {
            // It may have refused the request before the end of it; its answer is still to be read.
        }

        byte[] start = new byte[12];
        try
        {
            int read = await stream.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, timeout.Token);
            string line = Encoding.ASCII.GetString(start, 0, read);
            Assert.True(line.StartsWith("HTTP/1.1 ", StringComparison.Ordinal) && read == start.Length,
                $"'{line}' was the answer to {what}");
            return line[9..];
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            Assert.Fail($"No answer came to {what}");
            throw;
        }
    }

    private byte[] Request(Random random)
    {
        string[] line = random.Next(4) > 0 ? Pick(random, Operations).Split(' ') : [Pick(random, Methods), Pick(random, Paths)];
        string method = line[0];
        string path = line[1].Replace("K", _key, StringComparison.Ordinal).Replace("P", _plan, StringComparison.Ordinal)
            .Replace("http://127.0.0.1", $"http://{_server.Uri.Authority}", StringComparison.Ordinal);
        string query = string.Join('&', Enumerable.Range(0, random.Next(5) * random.Next(2))
            .Select(_ => $"{Pick(random, QueryNames)}={(random.Next(6) == 0 ? "%ff%zz" : Uri.EscapeDataString(Text(random)))}"));
        byte[] body = Body(random);
        StringBuilder head = new();
        head.Append(method).Append(' ').Append(path).Append(query.Length == 0 ? "" : path.Contains('?') ? query : "?" + query)
            .Append(random.Next(40) == 0 ? " HTTP/1.0" : " HTTP/1.1").Append("\r\n");
        head.Append("Host: ").Append(_server.Uri.Authority).Append("\r\n");
        head.Append("Authorization: ")
            .Append(random.Next(12) == 0
                ? Pick(random, ["", "AWS4", "Credential=", "Credential=a/b/c/d/aws4_request", Signature.Replace("us-east-1", "\u00e4")])
                    : Signature).Append("\r\n");
        for (int extra = random.Next(3) * random.Next(2); extra > 0; extra--)
        {
            head.Append(Pick(random,
                ["X-A: " + new string('a', random.Next(4000)), "Accept: ,,;q=x", "X-Amz-Date: now", "Cookie: $x;;=", "Expect: nothing",
                    "Content-Type: \u00ff", "X: a\u0001b", "Accept-Encoding: gzip"])).Append("\r\n");
        }

        bool chunked = random.Next(10) == 0;
        head.Append(chunked ? "Transfer-Encoding: chunked" : $"Content-Length: {body.Length}").Append("\r\nConnection: close\r\n\r\n");
        byte[] sent = chunked ? [.. Encoding.ASCII.GetBytes($"{body.Length:x}\r\n"), .. body,
            .. Encoding.ASCII.GetBytes(body.Length == 0 ? "\r\n" : "\r\n0\r\n\r\n")] : body;
        byte[] request = [.. Encoding.Latin1.GetBytes(head.ToString()), .. sent];

        // Now and then one byte of it is another one; not in the head's length fields, where a body would rightly be waited for.
        if (random.Next(10) == 0 && sent.Length > 0 && !chunked)
        {
            request[^(1 + random.Next(sent.Length))] = (byte)random.Next(256);
        }

        return request;
    }

    private byte[] Body(Random random) => random.Next(12) switch
    {
        0 => [],
        1 => Encoding.UTF8.GetBytes(Pick(random, Raw)),
        2 => [.. Enumerable.Range(0, random.Next(60)).Select(_ => (byte)random.Next(256))],
        3 => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"tags\":", random.Next(200)))),
        4 => Encoding.UTF8.GetBytes(
            $"Name,Key,UsagePlanIds,Enabled\n{Text(random)},{new string('v', random.Next(10, 140))},'{_plan},{Text(random)}',"
                + $"{Text(random)}\n\"{Text(random)}"),
        _ => Encoding.UTF8.GetBytes(Json(random, 0)),
    };

    private string Json(Random random, int depth)
    {
        int kind = depth == 0 ? 0 : random.Next(depth > 4 ? 5 : 9);
        return kind switch
        {
            0 when random.Next(3) == 0 => Patches(random),
            0 or 6 or 7 => "{" + string.Join(',', Enumerable.Range(0, random.Next(depth == 0 ? 1 : 0, 6))
                .Select(_ => $"\"{(random.Next(30) == 0 ? "\\ud800" : Pick(random, Members))}\":{Json(random, depth + 1)}")) + "}",
            1 => Pick(random, ["true", "false", "null", "0", "-1", "3", "2.5"]),
            2 => random.Next(8) == 0 ? Pick(random, Raw) : "7",
            8 => "[" + string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => Json(random, depth + 1))) + "]",
            _ => System.Text.Json.JsonSerializer.Serialize(Text(random)),
        };
    }

    private string Patches(Random random) => System.Text.Json.JsonSerializer.Serialize(new
    {
        patchOperations = Enumerable.Range(0, random.Next(1, 4))
            .Select(_ => new
            {
                op = Pick(random, ["add", "remove", "replace", "replace", "copy"]),
                path = Text(random),
                value = Text(random)
            }),
    });

    private string Text(Random random) => Pick(random, Texts) switch
    {
        "K" => _key,
        "P" => _plan,
        { } text => text,
    };

    private static string Pick(Random random, string[] from) => from[random.Next(from.Length)];
}
