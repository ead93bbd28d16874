using System.Diagnostics;
using System.Globalization;
using ApiKey.Emulator;

namespace ApiKey.Benchmarks;

/// <summary>The emulator in a process of its own, so that its time and memory are not counted to any client.</summary>
internal sealed class EmulatorProcess : IDisposable
{
    private readonly Process _process;

    private EmulatorProcess(Process process, Uri uri)
    {
        _process = process;
        Uri = uri;
    }

    public Uri Uri { get; }

    public static EmulatorProcess Start(int seed = 0)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!, [.. Entry(), "emulator", seed.ToString(CultureInfo.InvariantCulture)])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        };
        Process process = Process.Start(start)!;
        string line = process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The emulator did not start.");
        return new EmulatorProcess(process, new Uri(line));
    }

    /// <summary>How many requests came in so far.</summary>
    public long CountRequests()
    {
        _process.StandardInput.WriteLine("count");
        return long.Parse(_process.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
    }

    /// <summary>Serves until standard input ends; a line there is answered with the number of requests.</summary>
    public static void Serve(int seed)
    {
        ApiGatewayEmulator emulator = new();
        for (int number = 0; number < seed; number++)
        {
            emulator.Seed(new SeedKey { Region = "eu-central-1", Name = $"key-{number:D6}" });
        }

        using EmulatorServer server = new(emulator);
        Console.WriteLine(server.Uri);
        while (Console.In.ReadLine() is not null)
        {
            Console.WriteLine(emulator.RequestCount.ToString(CultureInfo.InvariantCulture));
        }
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    // Under "dotnet run" the process is the program itself; under "dotnet x.dll" it is the host, which wants the dll first.
    private static string[] Entry() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath!).Equals("dotnet", StringComparison.OrdinalIgnoreCase)
            ? [Path.Combine(AppContext.BaseDirectory, "ApiKey.Benchmarks.dll")]
            : [];
}
