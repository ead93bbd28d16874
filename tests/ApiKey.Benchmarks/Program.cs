using System.Globalization;
using ApiKey.Benchmarks;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is ["emulator", string seed, string mode])
{
    EmulatorProcess.Serve(int.Parse(seed, CultureInfo.InvariantCulture), mode);
    return 0;
}

if (args is ["report", "quick" or "full", string file])
{
    Report.Write(file, args[1] == "quick");
    return 0;
}

// A number after the name says how many keys, rows or rounds.
int? count = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : null;
List<(string Name, Action Run)> benchmarks =
[
    ("import", ImportBenchmark.Run),
    ("first-call", FirstCallBenchmark.Run),
    ("create", () => CreateBenchmark.Run(count ?? 2000)),
    ("list", () => Array.ForEach([10_000, 100_000], ListBenchmark.Run)),
    ("quotas", () => QuotaBenchmark.Run(count ?? 200)),
    ("change", () => ChangeBenchmark.Run(count ?? 2000)),
    ("faults", () => FaultBenchmark.Run(count ?? 1000)),
    ("rows", () => RowsBenchmark.Run(count ?? 100_000)),
    ("killed", () => KilledImportBenchmark.Run(10_000, count ?? 20)),
    ("plan", () => PlanBenchmark.Run(count ?? 1000)),
    ("usage-plans", () => PlanBenchmark.Run(count ?? 1000, plans: 20)),
    ("rotate", () => RotateBenchmark.Run(count ?? 200)),
    ("usage", () => UsageBenchmark.Run(count ?? 1000)),
    ("leak", () => LeakBenchmark.Run(count ?? 1000)),
    ("emulator-figures", EmulatorBenchmark.Run),
];
Action[] chosen = [.. benchmarks.Where(one => args.Length == 0 || one.Name == args[0]).Select(one => one.Run)];
if (chosen.Length == 0)
{
    Console.Error.WriteLine(
        $"Usage: dotnet run -c Release --project tests/ApiKey.Benchmarks [{string.Join(" | ", benchmarks.Select(one => one.Name))}] "
        + "[COUNT], or report quick|full FILE");
    return 2;
}

Array.ForEach(chosen, run => run());
return 0;
