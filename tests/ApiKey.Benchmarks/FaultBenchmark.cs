namespace ApiKey.Benchmarks;

/// <summary>1,000 creates while one in ten loses its answer, one in ten fails and one in ten is throttled: how many keys there are in the
/// end.</summary>
internal static class FaultBenchmark
{
    public static void Run(int keys)
    {
        Console.WriteLine($"{keys} creates, 10% answers lost, 10% 500, 10% 429:");
        Contest("New-ApiGatewayApiKey", keys, uri =>
        {
            using ModuleRunspace module = new();
            module.Connect(uri);
            return module.Run("1..$args[0] | ForEach-Object { \"k$_\" } | New-ApiGatewayApiKey -ThrottleLimit 8", keys).Count;
        });
        if (Peers.HasBoto3)
        {
            Contest("boto3, standard retries, 8 threads", keys,
                uri => Peers.Boto3(uri, keys, "k", "standard", attempts: 8, threads: 8).Made);
            Contest("boto3, adaptive retries, 8 threads", keys,
                uri => Peers.Boto3(uri, keys, "k", "adaptive", attempts: 8, threads: 8).Made);
        }

        if (TerraformPeer.IsFound)
        {
            Contest("Terraform apply", keys, uri =>
            {
                TerraformPeer.Create(uri, keys);
                return keys;
            });
        }
    }

    private static void Contest(string name, int keys, Func<Uri, int> create)
    {
        using EmulatorProcess emulator = EmulatorProcess.Start(mode: EmulatorProcess.Faults);
        string outcome;
        try
        {
            outcome = $"says {create(emulator.Uri)} made";
        }
        catch (InvalidOperationException failure)
        {
            Console.Error.WriteLine($"{name}: …{failure.Message[^Math.Min(500, failure.Message.Length)..]}");
            outcome = "ended with an error";
        }

        using ModuleRunspace reader = new();
        reader.Connect(emulator.Uri);
        int there = reader.Run("Get-ApiGatewayApiKey").Count;
        Console.WriteLine($"  {name,-38} {outcome}, {there} are there ({there - keys:+0;-0;0}), {emulator.Count().Creates} creates sent");
    }
}
