using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ApiKey.Tests.Interop;

/// <summary>moto_server on a free port of this machine, for as long as a test needs it.</summary>
internal sealed class MotoServer : IDisposable
{
    private readonly Process _process;

    private MotoServer(Process process, Uri endpoint)
    {
        _process = process;
        Endpoint = endpoint;
    }

    /// <summary>Where it answers.</summary>
    public Uri Endpoint { get; }

    /// <summary>Starts it and waits for its first answer; skips the test where moto is not installed.</summary>
    public static async Task<MotoServer> Start()
    {
        await Tool.Require("moto_server", "--help");
        string port = FreePort().ToString(CultureInfo.InvariantCulture);
        MotoServer server = new(Tool.Start("moto_server", ["-H", "127.0.0.1", "-p", port], folder: null),
            new Uri($"http://127.0.0.1:{port}/"));
        try
        {
            await server.WaitForAnAnswer();
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private static int FreePort()
    {
        using TcpListener probe = new(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private async Task WaitForAnAnswer()
    {
        using HttpClient client = new();
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                using HttpResponseMessage answer = await client.GetAsync(new Uri(Endpoint, "/moto-api/"),
                    TestContext.Current.CancellationToken);
                return;
            }
            catch (HttpRequestException) when (attempt < 300)
            {
                await Task.Delay(200, TestContext.Current.CancellationToken);
            }
        }
    }
}
