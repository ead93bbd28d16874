using System.Diagnostics;
using System.Globalization;

namespace ApiKey.Benchmarks;

/// <summary>A program that is run and watched: how long it takes, and the most memory it and what it starts hold at once.</summary>
internal static class MeasuredProcess
{
    /// <summary>Runs a program, which must end well.</summary>
    public static (TimeSpan Taken, long PeakBytes) Run(string file, string[] arguments, string folder,
        params (string Name, string Value)[] environment)
    {
        ProcessStartInfo start = new(file, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder
        };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        Stopwatch watch = Stopwatch.StartNew();
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        long peak = 0;
        while (!process.WaitForExit(25))
        {
            peak = Math.Max(peak, Resident(process.Id));
        }

        TimeSpan taken = watch.Elapsed;
        return process.ExitCode == 0 ? (taken, peak)
            : throw new InvalidOperationException($"{file} {string.Join(' ', arguments)}: {output.Result}{errors.Result}");
    }

    // Linux tells it by files; elsewhere memory is not measured.
    private static long Resident(int id)
    {
        try
        {
            string? line = File.ReadLines($"/proc/{id}/status").FirstOrDefault(one => one.StartsWith("VmRSS:", StringComparison.Ordinal));
            long own = line is null ? 0
                : long.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
            return own + Directory.EnumerateDirectories($"/proc/{id}/task")
                .SelectMany(task => File.ReadAllText(Path.Combine(task, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Sum(child => Resident(int.Parse(child, CultureInfo.InvariantCulture)));
        }
        catch (IOException)
        {
            // It ended while it was looked at.
            return 0;
        }
    }
}
