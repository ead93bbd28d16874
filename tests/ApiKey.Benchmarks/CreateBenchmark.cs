using System.Globalization;

namespace ApiKey.Benchmarks;

/// <summary>Creating keys one after another over loopback: the module, a bare HttpClient loop, boto3 and the AWS CLI, in turn on one
/// emulator.</summary>
internal static class CreateBenchmark
{
    private static int _round;

    public static void Run(int count)
    {
        Console.WriteLine($"Creating {count} keys one at a time over loopback HTTP (-ThrottleLimit 1), rounds in turn:");
        using EmulatorProcess emulator = EmulatorProcess.Start();
        using ModuleRunspace module = new();
        module.Connect(emulator.Uri);
        using BareClient bare = new(emulator.Uri);
        List<(string, Func<TimeSpan>)> contestants =
        [
            ("New-ApiGatewayApiKey",
                () => Figures.Time(() => module.Run(
                    "$p = $args[0]; 1..$args[1] | ForEach-Object { \"$p-$_\" } | New-ApiGatewayApiKey -ThrottleLimit 1 | "
                        + "ForEach-Object { }", Prefix("module"), count))),
            ("bare HttpClient loop, signed", () => Figures.Time(() => bare.Create(count, Prefix("bare")))),
            ("New-ApiGatewayApiKey, eight at once",
                () => Figures.Time(() => module.Run(
                    "$p = $args[0]; 1..$args[1] | ForEach-Object { \"$p-$_\" } | New-ApiGatewayApiKey -ThrottleLimit 8 | "
                        + "ForEach-Object { }", Prefix("window"), count))),
        ];
        if (Peers.HasBoto3)
        {
            contestants.Add(("boto3", () => Peers.Boto3Create(emulator.Uri, count, Prefix("boto3"))));
        }
        else
        {
            Console.WriteLine("  boto3 was not found on this machine.");
        }

        if (Peers.HasAwsCli)
        {
            const int Few = 2;
            contestants.Add(($"AWS CLI ({Few} keys, a process each, scaled)",
                () => Peers.CliCreate(emulator.Uri, Few, Prefix("cli")) * (count / (double)Few)));
        }
        else
        {
            Console.WriteLine("  The AWS CLI was not found on this machine.");
        }

        Figures.Compare(5, [.. contestants]);
    }

    private static string Prefix(string who) => string.Create(CultureInfo.InvariantCulture, $"{who}-{++_round}");
}
