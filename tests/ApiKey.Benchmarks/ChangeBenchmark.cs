using System.Diagnostics;
using System.Globalization;

namespace ApiKey.Benchmarks;

/// <summary>Many changes without quotas: creates one at a time and eight at once compared with boto3, also by processor time; sets and
/// removals.</summary>
internal static class ChangeBenchmark
{
    public static void Run(int keys)
    {
        Create(keys, throttleLimit: 1);
        Create(keys, throttleLimit: 8);
        SetAndRemove(5 * keys, throttleLimit: 1);
        SetAndRemove(5 * keys, throttleLimit: 8);
    }

    private static void Create(int keys, int throttleLimit)
    {
        Console.WriteLine($"{keys} creates without quotas, -ThrottleLimit {throttleLimit}:");
        using EmulatorProcess emulator = EmulatorProcess.Start();
        using ModuleRunspace module = new();
        module.Connect(emulator.Uri);
        List<double> wall = [];
        List<double> processor = [];
        const int WarmUps = 3;
        for (int round = 0; round < WarmUps + 5; round++)
        {
            string prefix = string.Create(CultureInfo.InvariantCulture, $"r{round}");
            TimeSpan processorBefore = Process.GetCurrentProcess().TotalProcessorTime;
            TimeSpan taken = Figures.Time(()
                => module.Run("$p = $args[0]; 1..$args[1] | ForEach-Object { \"$p-$_\" } | New-ApiGatewayApiKey -ThrottleLimit $args[2] | "
                    + "ForEach-Object { }", prefix, keys, throttleLimit));
            TimeSpan used = Process.GetCurrentProcess().TotalProcessorTime - processorBefore;
            if (!Peers.HasBoto3)
            {
                Console.WriteLine("  boto3 was not found on this machine.");
                return;
            }

            Boto3Run boto3 = Peers.Boto3(emulator.Uri, keys, prefix);
            if (round >= WarmUps)
            {
                wall.Add(taken / boto3.Wall);
                processor.Add(used / boto3.Processor);
            }
        }

        Console.WriteLine($"  New-ApiGatewayApiKey takes {Figures.Median(wall):F2} of boto3's time and {Figures.Median(processor):F2} of "
            + "its processor time (medians of pairs)");
    }

    private static void SetAndRemove(int keys, int throttleLimit)
    {
        using EmulatorProcess emulator = EmulatorProcess.Start(keys);
        using ModuleRunspace module = new();
        module.Connect(emulator.Uri);
        module.Run("Get-ApiGatewayApiKey -Name none*");
        Report($"Set-ApiGatewayApiKey -ThrottleLimit {throttleLimit}",
            $"Get-ApiGatewayApiKey | Set-ApiGatewayApiKey -Description changed -ThrottleLimit {throttleLimit}", emulator, module, keys);
        Report($"Remove-ApiGatewayApiKey -ThrottleLimit {throttleLimit}",
            $"Get-ApiGatewayApiKey | Remove-ApiGatewayApiKey -Confirm:0 -ThrottleLimit {throttleLimit}", emulator, module, keys);
    }

    private static void Report(string name, string script, EmulatorProcess emulator, ModuleRunspace module, int keys)
    {
        long before = emulator.Count().Requests;
        TimeSpan taken = default;
        MemoryPeak memory = MemoryPeak.Of(() => taken = Figures.Time(() => module.Run(script)));
        Console.WriteLine($"{keys} {name} from a listing: {keys / taken.TotalSeconds:F0} a second, {emulator.Count().Requests - before} "
            + $"calls; {memory}");
    }
}
