using System.Globalization;

namespace ApiKey.Benchmarks;

/// <summary>What the module's main jobs cost for each key: calls, allocated bytes and processor time. The module of another commit is
/// measured next to it: calls and bytes hardly depend on the machine.</summary>
internal static class CostBenchmark
{
    private const int FirstCalls = 3;

    // The first one, which compiles everything, does not count.
    private const int Rounds = 6;

    // Everything is compiled once and for good, as the runtime does it for what runs long. A first call takes what it finds.
    private static readonly (string Name, string Value)[] InTheLongRun = [("DOTNET_TieredCompilation", "0"), ("DOTNET_ReadyToRun", "0")];

    /// <summary>Does every job with every module and prints what it costs.</summary>
    /// <param name="count">How many keys the jobs are about.</param>
    /// <param name="modules">Manifests of modules; the first is what the others are compared with.</param>
    public static void Run(int count, params string[] modules)
    {
        string folder = Directory.CreateTempSubdirectory("apikey-cost-").FullName;
        try
        {
            File.Move(KeyRows.Write(folder, count), Path.Combine(folder, "keys.csv"));
            File.WriteAllLines(Path.Combine(folder, "keys.json"),
                ["[", .. Enumerable.Range(0, count).Select(key =>
                    $$"""{ "name": "{{EmulatorProcess.NameOf(key)}}", "description": "" },"""), "]"]);
            Console.WriteLine($"For each of {count} keys, and for a whole first call, which lists 10:");
            foreach (string job in new[] { "create", "list", "plan", "import" })
            {
                Compare(modules, job, count, job is "list" or "plan" ? count : 0, folder, processes: 1, Rounds);
            }

            Compare(modules, "first-call", 1, 10, folder, FirstCalls, rounds: 1);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Compare(string[] modules, string job, int items, int seed, string folder, int processes, int rounds)
    {
        double[]? first = null;
        foreach (string module in modules)
        {
            using EmulatorProcess emulator = EmulatorProcess.Start(seed);
            double[][] costs = [.. Enumerable.Range(0, processes)
                .SelectMany(_ => Run(module, job, emulator.Uri, items, folder, rounds))];
            double[] cost =
            [
                emulator.Count().Requests / (double)(processes * rounds) / items,
                .. new[] { 0, 1 }.Select(column => Figures.Median(costs.Select(one => one[column])) / items),
            ];
            first ??= cost;
            Console.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"  {job,-10} {cost[0],7:F3} calls {cost[1],12:N0} bytes {cost[2],9:F3} ms")
                + (cost == first ? ""
                    : $"   {string.Join(", ", cost.Zip(first, (one, other) => Figures.Ratio(one / other)))} of the first"));
        }
    }

    // Bytes and milliseconds of each round that counts.
    private static IEnumerable<double[]> Run(string module, string job, Uri emulator, int items, string folder, int rounds)
    {
        string[] pwsh = Peers.PowerShell ?? throw new InvalidOperationException("pwsh was not found on this machine.");
        string output = Peers.Run(
            pwsh[0],
            [.. pwsh[1..], "-NoProfile", "-File", Path.Combine(AppContext.BaseDirectory, "peers", "cost.ps1"), Path.GetFullPath(module),
                job, emulator.ToString(), $"{items}", folder, $"{rounds}"],
            rounds == 1 ? [] : InTheLongRun);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Skip(rounds == 1 ? 0 : 1)
            .Select(line => line.Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray());
    }
}
