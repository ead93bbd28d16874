using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace ApiKey.Benchmarks;

/// <summary>All benchmarks in one run, as a page: the machine, the versions, and the figures as ratios.</summary>
internal static class Report
{
    /// <summary>Runs everything and writes the page; what is measured shows meanwhile.</summary>
    /// <param name="file">Where the page goes.</param>
    /// <param name="quick">Whether sizes are small: minutes instead of an hour.</param>
    public static void Write(string file, bool quick)
    {
        (string Title, Action Run)[] parts =
        [
            ("Import of keys", ImportBenchmark.Run),
            ("A first call of a new process", FirstCallBenchmark.Run),
            ("Creating keys", () => CreateBenchmark.Run(quick ? 200 : 2000)),
            ("Listing keys", () => Array.ForEach<int>(quick ? [10_000] : [10_000, 100_000], ListBenchmark.Run)),
            ("Within AWS's quotas", () => QuotaBenchmark.Run(quick ? 50 : 200)),
            ("Changing keys", () => ChangeBenchmark.Run(quick ? 200 : 2000)),
            ("With faults", () => FaultBenchmark.Run(quick ? 200 : 1000)),
            ("Rows from a pipeline", () => RowsBenchmark.Run(quick ? 10_000 : 100_000)),
            ("An import that is killed", () => KilledImportBenchmark.Run(quick ? 2000 : 10_000, quick ? 5 : 20)),
            ("A plan of a desired state", () => PlanBenchmark.Run(quick ? 200 : 1000)),
            ("A plan of a desired state with usage plans", () => PlanBenchmark.Run(quick ? 200 : 1000, plans: 20)),
            ("Rotation", () => RotateBenchmark.Run(quick ? 50 : 200)),
            ("Usage", () => UsageBenchmark.Run(quick ? 200 : 1000)),
            ("The emulator", EmulatorBenchmark.Run),
        ];
        StringBuilder page = new();
        page.Append(CultureInfo.InvariantCulture, $"""
            # Performance

            Made by `build.ps1 -Task Benchmark{(quick ? " -Quick" : "")}` on {DateTime.UtcNow:yyyy-MM-dd}. Times depend on the machine;
            the ratios within one run are what counts.

            | | |
            |---|---|
            | system | {RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture} |
            | processors | {Environment.ProcessorCount} |
            | .NET | {RuntimeInformation.FrameworkDescription} |
            | ApiKey | {typeof(Report).Assembly.GetName().Version!.ToString(3)} |

            """);
        TextWriter screen = Console.Out;
        foreach ((string title, Action run) in parts)
        {
            screen.WriteLine(title);
            using StringWriter figures = new(CultureInfo.InvariantCulture);
            Console.SetOut(figures);
            try
            {
                run();
            }
            finally
            {
                Console.SetOut(screen);
                screen.Write(figures);
            }

            page.Append(CultureInfo.InvariantCulture, $"\n## {title}\n\n```\n{figures.ToString().TrimEnd()}\n```\n");
        }

        File.WriteAllText(file, page.ToString());
    }
}
