using System.Net;
using System.Text.Json;
using ApiKey.Emulator;

namespace ApiKey.Tests.Emulator;

/// <summary>Settings of a stage's methods: each is set by its path, shown under its name, and leaves the others as they were.</summary>
[Trait(Category.Name, Category.Unit)]
public sealed class StageSettingTests : IDisposable
{
    private const string Defaults =
        """
        {"metricsEnabled":false,"dataTraceEnabled":false,"throttlingBurstLimit":5000,"throttlingRateLimit":10000,"cachingEnabled":false,
        "cacheTtlInSeconds":300,"cacheDataEncrypted":false,"requireAuthorizationForCacheControl":true,
        "unauthorizedCacheControlHeaderStrategy":"SUCCEED_WITH_RESPONSE_HEADER"}
        """;

    private readonly ApiGatewayEmulator _emulator = new();
    private readonly EmulatorClient _client;

    public StageSettingTests()
    {
        _client = EmulatorClient.InProcess(_emulator);
        _emulator.SeedStage("us-east-1", "a1b2c3d4e5", "prod");
    }

    [Theory]
    [InlineData("metrics/enabled", "true", "metricsEnabled", "true")]
    [InlineData("logging/loglevel", "INFO", "loggingLevel", "\"INFO\"")]
    [InlineData("logging/dataTrace", "true", "dataTraceEnabled", "true")]
    [InlineData("throttling/burstLimit", "7", "throttlingBurstLimit", "7")]
    [InlineData("throttling/rateLimit", "2.5", "throttlingRateLimit", "2.5")]
    [InlineData("caching/enabled", "true", "cachingEnabled", "true")]
    [InlineData("caching/ttlInSeconds", "9", "cacheTtlInSeconds", "9")]
    [InlineData("caching/dataEncrypted", "true", "cacheDataEncrypted", "true")]
    [InlineData("caching/requireAuthorizationForCacheControl", "false", "requireAuthorizationForCacheControl", "false")]
    [InlineData("caching/unauthorizedCacheControlHeaderStrategy", "FAIL_WITH_403", "unauthorizedCacheControlHeaderStrategy",
        "\"FAIL_WITH_403\"")]
    public async Task ASettingIsSetByItsPathAndShownUnderItsName(string path, string value, string name, string shown)
    {
        Dictionary<string, string> expected = JsonDocument.Parse(Defaults).RootElement.EnumerateObject()
            .ToDictionary(member => member.Name, member => member.Value.GetRawText());
        expected[name] = shown;
        JsonElement changed = (await Patch("replace", $"/~1orders/GET/{path}", value)).Body.GetProperty("methodSettings");
        JsonElement read = (await _client.Send("GET", "/restapis/a1b2c3d4e5/stages/prod")).Body.GetProperty("methodSettings");
        foreach (JsonElement settings in new[] { changed, read })
        {
            JsonProperty one = Assert.Single(settings.EnumerateObject());
            Assert.Equal("~1orders/GET", one.Name);
            Assert.Equal(expected.OrderBy(member => member.Key, StringComparer.Ordinal), one.Value.EnumerateObject()
                .Select(member => KeyValuePair.Create(member.Name, member.Value.GetRawText())).OrderBy(member => member.Key,
                    StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task TheSettingsOfAMethodAreRemovedWhole()
    {
        await Patch("replace", "/*/*/caching/enabled", "true");
        await Patch("replace", "/~1a/GET/logging/loglevel", "INFO");
        await Patch("replace", "/~1a/GET/caching/enabled", "true");
        JsonElement left = (await Patch("remove", "/*/*", "")).Body.GetProperty("methodSettings");
        JsonElement settings = Assert.Single(left.EnumerateObject()).Value;
        Assert.Equal("INFO", settings.GetProperty("loggingLevel").GetString());
        Assert.True(settings.GetProperty("cachingEnabled").GetBoolean());
    }

    [Theory]
    [InlineData("add", "/~1a/GET/caching/enabled", "true")]
    [InlineData("replace", "/~1a/GET/caching/nothing", "true")]
    [InlineData("replace", "/~1a/GET/caching", "true")]
    [InlineData("replace", "/~1a/GET/caching/enabled/more", "true")]
    [InlineData("replace", "/~1a/GET/throttling/burstLimit", "many")]
    [InlineData("replace", "/~1a/GET/throttling/rateLimit", "NaN")]
    [InlineData("replace", "/~1a/GET/throttling/rateLimit", "many")]
    [InlineData("remove", "/~1a/GET", "")]
    public async Task WhatIsNoSettingIsRefused(string op, string path, string value)
    {
        Assert.Equal(HttpStatusCode.BadRequest, (await Patch(op, path, value)).Status);
        JsonElement stage = (await _client.Send("GET", "/restapis/a1b2c3d4e5/stages/prod")).Body;
        Assert.Equal("{}", stage.GetProperty("methodSettings").GetRawText());
    }

    public void Dispose()
    {
        _client.Dispose();
        Assert.Null(_emulator.UnexpectedFailure);
    }

    private Task<Answer> Patch(string op, string path, string value) => _client.Send("PATCH", "/restapis/a1b2c3d4e5/stages/prod",
        JsonSerializer.Serialize(new { patchOperations = new[] { new { op, path, value } } }));
}
