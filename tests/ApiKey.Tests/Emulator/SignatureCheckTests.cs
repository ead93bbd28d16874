using System.Net;
using System.Security.Cryptography;
using System.Text;
using ApiKey.Emulator;
using ApiKey.Emulator.Service;
using Microsoft.Extensions.Time.Testing;

namespace ApiKey.Tests.Emulator;

/// <summary>An emulator that has credentials answers what they signed, lately and as it was sent, and nothing else.</summary>
[Trait(Category.Name, Category.Unit)]
public sealed class SignatureCheckTests : IDisposable
{
    private const string Secret = "wJalrXUtnFEMIK7MDENG";
    private const string Invalid = "The security token included in the request is invalid.";
    private const string Mismatch = "The request signature we calculated does not match the signature you provided. Check your AWS Secret "
        + "Access Key and signing method.";

    private const string Late = "Signature expired or not yet valid: the request's time is too far from the service's.";

    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly HttpClient _client = new(new EmulatorHttpHandler(new ApiGatewayEmulator(new FakeTimeProvider(Now),
        credential: new EmulatorCredential("AKID", Secret))));

    [Theory]
    [InlineData("nothing", null)]
    [InlineData("another access key", Invalid)]
    [InlineData("another secret", Mismatch)]
    [InlineData("another body", Mismatch)]
    [InlineData("another path", Mismatch)]
    [InlineData("another query", Mismatch)]
    [InlineData("another verb", Mismatch)]
    [InlineData("another host", Mismatch)]
    [InlineData("another type", Mismatch)]
    [InlineData("15 minutes before", null)]
    [InlineData("15 minutes after", null)]
    [InlineData("a second more before", Late)]
    [InlineData("a second more after", Late)]
    [InlineData("no time", Late)]
    [InlineData("another day", Late)]
    public async Task OnlyWhatWasSignedIsAnswered(string change, string? says)
    {
        DateTimeOffset signed = change switch
        {
            "15 minutes before" => Now.AddMinutes(-15),
            "15 minutes after" => Now.AddMinutes(15),
            "a second more before" => Now.AddSeconds(-901),
            "a second more after" => Now.AddSeconds(901),
            _ => Now,
        };
        string stamp = $"{signed:yyyyMMdd'T'HHmmss'Z'}";
        string day = change == "another day" ? "20251231" : stamp[..8];
        string scope = $"{day}/us-east-1/apigateway/aws4_request";
        string canonical = "PATCH\n/apikeys/k%252F1\na=b%20c&z=\ncontent-type:application/json\nhost:emulator.invalid\n"
            + $"x-amz-date:{stamp}\n\ncontent-type;host;x-amz-date\n{Hash("{}")}";
        byte[] key = Encoding.UTF8.GetBytes("AWS4" + (change == "another secret" ? "other" : Secret));
        foreach (string part in scope.Split('/'))
        {
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        }

        string signature = Convert.ToHexStringLower(HMACSHA256.HashData(key,
            Encoding.UTF8.GetBytes($"AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{Hash(canonical)}")));
        using HttpRequestMessage request = new(
            change == "another verb" ? HttpMethod.Put : HttpMethod.Patch,
            $"http://{(change == "another host" ? "other" : "emulator")}.invalid/apikeys/{(change == "another path" ? "k2" : "k%2F1")}"
            + $"?z{(change == "another query" ? "=1" : "")}&a=b+c".Replace("+", "%20", StringComparison.Ordinal));
        request.Headers.TryAddWithoutValidation("Authorization", "AWS4-HMAC-SHA256 "
            + $"Credential={(change == "another access key" ? "OTHER" : "AKID")}/{scope}, SignedHeaders=content-type;host;x-amz-date, "
            + $"Signature={signature}");
        if (change != "no time")
        {
            request.Headers.Add("X-Amz-Date", stamp);
        }

        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(change == "another body" ? "{} " : "{}"));
        request.Content.Headers.Add("Content-Type", change == "another type" ? "text/plain" : "application/json");
        using HttpResponseMessage answer = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        string text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(says is null ? HttpStatusCode.NotFound : HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal(says ?? "Invalid API Key identifier specified",
            System.Text.Json.JsonDocument.Parse(text).RootElement.GetProperty("message").GetString());
    }

    public void Dispose() => _client.Dispose();

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
