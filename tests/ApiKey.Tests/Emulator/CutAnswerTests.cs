using ApiKey.Emulator;
using ApiKey.Emulator.Faults;

namespace ApiKey.Tests.Emulator;

/// <summary>An answer that is cut gives its first half, byte by byte as well, and a request without a header has none.</summary>
[Trait(Category.Name, Category.Unit)]
public class CutAnswerTests
{
    [Fact]
    public async Task TheFirstHalfComesByteByByte()
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        using HttpClient whole = new(new EmulatorHttpHandler(new ApiGatewayEmulator()));
        using HttpClient cut = new(new EmulatorHttpHandler(new ApiGatewayEmulator(
            faults: [new EmulatorFault { Kind = EmulatorFaultKind.TruncatedBody }])));
        using HttpResponseMessage good = await whole.SendAsync(Request(), stop);
        using HttpResponseMessage answer = await cut.SendAsync(Request(), HttpCompletionOption.ResponseHeadersRead, stop);
        await using Stream body = await answer.Content.ReadAsStreamAsync(stop);
        List<byte> came = [];
        byte[] one = new byte[1];
        await Assert.ThrowsAsync<IOException>(async () =>
        {
            while (await body.ReadAsync(one.AsMemory(), stop) == 1)
            {
                came.Add(one[0]);
            }
        });
        byte[] all = await good.Content.ReadAsByteArrayAsync(stop);
        Assert.Equal(all[..(all.Length / 2)], came);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task WithoutASignatureNobodyIsKnown(bool hasBody)
    {
        using HttpClient client = new(new EmulatorHttpHandler(new ApiGatewayEmulator()));
        using HttpRequestMessage request = new(hasBody ? HttpMethod.Post : HttpMethod.Get, "http://emulator.invalid/apikeys");
        request.Content = hasBody ? new StringContent("{}") : null;
        using HttpResponseMessage answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(403, (int)answer.StatusCode);
        Assert.Equal("""{"message":"Missing Authentication Token"}""",
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static HttpRequestMessage Request()
    {
        HttpRequestMessage request = new(HttpMethod.Get, "http://emulator.invalid/account");
        request.Headers.TryAddWithoutValidation("Authorization",
            "AWS4-HMAC-SHA256 Credential=A/20260101/us-east-1/apigateway/aws4_request, SignedHeaders=host, Signature=0");
        return request;
    }
}
