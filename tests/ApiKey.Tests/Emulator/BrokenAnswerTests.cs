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
