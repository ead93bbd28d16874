using System.Text.Json;
using ApiKey.Emulator;

namespace ApiKey.Tests.Emulator;

/// <summary>Lists and maps of an API are patched item by item.</summary>
[Trait(Category.Name, Category.Unit)]
public sealed class ApiPatchTests : IDisposable
{
    private readonly EmulatorClient _client = EmulatorClient.InProcess(new ApiGatewayEmulator());

    [Theory]
    [InlineData("", "binaryMediaTypes", "add /binaryMediaTypes/image~1gif", """["image/png","image/gif"]""")]
    [InlineData("", "binaryMediaTypes", "add /binaryMediaTypes/image~1png", """["image/png"]""")]
    [InlineData("", "binaryMediaTypes", "replace /binaryMediaTypes/image~1png image/jpeg", """["image/jpeg"]""")]
    [InlineData("", "binaryMediaTypes", "add /binaryMediaTypes/b, remove /binaryMediaTypes/image~1png", """["b"]""")]
    [InlineData("", "binaryMediaTypes", "remove /binaryMediaTypes/image~1png", null)]
    [InlineData("", "binaryMediaTypes", "remove /binaryMediaTypes/other", """["image/png"]""")]
    [InlineData("METHOD", "authorizationScopes", "add /authorizationScopes/t", """["s","t"]""")]
    [InlineData("METHOD", "authorizationScopes", "remove /authorizationScopes/s", null)]
    [InlineData("METHOD", "requestParameters", "add /requestParameters/b true", """{"a":true,"b":true}""")]
    [InlineData("METHOD", "requestParameters", "replace /requestParameters/a false", """{"a":false}""")]
    [InlineData("METHOD", "requestParameters", "remove /requestParameters/a", null)]
    [InlineData("METHOD", "requestModels", "add /requestModels/b Empty", """{"a":"Error","b":"Empty"}""")]
    [InlineData("METHOD", "requestModels", "remove /requestModels/a", null)]
    [InlineData("METHOD/integration", "cacheKeyParameters", "add /cacheKeyParameters/l", """["k","l"]""")]
    [InlineData("METHOD/integration", "cacheKeyParameters", "remove /cacheKeyParameters/k", "[]")]
    public async Task AnItemIsAddedReplacedOrRemoved(string part, string member, string patches, string? expected)
    {
        JsonElement made = await Good("POST", "/restapis", """{"name":"a","binaryMediaTypes":["image/png"]}""");
        string api = $"/restapis/{made.GetProperty("id").GetString()}";
        string method = $"{api}/resources/{made.GetProperty("rootResourceId").GetString()}/methods/GET";
        await Good("PUT", method,
            """{"authorizationType":"NONE","authorizationScopes":["s"],"requestParameters":{"a":true},"requestModels":{"a":"Error"}}""");
        await Good("PUT", $"{method}/integration", """{"type":"MOCK","cacheKeyParameters":["k"]}""");
        string target = part.Length == 0 ? api : part.Replace("METHOD", method, StringComparison.Ordinal);
        JsonElement changed = await Good("PATCH", target, JsonSerializer.Serialize(new
        {
            patchOperations = patches.Split(", ").Select(patch => patch.Split(' '))
                .Select(words => new { op = words[0], path = words[1], value = words.ElementAtOrDefault(2) }),
        }));
        foreach (JsonElement shown in new[] { changed, await Good("GET", target) })
        {
            Assert.Equal(expected, shown.TryGetProperty(member, out JsonElement value) ? value.GetRawText() : null);
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task<JsonElement> Good(string verb, string target, string? body = null)
    {
        Answer answer = await _client.Send(verb, target, body);
        Assert.True((int)answer.Status < 300, $"{verb} {target}: {(int)answer.Status} {answer.Message}");
        return answer.Body;
    }
}
