using System.Diagnostics;
using System.Globalization;
using ApiKey.Emulator;
using ApiKey.Emulator.Faults;
using ApiKey.Emulator.Store;

namespace ApiKey.Benchmarks;

/// <summary>The emulator in a process of its own, so that its time and memory are not counted to any client.</summary>
internal sealed class EmulatorProcess : IDisposable
{
    public const string Free = "free";
    public const string Quotas = "quotas";
    public const string SlowQuotas = "slow-quotas";
    public const string Faults = "faults";
    public const string Refuse = "refuse";

    private readonly Process _process;

    private EmulatorProcess(Process process, Uri uri)
    {
        _process = process;
        Uri = uri;
    }

    public Uri Uri { get; }

    /// <summary>Starts one.</summary>
    /// <param name="seed">Keys that are there from the start.</param>
    /// <param name="mode">How AWS behaves: <c>free</c>, with its <c>quotas</c>, with them and 200 ms a call (<c>slow-quotas</c>), with many
    /// <c>faults</c>, or it may <c>refuse</c> every import.</param>
    public static EmulatorProcess Start(int seed = 0, string mode = Free)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!, [.. Entry(), "emulator", seed.ToString(CultureInfo.InvariantCulture), mode])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        };
        Process process = Process.Start(start)!;
        string line = process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The emulator did not start.");
        return new EmulatorProcess(process, new Uri(line));
    }

    /// <summary>What it counted so far.</summary>
    public EmulatorCounts Count()
    {
        _process.StandardInput.WriteLine();
        long[] counts = [.. _process.StandardOutput.ReadLine()!.Split(' ').Select(text => long.Parse(text, CultureInfo.InvariantCulture))];
        return new EmulatorCounts(counts[0], counts[1], counts[2]);
    }

    /// <summary>Serves until standard input ends; each line of it is answered with the counts.</summary>
    public static void Serve(int seed, string mode)
    {
        ApiGatewayEmulator emulator = new(quotas: mode is Quotas or SlowQuotas ? new EmulatorQuotas() : null, faults: mode switch
        {
            Faults => ManyFaults(),
            SlowQuotas => [new EmulatorFault { Kind = EmulatorFaultKind.Latency, Milliseconds = 200 }],
            Refuse => [new EmulatorFault { Kind = EmulatorFaultKind.AccessDenied, Operation = "ImportApiKeys" }],
            _ => [],
        });
        for (int number = 0; number < seed; number++)
        {
            emulator.Seed(new SeedKey { Region = "eu-central-1", Name = NameOf(number) });
        }

        using EmulatorServer server = new(emulator);
        Console.WriteLine(server.Uri);
        while (Console.ReadLine() is not null)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{emulator.RequestCount} {emulator.CountOf("CreateApiKey")} {emulator.CountOf(429)}"));
        }
    }

    /// <summary>What a key is called that is there from the start.</summary>
    public static string NameOf(int number) => string.Create(CultureInfo.InvariantCulture, $"key-{number:D6}");

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    // One create in ten loses its answer after the key was made, one in ten fails, one in ten is throttled.
    private static EmulatorFault[] ManyFaults() =>
    [
        new() { Kind = EmulatorFaultKind.ResetAfter, Operation = "CreateApiKey", Probability = 0.1, Seed = 11 },
        new() { Kind = EmulatorFaultKind.InternalError, Operation = "CreateApiKey", Probability = 0.1, Seed = 12 },
        new() { Kind = EmulatorFaultKind.TooManyRequests, Operation = "CreateApiKey", Probability = 0.1, Seed = 13 },
    ];

    // Under "dotnet run" the process is the program itself; under "dotnet x.dll" it is the host, which wants the dll first.
    private static string[] Entry() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath!).Equals("dotnet", StringComparison.OrdinalIgnoreCase)
            ? [Path.Combine(AppContext.BaseDirectory, "ApiKey.Benchmarks.dll")]
            : [];
}

/// <summary>What an emulator counted.</summary>
/// <param name="Requests">Requests in all.</param>
/// <param name="Creates">CreateApiKey requests.</param>
/// <param name="Throttled">Answers 429.</param>
internal sealed record EmulatorCounts(long Requests, long Creates, long Throttled);
