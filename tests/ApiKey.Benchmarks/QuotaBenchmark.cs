namespace ApiKey.Benchmarks;

/// <summary>Many keys under AWS's quotas: an import of 10,000 and 200 creates, with the other tools next to them.</summary>
internal static class QuotaBenchmark
{
    private const double CreatesPerSecond = 5;
    private const string Paced = "-RequestsPerSecond 5";

    public static void Run(int keys)
    {
        string folder = Directory.CreateTempSubdirectory("apikey-bench-").FullName;
        try
        {
            Import(folder, 10_000);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        Create(keys);
    }

    private static void Import(string folder, int keys)
    {
        using EmulatorProcess emulator = EmulatorProcess.Start(mode: EmulatorProcess.Quotas);
        using ModuleRunspace module = new();
        module.Connect(emulator.Uri, "-RequestsPerSecond 10");
        string file = KeyRows.Write(folder, keys);
        object made = 0;
        TimeSpan taken = default;
        MemoryPeak memory = MemoryPeak.Of(() => taken =
            Figures.Time(() => made = module.Run("$n = 0; Import-ApiGatewayApiKey -Path $args[0] | ForEach-Object { $n++ }; $n",
                file)[0].BaseObject));
        EmulatorCounts counts = emulator.Count();
        Console.WriteLine($"Import -Path of {keys} keys under quotas: {made} keys, {taken.TotalSeconds:F1} s, {counts.Requests} calls, "
            + $"{counts.Throttled} answered 429; {memory}");
        Console.WriteLine($"  one by one at {CreatesPerSecond} a second: {keys / CreatesPerSecond:F0} s, "
            + $"{keys / CreatesPerSecond / taken.TotalSeconds:F0} times that");
    }

    private static void Create(int keys)
    {
        Console.WriteLine($"{keys} creates under quotas ({CreatesPerSecond} a second):");
        Contest("New-ApiGatewayApiKey", keys, uri => CreateByModule(uri, keys, Paced));
        Contest("the same, 200 ms a call", keys, uri => CreateByModule(uri, keys, Paced), EmulatorProcess.SlowQuotas);
        Contest("the same, 200 ms, -ThrottleLimit 8", keys, uri => CreateByModule(uri, keys, Paced, throttleLimit: 8),
            EmulatorProcess.SlowQuotas);
        Contest("without pacing, -ThrottleLimit 8", keys, uri => CreateByModule(uri, keys, "", throttleLimit: 8));
        if (Peers.HasBoto3)
        {
            Contest("boto3, standard retries", keys, uri => Peers.Boto3Create(uri, keys, "k", "standard", attempts: 3));
            Contest("boto3, standard retries, 8 threads", keys,
                uri => Peers.Boto3Create(uri, keys, "k", "standard", attempts: 3, threads: 8));
            Contest("boto3, adaptive retries, 8 threads", keys,
                uri => Peers.Boto3Create(uri, keys, "k", "adaptive", attempts: 3, threads: 8));
        }

        if (Peers.HasAwsCli)
        {
            int few = Math.Min(30, keys / 5);
            Contest($"AWS CLI, {few} keys, a process each", few, uri => Peers.CliCreate(uri, few, "k"));
        }

        if (TerraformPeer.IsFound)
        {
            Contest("Terraform apply, parallelism 10", keys, uri => Figures.Time(() => TerraformPeer.Create(uri, keys)));
        }
        else
        {
            Console.WriteLine("  Terraform with a local AWS provider was not found on this machine.");
        }
    }

    private static TimeSpan CreateByModule(Uri uri, int keys, string connection, int throttleLimit = 1)
    {
        using ModuleRunspace module = new();
        module.Connect(uri, connection);
        module.Run("Get-ApiGatewayApiKey");
        return Figures.Time(() => module.Run(
            "1..$args[0] | ForEach-Object { \"k$_\" } | New-ApiGatewayApiKey -ThrottleLimit $args[1] | ForEach-Object { }", keys,
                throttleLimit));
    }

    // The module's and boto3's times are their own, without the start of the process.
    private static void Contest(string name, int keys, Func<Uri, TimeSpan> create, string mode = EmulatorProcess.Quotas)
    {
        using EmulatorProcess emulator = EmulatorProcess.Start(mode: mode);
        TimeSpan taken = create(emulator.Uri);
        EmulatorCounts counts = emulator.Count();
        Thread.Sleep(TimeSpan.FromSeconds(4));
        int there = KeysAt(emulator.Uri);
        Console.WriteLine($"  {name,-38} {there,4} of {keys} made in {taken.TotalSeconds,5:F1} s, "
            + $"{there / taken.TotalSeconds / CreatesPerSecond:P1} of the allowed rate; {counts.Creates} creates sent, "
            + $"{(double)counts.Throttled / counts.Requests:P1} of {counts.Requests} calls answered 429");
    }

    private static int KeysAt(Uri uri)
    {
        using ModuleRunspace module = new();
        module.Connect(uri);
        return module.Run("Get-ApiGatewayApiKey").Count;
    }
}
