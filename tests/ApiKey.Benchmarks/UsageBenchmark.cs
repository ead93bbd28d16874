using System.Globalization;

namespace ApiKey.Benchmarks;

/// <summary>A usage report of many piped keys: calls and time, compared with asking key by key.</summary>
internal static class UsageBenchmark
{
    public static void Run(int keys)
    {
        using ModuleRunspace module = new();
        module.Run("$connection = Connect-ApiGateway -Emulator -Region eu-central-1 -PassThru; $emulator = $connection.Emulator; $plan = "
            + "New-ApiGatewayUsagePlan p -QuotaLimit 100000 -QuotaPeriod Month; $keys = 1..$args[0] | ForEach-Object { \"key-$_\" } | "
            + "New-ApiGatewayApiKey -UsagePlanId $plan; foreach ($key in $keys) { $emulator.SeedUsage('eu-central-1', $plan.Id, $key.Id, "
            + "[DateOnly]::FromDateTime([DateTime]::UtcNow), 5) }", keys);
        foreach ((string name, string script) in new[]
        {
            ("piped at once", "$n = 0; $keys | Get-ApiGatewayApiKeyUsage | ForEach-Object { $n++ }; $n"),
            ("key by key", "$n = 0; foreach ($key in $keys) { $key | Get-ApiGatewayApiKeyUsage | ForEach-Object { $n++ } }; $n"),
        })
        {
            long before = Requests(module);
            object rows = 0;
            TimeSpan taken = Figures.Time(() => rows = module.Run(script)[0].BaseObject);
            string calls = Figures.Count(Requests(module) - before, "call");
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"Usage of {keys} keys over 30 days, {name}: {calls}, {rows} rows, {taken.TotalSeconds:F2} s "
                + $"without quotas"));
        }
    }

    private static long Requests(ModuleRunspace module) => (long)module.Run("$emulator.RequestCount")[0].BaseObject;
}
