using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using ApiKey.Emulator;

namespace ApiKey.Tests.Emulator;

/// <summary>The emulator's own promises: regions, paging, tags, both entry points, many clients at once, and no input that breaks
/// it.</summary>
[Trait(Category.Name, Category.Unit)]
public class EmulatorTests : IDisposable
{
    private readonly ApiGatewayEmulator _emulator = new();
    private readonly EmulatorClient _client;

    public EmulatorTests()
    {
        _client = EmulatorClient.InProcess(_emulator);
    }

    [Fact]
    public async Task ASingleReadShowsTagsEvenWhenThereAreNoneAndTheValueOnlyWhenAsked()
    {
        string id = (await _client.Create("""{"name":"a"}""")).GetProperty("id").GetString()!;
        Assert.Equal(["createdDate", "enabled", "id", "lastUpdatedDate", "name", "stageKeys", "tags"],
            Answer.Members((await _client.Send("GET", $"/apikeys/{id}")).Body));
        Assert.Equal(40, (await _client.Send("GET", $"/apikeys/{id}?includeValue=true")).Body.GetProperty("value").GetString()!.Length);
    }

    [Fact]
    public async Task RegionsAreApart()
    {
        await _client.Create("""{"name":"a"}""");
        using EmulatorClient elsewhere = EmulatorClient.InProcess(_emulator, "eu-west-1");
        Assert.Empty((await elsewhere.Send("GET", "/apikeys")).Body.GetProperty("item").EnumerateArray());
    }

    [Theory]
    [InlineData("", "MissingAuthenticationTokenException")]
    [InlineData("Basic abc", "MissingAuthenticationTokenException")]
    [InlineData("AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1, Signature=0", "IncompleteSignatureException")]
    [InlineData("AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/s3/aws4_request, Signature=0", "InvalidSignatureException")]
    public async Task AnUnsignedOrMissignedRequestIsRefused(string authorization, string errorType)
    {
        Answer answer = await _client.Send("GET", "/apikeys", authorization: authorization);
        Assert.Equal((HttpStatusCode.Forbidden, errorType), (answer.Status, answer.ErrorType));
    }

    [Fact]
    public async Task PagesStayStableWhileKeysComeAndGo()
    {
        for (int number = 0; number < 60; number++)
        {
            _emulator.Seed(new SeedKey { Region = "us-east-1", Id = $"id{number:D8}", Name = $"k{number}" });
        }

        List<string> seen = [];
        string? position = null;
        do
        {
            JsonElement page = (await _client.Send("GET",
                "/apikeys?limit=7" + (position is null ? "" : "&position=" + Uri.EscapeDataString(position)))).Body;
            string[] ids = [.. page.GetProperty("item").EnumerateArray().Select(key => key.GetProperty("id").GetString()!)];
            seen.AddRange(ids);
            await _client.Create("""{"name":"new"}""");
            await _client.Send("DELETE", $"/apikeys/{ids[^1]}");
            position = page.TryGetProperty("position", out JsonElement next) ? next.GetString() : null;
        }
        while (position is not null);
        Assert.Equal(Enumerable.Range(0, 60).Reverse().Select(number => $"id{number:D8}"), seen);
    }

    [Fact]
    public async Task ManyDeletionsLeaveTheOrderRight()
    {
        for (int number = 0; number < 5000; number++)
        {
            _emulator.Seed(new SeedKey { Region = "us-east-1", Id = $"id{number:D8}", Name = $"k{number}" });
        }

        for (int number = 0; number < 5000; number++)
        {
            if (number % 10 != 0)
            {
                Assert.Equal(HttpStatusCode.Accepted, (await _client.Send("DELETE", $"/apikeys/id{number:D8}")).Status);
            }
        }

        await _client.Create("""{"name":"last"}""");
        string[] names = [.. (await _client.Send("GET", "/apikeys?limit=500")).Body.GetProperty("item").EnumerateArray()
            .Select(key => key.GetProperty("name").GetString()!)];
        Assert.Equal(["last", "k4990", "k4980"], names.Take(3));
        Assert.Equal(500, names.Length);
    }

    [Theory]
    [InlineData("/apikeys?limit=0", 25)]
    [InlineData("/apikeys", 25)]
    [InlineData("/apikeys?limit=9999", 500)]
    [InlineData("/apikeys?limit=text", 25)]
    public async Task PageSizesHaveAwssDefaultAndMaximum(string target, int count)
    {
        for (int number = 0; number < 501; number++)
        {
            _emulator.Seed(new SeedKey { Region = "us-east-1" });
        }

        Assert.Equal(count, (await _client.Send("GET", target)).Body.GetProperty("item").GetArrayLength());
    }

    [Fact]
    public async Task TagsArePutTakenOffAndLimited()
    {
        string id = (await _client.Create("""{"name":"a","tags":{"x":"1"}}""")).GetProperty("id").GetString()!;
        string encoded = "/tags/" + Uri.EscapeDataString($"arn:aws:apigateway:us-east-1::/apikeys/{id}");
        string plain = $"/tags/arn:aws:apigateway:us-east-1::/apikeys/{id}";
        Assert.Equal(HttpStatusCode.NoContent, (await _client.Send("PUT", encoded, """{"tags":{"y":"2","z":""}}""")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await _client.Send("DELETE", plain + "?tagKeys=x&tagKeys=none")).Status);
        Assert.Equal("""{"tags":{"y":"2","z":""}}""", (await _client.Send("GET", encoded)).Body.GetRawText());

        string many = string.Join(',', Enumerable.Range(0, 49).Select(number => $"\"t{number}\":\"\""));
        Assert.Equal("BadRequestException", (await _client.Send("PUT", encoded, $$$"""{"tags":{{{{many}}}}}""")).ErrorType);
        Assert.Equal("BadRequestException", (await _client.Send("PUT", encoded, """{"tags":{"aws:x":"2"}}""")).ErrorType);
        Assert.Equal("BadRequestException", (await _client.Send("PUT", encoded, $$$"""{"tags":{"k":"{{{new string('v', 257)}}}"}}"""))
            .ErrorType);
        Assert.Equal("NotFoundException",
            (await _client.Send("GET", "/tags/" + Uri.EscapeDataString("arn:aws:apigateway:us-east-1::/apikeys/gone"))).ErrorType);
        Assert.Equal("BadRequestException",
            (await _client.Send("GET", "/tags/" + Uri.EscapeDataString($"arn:aws:apigateway:eu-west-1::/apikeys/{id}"))).ErrorType);
        Assert.Equal(2, _emulator.TagsOf("us-east-1", id).Count);
    }

    [Fact]
    public async Task AnUpdateIsAllOrNothing()
    {
        string id = (await _client.Create("""{"name":"a"}""")).GetProperty("id").GetString()!;
        Answer answer = await _client.Send("PATCH", $"/apikeys/{id}",
            """{"patchOperations":[{"op":"replace","path":"/name","value":"b"},{"op":"add","path":"/name","value":"c"}]}""");
        Assert.Equal("BadRequestException", answer.ErrorType);
        Assert.Equal("a", (await _client.Send("GET", $"/apikeys/{id}")).Body.GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("POST", "/apikeys", "{")]
    [InlineData("POST", "/apikeys", "[]")]
    [InlineData("POST", "/apikeys", """{"name":5}""")]
    [InlineData("POST", "/apikeys", """{"enabled":"yes"}""")]
    [InlineData("POST", "/apikeys", """{"tags":[]}""")]
    [InlineData("POST", "/apikeys", """{"tags":{"a":5}}""")]
    [InlineData("PATCH", "/apikeys/x", """{"patchOperations":[5]}""")]
    [InlineData("PATCH", "/apikeys/x", """{"patchOperations":{}}""")]
    [InlineData("GET", "/apikeys?position=%00%ff", null)]
    [InlineData("GET", "/apikeys?position=!!!", null)]
    [InlineData("GET", "/", null)]
    [InlineData("GET", "/nothing/here", null)]
    [InlineData("TRACE", "/apikeys", null)]
    [InlineData("DELETE", "/tags/", null)]
    [InlineData("PUT", "/tags/arn", "{}")]
    public async Task NoInputBreaksIt(string method, string target, string? body) =>
        Assert.InRange((int)(await _client.Send(method, target, body)).Status, 400, 404);

    [Fact]
    public async Task BothEntryPointsLeadToTheSameKeys()
    {
        using EmulatorServer server = new(_emulator);
        using EmulatorClient http = new(new HttpClientHandler(), server.Uri);
        string id = (await http.Create("""{"name":"ünïcode","tags":{"a/b":"c d"}}""")).GetProperty("id").GetString()!;
        Assert.Equal("ünïcode", (await _client.Send("GET", $"/apikeys/{id}")).Body.GetProperty("name").GetString());
        string arn = "/tags/" + Uri.EscapeDataString($"arn:aws:apigateway:us-east-1::/apikeys/{id}");
        Assert.Equal(HttpStatusCode.NoContent, (await http.Send("DELETE", arn + "?tagKeys=a%2Fb")).Status);
        Assert.Empty(_emulator.TagsOf("us-east-1", id));
        Assert.Equal(HttpStatusCode.Accepted, (await http.Send("DELETE", $"/apikeys/{id}")).Status);
        Answer gone = await http.Send("GET", $"/apikeys/{id}");
        Assert.Equal((HttpStatusCode.NotFound, "NotFoundException", "Invalid API Key identifier specified"),
            (gone.Status, gone.ErrorType, gone.Message));
        Assert.Equal("127.0.0.1", server.Uri.Host);
    }

    [Fact]
    public async Task ManyClientsAtOnceLoseNothing()
    {
        using EmulatorServer server = new(_emulator);
        using EmulatorClient http = new(new SocketsHttpHandler(), server.Uri);
        ConcurrentBag<string> ids = [];
        await Parallel.ForEachAsync(Enumerable.Range(0, 640), new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (number, _) =>
        {
            string id = (await http.Create($$"""{"name":"k{{number}}"}""")).GetProperty("id").GetString()!;
            await http.Send("PATCH", $"/apikeys/{id}", """{"patchOperations":[{"op":"replace","path":"/enabled","value":"true"}]}""");
            ids.Add(id);
        });
        Assert.Equal(640, ids.Distinct().Count());
        JsonElement[] keys = [.. (await http.Send("GET", "/apikeys?limit=500")).Body.GetProperty("item").EnumerateArray()];
        Assert.All(keys, key => Assert.True(key.GetProperty("enabled").GetBoolean()));
        Assert.Equal(1281, _emulator.RequestCount);
        Assert.Equal(640, _emulator.CountOf("CreateApiKey"));
    }

    public void Dispose() => _client.Dispose();
}
