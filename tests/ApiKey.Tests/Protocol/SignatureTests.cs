using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Amazon.APIGateway.Model;

namespace ApiKey.Tests.Protocol;

/// <summary>
/// The signature of what goes over the wire, computed again from the request itself by the rules of SigV4 (AWS General
/// Reference, "Signature Version 4 signing process"), with paths encoded twice as for every service but S3.
/// </summary>
[Trait(Category.Name, Category.Unit)]
public class SignatureTests
{
    private const string Arn = "arn:aws:apigateway:us-east-1::/apikeys/abc";

    [Fact]
    public async Task ABodyIsSigned()
    {
        using RecordingClient wire = new("""{"id":"i"}""");
        await wire.Client.CreateApiKeyAsync(new CreateApiKeyRequest { Name = "ünï" }, TestContext.Current.CancellationToken);
        AssertSigned(wire);
    }

    [Fact]
    public async Task AnArnInThePathIsSigned()
    {
        using RecordingClient wire = new("""{"tags":{}}""");
        await wire.Client.GetTagsAsync(new GetTagsRequest { ResourceArn = Arn }, TestContext.Current.CancellationToken);
        AssertSigned(wire);
    }

    [Fact]
    public async Task RepeatedAndUnusualQueryParametersAreSigned()
    {
        using RecordingClient wire = new("");
        await wire.Client.UntagResourceAsync(new UntagResourceRequest { ResourceArn = Arn, TagKeys = ["b b", "a+ü", "a/=&"] },
            TestContext.Current.CancellationToken);
        AssertSigned(wire);
    }

    private static void AssertSigned(RecordingClient wire)
    {
        HttpRequestMessage request = wire.Request;
        string authorization = request.Headers.NonValidated["Authorization"].ToString();
        string Part(string name)
            => authorization[(authorization.IndexOf(name + "=", StringComparison.Ordinal) + name.Length + 1)..].Split(',')[0].Trim();

        string[] names = Part("SignedHeaders").Split(';');
        string headers = string.Concat(names.Select(name => $"{name}:{HeaderOf(request, name)}\n"));
        string path = string.Join('/', request.RequestUri!.AbsolutePath.Split('/').Select(Uri.EscapeDataString));
        string query = string.Join('&', request.RequestUri.Query.TrimStart('?').Split('&').Order(StringComparer.Ordinal));
        string canonical = $"{request.Method.Method}\n{path}\n{query}\n{headers}\n{string.Join(';', names)}\n{Hash(wire.Body)}";

        string[] scope = Part("Credential").Split('/', 2);
        string stamp = HeaderOf(request, "x-amz-date");
        string toSign = $"AWS4-HMAC-SHA256\n{stamp}\n{scope[1]}\n{Hash(canonical)}";
        byte[] key = Encoding.UTF8.GetBytes("AWS4wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
        foreach (string part in scope[1].Split('/'))
        {
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        }

        Assert.Equal(Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(toSign))), Part("Signature"));
    }

    private static string HeaderOf(HttpRequestMessage request, string name) => name switch
    {
        "host" => request.RequestUri!.Host,
        "content-type" => request.Content!.Headers.ContentType!.ToString(),
        "content-length" => request.Content!.Headers.ContentLength!.Value.ToString(CultureInfo.InvariantCulture),
        _ => request.Headers.NonValidated.TryGetValues(name, out System.Net.Http.Headers.HeaderStringValues values)
            ? values.ToString().Trim() : "",
    };

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
