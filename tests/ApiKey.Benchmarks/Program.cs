using System.Globalization;
using ApiKey.Benchmarks;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
switch (args)
{
    case ["emulator", string seed, string mode]:
        EmulatorProcess.Serve(int.Parse(seed, CultureInfo.InvariantCulture), mode);
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
    case ["quotas"]:
        QuotaBenchmark.Run();
        return 0;
    case ["change"]:
        ChangeBenchmark.Run();
        return 0;
    case ["bad-day"]:
        BadDayBenchmark.Run(1000);
        return 0;
    case ["rows"]:
        RowsBenchmark.Run(100_000);
        return 0;
    case ["killed", .. string[] rest]:
        KilledImportBenchmark.Run(10_000, rest.Length > 0 ? int.Parse(rest[0], CultureInfo.InvariantCulture) : 20);
        return 0;
    case ["emulator-figures"]:
        EmulatorBenchmark.Run();
        return 0;
    case []:
        ImportBenchmark.Run();
        CreateBenchmark.Run(2000);
        ListBenchmark.Run(10_000);
        ListBenchmark.Run(100_000);
        EmulatorBenchmark.Run();
        QuotaBenchmark.Run();
        ChangeBenchmark.Run();
        BadDayBenchmark.Run(1000);
        RowsBenchmark.Run(100_000);
        KilledImportBenchmark.Run(10_000, 20);
        return 0;
    default:
        Console.Error.WriteLine("Usage: dotnet run -c Release --project tests/ApiKey.Benchmarks [import | create [COUNT] | list | quotas | change | bad-day | rows | killed [TIMES] | emulator-figures]");
        return 2;
}
