namespace ApiKey.Benchmarks;

/// <summary>One benchmark: what it is called on the command line and on the page, and how much it does.</summary>
/// <param name="Name">The argument that runs it alone.</param>
/// <param name="Title">Its heading on the page.</param>
/// <param name="Full">How many keys, rows or megabytes, unless specified.</param>
/// <param name="Quick">How many with -Quick.</param>
/// <param name="Run">Runs it with so many and prints figures.</param>
internal sealed record Benchmark(string Name, string Title, int Full, int Quick, Action<int> Run)
{
    /// <summary>All of them, in the order of the page.</summary>
    public static IReadOnlyList<Benchmark> All { get; } =
    [
        new("import", "Import-Module", 6, 6, ImportBenchmark.Run),
        new("first-call", "The first call of a new process", 7, 5, FirstCallBenchmark.Run),
        new("create", "Creating keys", 2000, 200, CreateBenchmark.Run),
        new("list", "Listing keys", 100_000, 10_000, ListBenchmark.Run),
        new("quotas", "Within AWS's quotas", 200, 50, QuotaBenchmark.Run),
        new("change", "Changing keys", 2000, 200, ChangeBenchmark.Run),
        new("faults", "With faults", 1000, 200, FaultBenchmark.Run),
        new("rows", "Rows of a file", 100_000, 10_000, RowsBenchmark.Run),
        new("killed", "An import that is killed", 10_000, 2000, KilledImportBenchmark.Run),
        new("plan", "A plan of a desired state", 1000, 200, keys => PlanBenchmark.Run(keys)),
        new("usage-plans", "A plan of a desired state with usage plans", 1000, 200, keys => PlanBenchmark.Run(keys, plans: 20)),
        new("rotate", "Rotation", 200, 50, RotateBenchmark.Run),
        new("usage", "Usage", 1000, 200, UsageBenchmark.Run),
        new("leak", "Leaked values in files", 1000, 100, LeakBenchmark.Run),
        new("emulator-figures", "The emulator", 4000, 1000, EmulatorBenchmark.Run),
    ];
}
