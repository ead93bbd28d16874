using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace ApiKey.Benchmarks;

/// <summary>All benchmarks in one run, as a page: the machine, the versions, and the figures as ratios.</summary>
internal static class Report
{
    /// <summary>Runs everything and writes the page; what is measured shows meanwhile. What fails is named on the page, and the rest goes
    /// on.</summary>
    /// <param name="file">Where the page goes.</param>
    /// <param name="quick">Whether sizes are small: minutes instead of an hour.</param>
    /// <returns>Whether everything was measured.</returns>
    public static bool Write(string file, bool quick)
    {
        StringBuilder page = new();
        page.Append(CultureInfo.InvariantCulture, $"""
            # Performance

            Made by `build.ps1 -Task Benchmark{(quick ? " -Quick" : "")}` on {DateTime.UtcNow:yyyy-MM-dd}. Times depend on the machine
            and on what else it does; the ratios within one run are what counts.

            | | |
            |---|---|
            {Rows()}

            """);
        TextWriter screen = Console.Out;
        List<string> failed = [];
        foreach (Benchmark benchmark in Benchmark.All)
        {
            screen.WriteLine(benchmark.Title);
            using StringWriter figures = new(CultureInfo.InvariantCulture);
            Console.SetOut(figures);
            try
            {
                benchmark.Run(quick ? benchmark.Quick : benchmark.Full);
            }
            catch (Exception failure)
            {
                // Whatever it is, it says nothing about the other benchmarks. The page does not repeat it: it may name folders.
                Console.Error.WriteLine($"{benchmark.Name} failed: {failure}");
                figures.WriteLine("Not measured: the benchmark failed here.");
                failed.Add(benchmark.Name);
            }
            finally
            {
                Console.SetOut(screen);
                screen.Write(figures);
            }

            page.Append(CultureInfo.InvariantCulture, $"\n## {benchmark.Title}\n\n```\n{figures.ToString().TrimEnd()}\n```\n");
        }

        File.WriteAllText(file, page.ToString());
        screen.WriteLine(failed.Count == 0 ? $"Everything was measured; {file} has the figures."
            : $"Not measured, because they failed: {string.Join(", ", failed)}. {file} has the other figures.");
        return failed.Count == 0;
    }

    private static string Rows()
    {
        string memory = string.Create(CultureInfo.InvariantCulture,
            $"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9:F0} GB");
        IEnumerable<(string Name, string Value)> rows =
        [
            ("system", $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}"),
            ("processors", Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture)),
            ("memory", memory),
            .. Load() is { } load ? [("processes that wanted a processor, a minute before", load)] : Array.Empty<(string, string)>(),
            ("ApiKey", typeof(Report).Assembly.GetName().Version!.ToString(3)),
            (".NET", RuntimeInformation.FrameworkDescription),
            .. Peers.Versions(),
        ];
        return string.Join('\n', rows.Select(row => $"| {row.Name} | {row.Value} |"));
    }

    // Linux tells it by a file.
    private static string? Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : null;
}
