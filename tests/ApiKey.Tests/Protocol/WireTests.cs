using System.Net;
using System.Text;
using Amazon.APIGateway;
using Amazon.APIGateway.Model;
using Amazon.Runtime;
using WireKey = Amazon.APIGateway.Model.ApiKey;

namespace ApiKey.Tests.Protocol;

/// <summary>What each operation puts on the wire, and what is read from an answer.</summary>
[Trait(Category.Name, Category.Unit)]
public class WireTests
{
    private const string Arn = "arn:aws:apigateway:us-east-1::/apikeys/abc";

    [Fact]
    public async Task CreateApiKeySendsWhatIsSaid()
    {
        using RecordingClient wire =
            new("""
                {"id":"i","value":"v","name":"n","description":"d","customerId":"c","enabled":true,"createdDate":1666784691,
                "lastUpdatedDate":1666784691.5,"stageKeys":["a/b"],"tags":{"x":"y"},"unknown":[{}]}
                """);
        CreateApiKeyResponse key = await wire.Client.CreateApiKeyAsync(
            new CreateApiKeyRequest
            {
                Name = "n",
                Description = "ü\"",
                Enabled = false,
                GenerateDistinctId = true,
                Value = "v",
                CustomerId = "c",
                Tags = new() { ["k"] = "" },
                StageKeys = [new StageKey { RestApiId = "r", StageName = "s" }],
            },
            TestContext.Current.CancellationToken);
        wire.AssertSent("POST", "/apikeys",
            """
            {"name":"n","description":"\u00FC\u0022","enabled":false,"generateDistinctId":true,"value":"v","customerId":"c",
            "tags":{"k":""},"stageKeys":[{"restApiId":"r","stageName":"s"}]}
            """.ReplaceLineEndings(""));
        Assert.Equal(("i", "v", "n", "d", "c", true), (key.Id, key.Value, key.Name, key.Description, key.CustomerId, key.Enabled));
        Assert.Equal(new DateTime(2022, 10, 26, 11, 44, 51, DateTimeKind.Utc), key.CreatedDate);
        Assert.Equal(DateTimeKind.Utc, key.LastUpdatedDate!.Value.Kind);
        Assert.Equal(["a/b"], key.StageKeys);
        Assert.Equal("y", key.Tags!["x"]);
    }

    [Fact]
    public async Task WhatIsAbsentOrNullIsNull()
    {
        using RecordingClient wire = new("""{"id":"i","name":null,"tags":null,"stageKeys":[{"restApiId":"r","stageName":"s"}]}""");
        CreateApiKeyResponse key = await wire.Client.CreateApiKeyAsync(new CreateApiKeyRequest(), TestContext.Current.CancellationToken);
        wire.AssertSent("POST", "/apikeys", "{}");
        Assert.Null(key.Name ?? key.Value ?? key.Description ?? key.CustomerId);
        Assert.Null(key.Tags);
        Assert.Null(key.Enabled);
        Assert.Null(key.CreatedDate);
        Assert.Equal(["r/s"], key.StageKeys);
    }

    [Fact]
    public async Task GetApiKeyEncodesTheId()
    {
        using RecordingClient wire = new("""{"id":"a/b"}""");
        await wire.Client.GetApiKeyAsync(new GetApiKeyRequest { ApiKey = "a/b c", IncludeValue = true },
            TestContext.Current.CancellationToken);
        wire.AssertSent("GET", "/apikeys/a%2Fb%20c?includeValue=true");
    }

    [Fact]
    public async Task GetApiKeysNamesItsQueryAsTheServiceDoes()
    {
        using RecordingClient wire = new("""{"position":"p2","warnings":["w"],"item":[{"id":"1"},{"id":"2"}]}""");
        GetApiKeysResponse page = await wire.Client.GetApiKeysAsync(
            new GetApiKeysRequest { NameQuery = "a b&c", CustomerId = "ü", IncludeValues = false, Limit = 500, Position = "x=/+" },
            TestContext.Current.CancellationToken);
        wire.AssertSent("GET", "/apikeys?customerId=%C3%BC&includeValues=false&limit=500&name=a%20b%26c&position=x%3D%2F%2B");
        Assert.Equal(("p2", "w"), (page.Position, Assert.Single(page.Warnings!)));
        Assert.Equal(["1", "2"], page.Items!.Select((WireKey key) => key.Id));
    }

    [Fact]
    public async Task UpdateApiKeySendsPatches()
    {
        using RecordingClient wire = new("""{"id":"i"}""");
        await wire.Client.UpdateApiKeyAsync(
            new UpdateApiKeyRequest
            {
                ApiKey = "i",
                PatchOperations = [new PatchOperation { Op = Op.Replace, Path = "/name", Value = "n" },
                    new PatchOperation { Op = "copy", From = "/a", Path = "/b" }]
            },
            TestContext.Current.CancellationToken);
        wire.AssertSent("PATCH", "/apikeys/i",
            """{"patchOperations":[{"op":"replace","path":"/name","value":"n"},{"op":"copy","path":"/b","from":"/a"}]}""");
    }

    [Fact]
    public async Task DeleteApiKeyNeedsNoAnswer()
    {
        using RecordingClient wire = new("", HttpStatusCode.Accepted);
        await wire.Client.DeleteApiKeyAsync(new DeleteApiKeyRequest { ApiKey = "i" }, TestContext.Current.CancellationToken);
        wire.AssertSent("DELETE", "/apikeys/i");
    }

    [Fact]
    public async Task ImportApiKeysSendsTheFileAsItIs()
    {
        using RecordingClient wire = new("""{"ids":["1"],"warnings":[]}""", HttpStatusCode.Created);
        using MemoryStream file = new(Encoding.UTF8.GetBytes("Name,Key\na,b"));
        ImportApiKeysResponse answer =
            await wire.Client.ImportApiKeysAsync(new ImportApiKeysRequest
            {
                Body = file,
                Format = ApiKeysFormat.Csv,
                FailOnWarnings = true
            }, TestContext.Current.CancellationToken);
        wire.AssertSent("POST", "/apikeys?failonwarnings=true&format=csv&mode=import", "Name,Key\na,b");
        Assert.Equal(["1"], answer.Ids);
        Assert.Empty(answer.Warnings!);
    }

    [Fact]
    public async Task TagsAreAddressedByTheEncodedArn()
    {
        const string Path = "/tags/arn%3Aaws%3Aapigateway%3Aus-east-1%3A%3A%2Fapikeys%2Fabc";
        using RecordingClient wire = new("", HttpStatusCode.NoContent);
        await wire.Client.TagResourceAsync(new TagResourceRequest { ResourceArn = Arn, Tags = new() { ["a"] = "b" } },
            TestContext.Current.CancellationToken);
        wire.AssertSent("PUT", Path, """{"tags":{"a":"b"}}""");
        await wire.Client.UntagResourceAsync(new UntagResourceRequest { ResourceArn = Arn, TagKeys = ["a b", "c"] },
            TestContext.Current.CancellationToken);
        wire.AssertSent("DELETE", Path + "?tagKeys=a%20b&tagKeys=c");

        using RecordingClient reading = new("""{"tags":{"a":""}}""");
        GetTagsResponse tags = await reading.Client.GetTagsAsync(new GetTagsRequest { ResourceArn = Arn },
            TestContext.Current.CancellationToken);
        reading.AssertSent("GET", Path);
        Assert.Equal("", tags.Tags!["a"]);
    }

    [Fact]
    public async Task AMissingIdIsRefusedBeforeTheCall()
    {
        using RecordingClient wire = new("{}");
        await Assert.ThrowsAsync<AmazonClientException>(() => wire.Client.GetApiKeyAsync(new GetApiKeyRequest(),
            TestContext.Current.CancellationToken));
        Assert.Null(wire.Target);
    }

    [Theory]
    [InlineData(400, "BadRequestException", typeof(BadRequestException))]
    [InlineData(401, "UnauthorizedException", typeof(UnauthorizedException))]
    [InlineData(404, "NotFoundException:http://internal/", typeof(NotFoundException))]
    [InlineData(409, "com.amazonaws#ConflictException", typeof(ConflictException))]
    [InlineData(429, "TooManyRequestsException", typeof(TooManyRequestsException))]
    [InlineData(429, "LimitExceededException", typeof(LimitExceededException))]
    [InlineData(503, "ServiceUnavailableException", typeof(ServiceUnavailableException))]
    [InlineData(403, "AccessDeniedException", typeof(AmazonAPIGatewayException))]
    public async Task ErrorsAreTypedByHeaderOrBody(int status, string code, Type type)
    {
        foreach ((string? header, string body) in new (string?, string)[] { (code, """{"message":"m"}"""),
            (null, $$"""{"__type":"{{code}}","Message":"m"}""") })
        {
            using RecordingClient wire = new(body, (HttpStatusCode)status, header, retryAfter: "7");
            AmazonServiceException failure =
                await Assert.ThrowsAnyAsync<AmazonServiceException>(() => wire.Client.GetApiKeyAsync(new GetApiKeyRequest { ApiKey = "i" },
                    TestContext.Current.CancellationToken));
            Assert.IsType(type, failure);
            Assert.Equal(("m", (HttpStatusCode)status, "request-1"), (failure.Message, failure.StatusCode, failure.RequestId));
            string? wait = failure switch
            {
                TooManyRequestsException throttled => throttled.RetryAfterSeconds,
                LimitExceededException full => full.RetryAfterSeconds,
                ServiceUnavailableException away => away.RetryAfterSeconds,
                _ => null,
            };
            Assert.Equal(status is 429 or 503 ? "7" : null, wait);
        }
    }

    [Theory]
    [InlineData(200, "<html>TopSecretBody</html>")]
    [InlineData(200, "")]
    [InlineData(200, "{\"id\":\"TopSecretBody")]
    [InlineData(200, "[\"TopSecretBody\"]")]
    [InlineData(200, "{\"id\":{\"TopSecretBody\":1}}")]
    [InlineData(403, "<html>TopSecretBody</html>")]
    [InlineData(502, "TopSecretBody")]
    [InlineData(400, "")]
    public async Task AnAnswerThatIsNotTheServicesIsToldWithItsStatusAndNotRepeated(int status, string body)
    {
        using RecordingClient wire = new(body, (HttpStatusCode)status);
        AmazonServiceException failure =
            await Assert.ThrowsAnyAsync<AmazonServiceException>(() => wire.Client.GetApiKeyAsync(new GetApiKeyRequest { ApiKey = "i" },
                TestContext.Current.CancellationToken));
        Assert.Equal((HttpStatusCode)status, failure.StatusCode);
        Assert.DoesNotContain("TopSecretBody", failure.ToString());
    }
}
