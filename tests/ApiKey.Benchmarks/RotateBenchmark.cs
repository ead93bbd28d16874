using System.Globalization;
using System.Management.Automation;

namespace ApiKey.Benchmarks;

/// <summary>Rotations of many keys on an emulator that enforces AWS's quotas: calls a key, refusals, and time compared with the
/// least that the
/// quotas allow.</summary>
internal static class RotateBenchmark
{
    private const double CallsPerSecond = 10;
    private const double CreatesPerSecond = 5;

    public static void Run(int keys)
    {
        foreach ((string action, int writes) in new[] { ("Keep", 3), ("Disable", 4), ("Remove", 3) })
        {
            using ModuleRunspace module = new();
            module.Run(string.Create(CultureInfo.InvariantCulture,
                $"$connection = Connect-ApiGateway -Emulator -EnforceQuota -Region eu-central-1 -RequestsPerSecond {CallsPerSecond} "
                + $"-PassThru; $emulator = $connection.Emulator"));
            module.Run("$plan = New-ApiGatewayUsagePlan p; $file = [IO.Path]::GetTempFileName(); $rows = 1..$args[0] | ForEach-Object { "
                + "\"key-$_,$([guid]::NewGuid().ToString('N')),$($plan.Id)\" }; [IO.File]::WriteAllLines($file, @('Name,Key,UsagePlanIds') "
                + "+ $rows); $null = Import-ApiGatewayApiKey -Path $file; [IO.File]::Delete($file); $keys = Get-ApiGatewayApiKey", keys);
            Thread.Sleep(TimeSpan.FromSeconds(5));
            long before = Requests(module);
            IReadOnlyList<PSObject> done = [];
            TimeSpan taken = Figures.Time(() => done =
                module.Run("$keys | Invoke-ApiGatewayApiKeyRotation -OldKey $args[0] -Confirm:$false -Force -ThrottleLimit 8", action));
            long calls = Requests(module) - before;

            // Nothing can be quicker than the writes at the rate of all calls, or the creates at theirs.
            double least = Math.Max((double)keys * writes / CallsPerSecond, keys / CreatesPerSecond);
            Console.WriteLine($"{action,-8} {done.Count} of {keys} rotated with {calls} calls ({(double)calls / keys:F2} a key; {writes} "
                + $"are writes that AWS needs), {taken.TotalSeconds:F1} s, {taken.TotalSeconds / least:F2} times the {least:F0} s that the "
                + $"writes take at {CallsPerSecond:F0} a second");
        }
    }

    private static long Requests(ModuleRunspace module) => (long)module.Run("$emulator.RequestCount")[0].BaseObject;
}
