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
    return Report.Write(file, args[1] == "quick") ? 0 : 1;
}

if (args is ["cost", string keys, .. string[] others])
{
    CostBenchmark.Run(int.Parse(keys, CultureInfo.InvariantCulture), [.. others, ModuleRunspace.Manifest]);
    return 0;
}

// A number after the name says how many keys, rows or megabytes.
int? count = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : null;
Benchmark[] chosen = [.. Benchmark.All.Where(one => args.Length == 0 || one.Name == args[0])];
if (chosen.Length == 0)
{
    Console.Error.WriteLine(
        $"Usage: dotnet run -c Release --project tests/ApiKey.Benchmarks [{string.Join(" | ", Benchmark.All.Select(one => one.Name))}] "
        + "[COUNT], or report quick|full FILE");
    return 2;
}

Array.ForEach(chosen, one => one.Run(count ?? one.Full));
return 0;
