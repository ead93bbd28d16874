using System.Diagnostics;

namespace ApiKey.Benchmarks;

/// <summary>Import-Module alone: its time compared with an engine that imports nothing, and what it loads.</summary>
internal static class ImportBenchmark
{
    public static void Run(int processes)
    {
        Console.WriteLine("Import-Module, first in a process, several processes:");
        List<double> times = [];
        string loaded = "";
        for (int run = 0; run < processes; run++)
        {
            string[] lines = Capture(
                $"Remove-Module ApiKey; $w = [Diagnostics.Stopwatch]::StartNew(); Import-Module '{ModuleRunspace.Manifest}'; "
                + $"$w.Elapsed.TotalMilliseconds; @([AppDomain]::CurrentDomain.GetAssemblies() | Where-Object {{ $_.GetName().Name -match "
                + $"'^(AWSSDK|ApiKey.Aws)' }}).Count");
            times.Add(double.Parse(lines[0], System.Globalization.CultureInfo.InvariantCulture));
            loaded = lines[1];
        }

        Console.WriteLine($"  median {Figures.Median(times.Skip(1)):F0} ms; AWS assemblies loaded by it: {loaded}");
    }

    private static string[] Capture(string command)
    {
        using Process process = ModuleProcess.Start(command);
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
