using System.Net.Sockets;
using System.Text;
using ApiKey.Emulator;
using ApiKey.Emulator.Faults;

namespace ApiKey.Tests.Emulator;

/// <summary>What a client has of an answer that a fault cuts off, and which descriptions of faults are refused.</summary>
[Trait(Category.Name, Category.Unit)]
public class BrokenAnswerTests
{
    [Theory]
    [InlineData(EmulatorFaultKind.TruncatedBody, true)]
    [InlineData(EmulatorFaultKind.ResetAfter, false)]
    [InlineData(EmulatorFaultKind.ResetBefore, false)]
    public async Task OverHttpHalfABodyComesOrNothingOfIt(EmulatorFaultKind kind, bool comesHalf)
    {
        ApiGatewayEmulator emulator = new(faults: [new EmulatorFault { Kind = kind }]);
        using EmulatorServer server = new(emulator);
        using TcpClient client = new();
        await client.ConnectAsync(server.Uri.Host, server.Uri.Port, TestContext.Current.CancellationToken);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET /account HTTP/1.1\r\nHost: {server.Uri.Authority}\r\n"
            + "Authorization: AWS4-HMAC-SHA256 Credential=A/20260101/us-east-1/apigateway/aws4_request, SignedHeaders=host, Signature=0\r\n"
            + "\r\n"), TestContext.Current.CancellationToken);
        using MemoryStream came = new();
        try
        {
            await client.GetStream().CopyToAsync(came, TestContext.Current.CancellationToken);
        }
        catch (IOException)
        {
            // The cut.
        }

        string text = Encoding.UTF8.GetString(came.ToArray());
        int length = int.Parse(text.Split("Content-Length: ")[1].Split('\r')[0], System.Globalization.CultureInfo.InvariantCulture);
        string body = text.Split("\r\n\r\n")[1];
        Assert.Equal(comesHalf ? length / 2 : 1, body.Length);
        Assert.Equal(comesHalf, length > 2);
        Assert.StartsWith("{", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task InProcessHalfABodyComesAndThenTheCut(int way)
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        ApiGatewayEmulator emulator = new(faults: [new EmulatorFault { Kind = EmulatorFaultKind.TruncatedBody }]);
        using HttpClient client = new(new EmulatorHttpHandler(emulator));
        using HttpRequestMessage request = new(HttpMethod.Get, "http://emulator.invalid/account");
        request.Headers.TryAddWithoutValidation("Authorization",
            "AWS4-HMAC-SHA256 Credential=A/20260101/us-east-1/apigateway/aws4_request, SignedHeaders=host, Signature=0");
        using HttpResponseMessage answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
        await using Stream body = await answer.Content.ReadAsStreamAsync(stop);
        byte[] buffer = new byte[4096];
        int came = 0;
        async Task ReadAll()
        {
            for (int read = -1; read != 0; came += read)
            {
                read = way switch
                {
                    0 => body.Read(buffer, 0, buffer.Length),
                    1 => body.Read(buffer.AsSpan()),
                    2 => await body.ReadAsync(buffer.AsMemory(), stop),
#pragma warning disable CA1835 // This way is the one to try.
                    3 => await body.ReadAsync(buffer, 0, buffer.Length, stop),
#pragma warning restore CA1835
                    _ => await CopyAsync(),
                };
            }
        }

        async Task<int> CopyAsync()
        {
            await body.CopyToAsync(Stream.Null, stop);
            return 0;
        }

        Assert.Contains("in the middle", (await Assert.ThrowsAsync<IOException>(ReadAll)).Message, StringComparison.Ordinal);
        Assert.Equal(way < 4, came > 10);
    }

    [Theory]
    [InlineData(0, 0, 0, 0, true)]
    [InlineData(1, 1, 1, 1, true)]
    [InlineData(0.5, -1, 0, 0, false)]
    [InlineData(0.5, 0, -1, 0, false)]
    [InlineData(0.5, 0, 0, -1, false)]
    [InlineData(-0.1, 0, 0, 0, false)]
    [InlineData(1.1, 0, 0, 0, false)]
    [InlineData(double.NaN, 0, 0, 0, false)]
    public void ANumberThatMakesNoSenseIsRefused(double probability, int skip, int times, int milliseconds, bool isGood) =>
        Assert.Equal(isGood, new EmulatorFault
        {
            Kind = EmulatorFaultKind.Latency,
            Probability = probability,
            Skip = skip,
            Times = times,
            Milliseconds = milliseconds,
        }.FindProblem() is null);
}
