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
    case ["emulator-figures"]:
        EmulatorBenchmark.Run();
        return 0;
    case ["rotate", .. string[] rest]:
        RotateBenchmark.Run(rest.Length > 0 ? int.Parse(rest[0], CultureInfo.InvariantCulture) : 200);
        return 0;
    case ["usage", .. string[] rest]:
        UsageBenchmark.Run(rest.Length > 0 ? int.Parse(rest[0], CultureInfo.InvariantCulture) : 1000);
        return 0;
    case []:
        ImportBenchmark.Run();
        CreateBenchmark.Run(2000);
        ListBenchmark.Run(10_000);
        ListBenchmark.Run(100_000);
        EmulatorBenchmark.Run();
        RotateBenchmark.Run(200);
        UsageBenchmark.Run(1000);
        return 0;
    default:
        Console.Error.WriteLine("Usage: dotnet run -c Release --project tests/ApiKey.Benchmarks [import | create [COUNT] | list | emulator-figures | rotate [COUNT] | usage [COUNT]]");
        return 2;
}
