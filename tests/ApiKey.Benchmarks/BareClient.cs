using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace ApiKey.Benchmarks;

/// <summary>The least a client can do: build the body, sign it (SigV4), send it, read the answer.</summary>
internal sealed class BareClient(Uri endpoint, HttpMessageHandler? handler = null) : IDisposable
{
    private const string Region = "eu-central-1";

    private readonly HttpClient _client = new(handler ?? new SocketsHttpHandler());
    private readonly string _host = $"{endpoint.Host}:{endpoint.Port}";
    private readonly Uri _keys = new(endpoint, "/apikeys");

    public void Create(int count, string prefix)
    {
        for (int number = 0; number < count; number++)
        {
            string body = $$"""{"description":"Managed by Terraform","enabled":true,"name":"{{prefix}}-{{number}}"}""";
            using HttpRequestMessage request = new(HttpMethod.Post, _keys) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            Sign(request, body);
            using HttpResponseMessage answer = handler is null ? _client.Send(request)
                : _client.SendAsync(request).GetAwaiter().GetResult();
            answer.EnsureSuccessStatusCode();
            using StreamReader reader = new(answer.Content.ReadAsStream());
            reader.ReadToEnd();
        }
    }

    public void Dispose() => _client.Dispose();

    private void Sign(HttpRequestMessage request, string body)
    {
        DateTime now = DateTime.UtcNow;
        string stamp = now.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        string scope = $"{stamp[..8]}/{Region}/apigateway/aws4_request";
        string canonical = "POST\n/apikeys\n\naccept:application/json\ncontent-type:application/json\n"
            + $"host:{_host}\nx-amz-date:{stamp}\n\naccept;content-type;host;x-amz-date\n{Hash(body)}";
        string toSign = $"AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{Hash(canonical)}";
        byte[] key = Encoding.UTF8.GetBytes("AWS4wJalrXUtnFEMIbPxRfiCYEXAMPLEKEY");
        foreach (string part in scope.Split('/'))
        {
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        }

        string signature = Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(toSign)));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.Add("X-Amz-Date", stamp);
        request.Headers.TryAddWithoutValidation("Authorization",
            $"AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/{scope}, SignedHeaders=accept;content-type;host;x-amz-date, Signature={signature}");
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
