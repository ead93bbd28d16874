using System.Diagnostics;
using System.Globalization;

namespace ApiKey.Benchmarks;

/// <summary>An import of 10,000 keys killed at random moments and run again: how many keys there are in the end.</summary>
internal static class KilledImportBenchmark
{
    // Slow enough that most kills come while calls are made.
    private const int CallsPerSecond = 40;

    public static void Run(int keys)
    {
        int times = keys / 500;
        TimeSpan whole = Figures.Time(() => ImportOnce(keys, null));
        Console.WriteLine($"Import -Path of {keys} keys, some with tags, in a process of its own: {whole.TotalSeconds:F1} s. Killed and "
            + "run again:");
        Random random = new(4);
        for (int run = 0; run < times; run++)
        {
            ImportOnce(keys, whole * random.NextDouble());
        }
    }

    private static void ImportOnce(int keys, TimeSpan? killAfter)
    {
        string folder = Directory.CreateTempSubdirectory("apikey-bench-").FullName;
        try
        {
            using EmulatorProcess emulator = EmulatorProcess.Start();
            string file = KeyRows.Write(folder, keys, row => row % 100 == 0 ? "env=prod" : "");
            string import = $"Import-Module '{ModuleRunspace.Manifest}'; Connect-ApiGateway -Region eu-central-1 -EndpointUrl "
                + $"{emulator.Uri} -AccessKey AKIDEXAMPLE -SecretKey secret -RequestsPerSecond {CallsPerSecond}; Import-ApiGatewayApiKey "
                + $"-Path '{file}' | ForEach-Object {{ }}";
            string moment = "";
            if (killAfter is { } delay)
            {
                using Process first = ModuleProcess.Start(import);
                first.WaitForExit(delay);
                first.Kill(entireProcessTree: true);
                first.WaitForExit();
                bool wasDone = Directory.EnumerateFiles(folder, "*.import")
                    .Any(seed => File.ReadAllText(seed).Contains("done", StringComparison.Ordinal));
                moment = string.Create(CultureInfo.InvariantCulture,
                    $"killed after {delay.TotalSeconds:F2} s with {KeysAt(emulator.Uri)} keys "
                    + $"there{(wasDone ? " and nothing left to do" : "")}, ");
            }

            using Process last = ModuleProcess.Start(import);
            last.StandardOutput.ReadToEnd();
            last.WaitForExit();
            if (killAfter is not null)
            {
                Console.WriteLine($"  {moment}run again: {KeysAt(emulator.Uri)} keys, exit code {last.ExitCode}");
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static int KeysAt(Uri uri)
    {
        using ModuleRunspace module = new();
        module.Connect(uri);
        return module.Run("Get-ApiGatewayApiKey").Count;
    }
}
