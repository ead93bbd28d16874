using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using ApiKey.Tests.Interop;

[assembly: AssemblyFixture(typeof(MotoServer))]

namespace ApiKey.Tests.Interop;

/// <summary>moto_server on a free port of this machine: one for all tests, started for the first that asks and ended after the last. What
/// one test makes others see, unless it is in a region of its own.</summary>
internal sealed class MotoServer : IDisposable
{
    private readonly Lazy<Task<Uri?>> _endpoint;
    private readonly StringBuilder _errors = new();
    private string _problem = "";
    private Process? _process;

    /// <summary>Starts nothing yet.</summary>
    public MotoServer()
    {
        _endpoint = new Lazy<Task<Uri?>>(Start);
    }

    /// <summary>Where it answers; skips the test where moto does not run.</summary>
    public static async Task<Uri> Endpoint()
    {
        MotoServer moto = (await TestContext.Current.GetFixture<MotoServer>())!;
        Uri? endpoint = await moto._endpoint.Value;
        Assert.SkipWhen(endpoint is null, moto._problem);
        return endpoint!;
    }

    public void Dispose()
    {
        _process?.Kill(entireProcessTree: true);
        _process?.Dispose();
    }

    private static int FreePort()
    {
        using TcpListener probe = new(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private async Task<Uri?> Start()
    {
        string port = FreePort().ToString(CultureInfo.InvariantCulture);
        try
        {
            _process = Tool.Start("moto_server", ["-H", "127.0.0.1", "-p", port], folder: null);
        }
        catch (Win32Exception)
        {
            _problem = "moto_server is not installed on this machine.";
            return null;
        }

        // It logs every request; nobody else reads that.
        _process.ErrorDataReceived += (_, line) => _errors.AppendLine(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Uri endpoint = new($"http://127.0.0.1:{port}/");
        using HttpClient client = new();
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                using HttpResponseMessage answer = await client.GetAsync(new Uri(endpoint, "/moto-api/"));
                return endpoint;
            }
            catch (HttpRequestException) when (_process.HasExited)
            {
                _problem = $"moto_server does not run on this machine: {_errors}";
                return null;
            }
            catch (HttpRequestException) when (attempt < 3000)
            {
                await Task.Delay(100);
            }
        }
    }
}
