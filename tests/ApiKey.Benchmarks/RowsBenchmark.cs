namespace ApiKey.Benchmarks;

/// <summary>A long key file checked, cut into batches and sent to a service that refuses them all: memory of everything but the
/// result.</summary>
internal static class RowsBenchmark
{
    public static void Run(int rows)
    {
        string folder = Directory.CreateTempSubdirectory("apikey-bench-").FullName;
        try
        {
            using EmulatorProcess emulator = EmulatorProcess.Start(mode: EmulatorProcess.Refuse);
            using ModuleRunspace module = new();
            module.Connect(emulator.Uri);
            Import(module, KeyRows.Write(folder, 10));
            string file = KeyRows.Write(folder, rows);
            long before = emulator.Count().Requests;
            TimeSpan taken = default;
            MemoryPeak memory = MemoryPeak.Of(() => taken = Figures.Time(() => Import(module, file)));
            Console.WriteLine($"Checking {rows} rows and sending them in {emulator.Count().Requests - before} batches, all refused: "
                + $"{memory}; {rows / taken.TotalSeconds:F0} rows/s");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Import(ModuleRunspace module, string file)
        => module.Run("Import-ApiGatewayApiKey -Path $args[0] -ErrorAction SilentlyContinue", file);
}
