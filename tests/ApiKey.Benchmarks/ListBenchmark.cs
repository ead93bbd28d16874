using System.Diagnostics;

namespace ApiKey.Benchmarks;

/// <summary>Listing many keys while streaming: memory beside what was there before the call.</summary>
internal static class ListBenchmark
{
    public static void Run(int keys)
    {
        using EmulatorProcess emulator = EmulatorProcess.Start(keys);
        using ModuleRunspace module = new();
        module.Connect(emulator.Uri);
        module.Run("Get-ApiGatewayApiKey -Name none* | ForEach-Object { $_ }");
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        long heapBefore = GC.GetTotalMemory(forceFullCollection: true);
        long processBefore = WorkingSet();

        long heapPeak = 0;
        using CancellationTokenSource done = new();
        long processPeak = 0;
        Thread sampler = new(() =>
        {
            while (!done.IsCancellationRequested)
            {
                heapPeak = Math.Max(heapPeak, GC.GetTotalMemory(forceFullCollection: false));
                processPeak = Math.Max(processPeak, WorkingSet());
                Thread.Sleep(2);
            }
        });
        sampler.Start();
        object count = 0;
        TimeSpan taken = Figures.Time(() => count = module.Run("$n = 0; Get-ApiGatewayApiKey | ForEach-Object { $n++ }; $n")[0].BaseObject);
        done.Cancel();
        sampler.Join();
        Console.WriteLine($"Listing {count} keys while streaming: {(heapPeak - heapBefore) / 1e6:F1} MB more managed heap at its peak, {(processPeak - processBefore) / 1e6:F1} MB more of the process; {keys / taken.TotalSeconds:F0} keys/s");
    }

    private static long WorkingSet()
    {
        using Process self = Process.GetCurrentProcess();
        return self.WorkingSet64;
    }
}
