using System.Diagnostics;

namespace ApiKey.Benchmarks;

/// <summary>The memory an action takes at its peak compared with what was there before it, in MB.</summary>
internal sealed record MemoryPeak(double Heap, double Process)
{
    /// <summary>Runs an action and watches.</summary>
    public static MemoryPeak Of(Action action)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        long heapBefore = GC.GetTotalMemory(forceFullCollection: true);
        long processBefore = WorkingSet();
        long heapPeak = 0;
        long processPeak = 0;
        using CancellationTokenSource done = new();
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
        try
        {
            action();
        }
        finally
        {
            done.Cancel();
            sampler.Join();
        }

        return new MemoryPeak((heapPeak - heapBefore) / 1e6, (processPeak - processBefore) / 1e6);
    }

    public override string ToString() => $"{Heap:F1} MB more managed heap at its peak, {Process:F1} MB more of the process";

    private static long WorkingSet()
    {
        using Process self = System.Diagnostics.Process.GetCurrentProcess();
        return self.WorkingSet64;
    }
}
