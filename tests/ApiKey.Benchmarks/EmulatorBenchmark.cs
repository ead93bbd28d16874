using System.Diagnostics;
using ApiKey.Emulator;
using ApiKey.Emulator.Wire;

namespace ApiKey.Benchmarks;

/// <summary>The emulator itself: requests a second through each entry point, memory, the cost of a page, and boto3 on it and on
/// moto.</summary>
internal static class EmulatorBenchmark
{
    public static void Run(int requests)
    {
        Console.WriteLine("Creates a second (client and emulator share this machine's processors):");
        foreach (int keys in new[] { 0, 10_000 })
        {
            using EmulatorProcess http = EmulatorProcess.Start(keys);
            ApiGatewayEmulator inProcess = Seeded(keys);
            foreach (int clients in new[] { 1, 8 })
            {
                Console.WriteLine($"  {keys,6} keys there, {Figures.Count(clients, "client")}: in process "
                    + $"{Rate(() => new BareClient(http.Uri, new EmulatorHttpHandler(inProcess)), clients, requests),7:F0}/s, HTTP "
                    + $"{Rate(() => new BareClient(http.Uri), clients, requests),7:F0}/s");
            }
        }

        long before = GC.GetTotalMemory(forceFullCollection: true);
        ApiGatewayEmulator full = Seeded(10_000);
        Console.WriteLine($"Memory: {(GC.GetTotalMemory(forceFullCollection: true) - before) / 1e6:F1} MB for 10,000 keys");
        GC.KeepAlive(full);
        Pages();
        AgainstMoto(requests / 8);
    }

    private static ApiGatewayEmulator Seeded(int keys)
    {
        ApiGatewayEmulator emulator = new();
        for (int number = 0; number < keys; number++)
        {
            emulator.Seed(new SeedKey { Region = "eu-central-1", Name = $"key-{number:D6}" });
        }

        return emulator;
    }

    private static double Rate(Func<BareClient> open, int clients, int requests)
    {
        BareClient[] all = [.. Enumerable.Range(0, clients).Select(_ => open())];
        double best = 0;
        for (int round = 0; round < 4; round++)
        {
            TimeSpan taken = Figures.Time(() => Parallel.ForEach(all, new ParallelOptions { MaxDegreeOfParallelism = clients },
                client => client.Create(requests / clients, "rate")));
            best = Math.Max(best, requests / taken.TotalSeconds);
        }

        Array.ForEach(all, client => client.Dispose());
        return best;
    }

    private static void Pages()
    {
        List<double> times = [];
        foreach (int keys in new[] { 1_000, 10_000, 100_000 })
        {
            ApiGatewayEmulator emulator = Seeded(keys);
            EmulatorRequest page = new("GET", "/apikeys?limit=500",
                name => name == "Authorization"
                    ? "AWS4-HMAC-SHA256 Credential=a/20260101/eu-central-1/apigateway/aws4_request, SignedHeaders=host, Signature=0"
                        : null, default);
            List<double> rounds = [];
            for (int round = 0; round < 200; round++)
            {
                rounds.Add(Figures.Time(() => emulator.Handle(page)).TotalMicroseconds);
            }

            times.Add(Figures.Median(rounds.Skip(100)));
        }

        Console.WriteLine($"A page of 500: with 10,000 keys {times[1] / times[0]:F2} times, with 100,000 keys {times[2] / times[0]:F2} "
            + "times what it costs with 1,000");
    }

    private static void AgainstMoto(int keys)
    {
        if (!Peers.HasBoto3 || !Peers.HasMoto)
        {
            Console.WriteLine("boto3 or moto_server was not found on this machine.");
            return;
        }

        using EmulatorProcess ours = EmulatorProcess.Start();
        using Process moto = Peers.StartMoto(out Uri motoUri);
        try
        {
            Console.WriteLine($"boto3 creating {keys} keys on each, in turn; then the bare client, which does not hide the server behind a "
                + "slow client:");
            Figures.Compare(3, ("boto3 on ours", () => Peers.Boto3Create(ours.Uri, keys, "boto3")),
                ("boto3 on moto", () => Peers.Boto3Create(motoUri, keys, Guid.NewGuid().ToString())));
            using BareClient onOurs = new(ours.Uri);
            using BareClient onMoto = new(motoUri);
            Figures.Compare(3, ("bare client on ours", () => Figures.Time(() => onOurs.Create(keys, "bare"))),
                ("bare client on moto", () => Figures.Time(() => onMoto.Create(keys, Guid.NewGuid().ToString()))));
        }
        finally
        {
            moto.Kill(entireProcessTree: true);
        }
    }
}
