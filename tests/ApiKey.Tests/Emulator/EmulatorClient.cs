using System.Net;
using System.Text;
using System.Text.Json;
using ApiKey.Emulator;

namespace ApiKey.Tests.Emulator;

/// <summary>Speaks HTTP to an emulator as any client would, and gives back status and body.</summary>
internal sealed class EmulatorClient(HttpMessageHandler handler, Uri address, string region = "us-east-1") : IDisposable
{
    private readonly HttpClient _client = new(handler) { BaseAddress = address };

    public static EmulatorClient InProcess(ApiGatewayEmulator emulator, string region = "us-east-1") =>
        new(new EmulatorHttpHandler(emulator), new Uri("http://emulator.invalid"), region);

    public async Task<Answer> Send(string method, string target, string? body = null, string? authorization = null)
    {
        using HttpRequestMessage request = new(new HttpMethod(method), target);
        request.Headers.TryAddWithoutValidation("Authorization", authorization
            ?? $"AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260101/{region}/apigateway/aws4_request, SignedHeaders=host, Signature=0");
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        using HttpResponseMessage answer = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        string text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.Headers.Contains("x-amzn-requestid"));
        return new Answer(
            answer.StatusCode,
            answer.Headers.TryGetValues("x-amzn-errortype", out IEnumerable<string>? types) ? types.Single() : null,
            text.Length == 0 ? default : JsonDocument.Parse(text).RootElement);
    }

    public async Task<JsonElement> Create(string body)
    {
        Answer answer = await Send("POST", "/apikeys", body);
        Assert.Equal(HttpStatusCode.Created, answer.Status);
        return answer.Body;
    }

    public void Dispose() => _client.Dispose();
}

/// <summary>An answer taken apart.</summary>
internal sealed record Answer(HttpStatusCode Status, string? ErrorType, JsonElement Body)
{
    public string? Message => Body.ValueKind == JsonValueKind.Object && Body.TryGetProperty("message", out JsonElement message)
        ? message.GetString() : null;

    /// <summary>The names of the members, sorted.</summary>
    public static string[] Members(JsonElement body)
        => [.. body.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal)];
}
