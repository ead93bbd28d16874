using System.Globalization;
using ApiKey.Benchmarks;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
switch (args)
{
    case ["emulator", string seed]:
        EmulatorProcess.Serve(int.Parse(seed, CultureInfo.InvariantCulture));
        return 0;
    case ["import"]:
        ImportBenchmark.Run();
        return 0;
    case ["create", .. string[] rest]:
        CreateBenchmark.Run(rest.Length > 0 ? int.Parse(rest[0], CultureInfo.InvariantCulture) : 2000);
        return 0;
    case ["list"]:
        ListBenchmark.Run(10_000);
        ListBenchmark.Run(100_000);
        return 0;
    case ["plan", .. string[] rest]:
        PlanBenchmark.Run(rest.Length > 0 ? int.Parse(rest[0], CultureInfo.InvariantCulture) : 1000);
        return 0;
    case ["emulator-figures"]:
        EmulatorBenchmark.Run();
        return 0;
    case []:
        ImportBenchmark.Run();
        CreateBenchmark.Run(2000);
        ListBenchmark.Run(10_000);
        ListBenchmark.Run(100_000);
        PlanBenchmark.Run(1000);
        EmulatorBenchmark.Run();
        return 0;
    default:
        Console.Error.WriteLine("Usage: dotnet run -c Release --project tests/ApiKey.Benchmarks [import | create [COUNT] | list | plan [COUNT] | emulator-figures]");
        return 2;
}
