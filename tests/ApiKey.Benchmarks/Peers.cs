using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ApiKey.Benchmarks;

/// <summary>The other tools, where they are installed.</summary>
internal static class Peers
{
    public static bool HasBoto3 { get; } = Succeeds("python3", "-c", "import boto3");

    public static bool HasAwsCli { get; } = Succeeds("aws", "--version");

    public static bool HasMoto { get; } = Succeeds("moto_server", "--help");

    /// <summary>Starts moto_server and waits until it answers.</summary>
    public static Process StartMoto(out Uri uri)
    {
        using TcpListener probe = new(IPAddress.Loopback, 0);
        probe.Start();
        int port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        uri = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/"));
        Process moto = Process.Start(new ProcessStartInfo("moto_server", ["-H", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture)]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        moto.OutputDataReceived += (_, _) => { };
        moto.ErrorDataReceived += (_, _) => { };
        moto.BeginOutputReadLine();
        moto.BeginErrorReadLine();
        using HttpClient client = new();
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                client.GetAsync(uri).GetAwaiter().GetResult().Dispose();
                return moto;
            }
            catch (HttpRequestException) when (attempt < 100)
            {
                Thread.Sleep(200);
            }
        }
    }

    /// <summary>Its own time, without starting Python.</summary>
    public static TimeSpan Boto3Create(Uri endpoint, int count, string prefix)
    {
        string output = Run("python3", Path.Combine(AppContext.BaseDirectory, "peers", "create.py"), endpoint.ToString(), count.ToString(CultureInfo.InvariantCulture), prefix);
        return TimeSpan.FromSeconds(double.Parse(output, CultureInfo.InvariantCulture));
    }

    public static TimeSpan CliCreate(Uri endpoint, int count, string prefix) => Figures.Time(() =>
    {
        for (int number = 0; number < count; number++)
        {
            Run("aws", "apigateway", "create-api-key", "--name", $"{prefix}-{number}", "--enabled", "--endpoint-url", endpoint.ToString(), "--region", "eu-central-1");
        }
    });

    /// <summary>Whether a program runs here.</summary>
    public static bool Has(string file, params string[] arguments) => Succeeds(file, arguments);

    /// <summary>How long a program takes from start to end.</summary>
    public static TimeSpan Whole(string file, params string[] arguments) => Figures.Time(() => Run(file, arguments));

    private static bool Succeeds(string file, params string[] arguments)
    {
        try
        {
            Run(file, arguments);
            return true;
        }
        catch (Exception failure) when (failure is Win32Exception or InvalidOperationException)
        {
            return false;
        }
    }

    private static string Run(string file, params string[] arguments)
    {
        ProcessStartInfo start = new(file, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["AWS_ACCESS_KEY_ID"] = "AKIDEXAMPLE";
        start.Environment["AWS_SECRET_ACCESS_KEY"] = "wJalrXUtnFEMIbPxRfiCYEXAMPLEKEY";
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{file}: {errors.Result}");
    }
}
