namespace ApiKey.Benchmarks;

/// <summary>Listing many keys while streaming: memory compared with what was there before the call.</summary>
internal static class ListBenchmark
{
    private const int Few = 10_000;

    public static void Run(int keys)
    {
        if (keys > Few)
        {
            // What a few take says whether memory grows with their number.
            Run(Few);
        }

        using EmulatorProcess emulator = EmulatorProcess.Start(keys);
        using ModuleRunspace module = new();
        module.Connect(emulator.Uri);
        module.Run("Get-ApiGatewayApiKey -Name none* | ForEach-Object { $_ }");
        object count = 0;
        TimeSpan taken = default;
        MemoryPeak memory = MemoryPeak.Of(() => taken =
            Figures.Time(() => count = module.Run("$n = 0; Get-ApiGatewayApiKey | ForEach-Object { $n++ }; $n")[0].BaseObject));
        Console.WriteLine($"Listing {count} keys while streaming: {memory}; {keys / taken.TotalSeconds:F0} keys/s");
    }
}
