using System.IO.Compression;

namespace ApiKey.Benchmarks;

/// <summary>What a user waits for first: a process that imports the module and makes one call, help, Tab; and how big the package
/// is.</summary>
internal static class FirstCallBenchmark
{
    private const int Rounds = 7;

    public static void Run()
    {
        string module = Path.GetDirectoryName(ModuleRunspace.Manifest)!;
        string compiled = Path.Combine(Directory.CreateTempSubdirectory("apikey-compiled-").FullName, "ApiKey");
        bool hasCompiled = AheadOfTime.TryCompile(module, compiled);
        Console.WriteLine("The module: "
            + Size(module)
            + (hasCompiled ? $"; with ReadyToRun code for this system alone: {Size(compiled)}."
                : "; crossgen2 was not found, so ReadyToRun was not measured."));

        using EmulatorProcess emulator = EmulatorProcess.Start(10);
        List<(string, Func<TimeSpan>)> contestants = [];
        if (Peers.Succeeds("pwsh", "-NoProfile", "-Command", "exit 0"))
        {
            contestants.Add(("pwsh, module, one listing", () => Peers.Whole("pwsh", Script(module, emulator.Uri))));
            if (hasCompiled)
            {
                contestants.Add(("the same with ReadyToRun code", () => Peers.Whole("pwsh", Script(compiled, emulator.Uri))));
            }

            contestants.Add(("pwsh alone", () => Peers.Whole("pwsh", "-NoProfile", "-Command", "exit 0")));
        }
        else
        {
            Console.WriteLine("pwsh was not found on this machine.");
        }

        if (Peers.HasAwsCli)
        {
            contestants.Add(("aws apigateway get-api-keys",
                () => Peers.Whole("aws", "apigateway", "get-api-keys", "--endpoint-url", emulator.Uri.ToString(), "--region",
                    "eu-central-1")));
        }
        else
        {
            Console.WriteLine("The AWS CLI was not found on this machine.");
        }

        if (contestants.Count > 0)
        {
            Console.WriteLine("A whole process that lists 10 keys over loopback, rounds in turn:");
            Figures.Compare(Rounds, [.. contestants]);
        }

        HelpAndCompletion();
        Directory.Delete(Path.GetDirectoryName(compiled)!, recursive: true);
    }

    private static string[] Script(string module, Uri endpoint) =>
    [
        "-NoProfile", "-Command",
        $"Import-Module '{module}/ApiKey.psd1'; Get-ApiGatewayApiKey -EndpointUrl {endpoint} -Region eu-central-1",
    ];

    private static void HelpAndCompletion()
    {
        using EmulatorProcess emulator = EmulatorProcess.Start(1000);
        using ModuleRunspace module = new();
        module.Connect(emulator.Uri);
        Report("Get-Help New-ApiGatewayApiKey -Full", () => module.Run("Get-Help New-ApiGatewayApiKey -Full"));
        foreach (string line in new[] { "Set-ApiGatewayApiKey key-0009", "Get-ApiGatewayApiKey key-0009",
            "Get-ApiGatewayApiKey -Region eu-" })
        {
            int offered = 0;
            Report($"Tab after {line}", () => offered = module.Complete(line).Count);
            Console.WriteLine($"    offered {offered}");
        }
    }

    private static void Report(string what, Action action)
    {
        double first = Figures.Time(action).TotalMilliseconds;
        double later = Figures.Median(Enumerable.Range(0, 10).Select(_ => Figures.Time(action).TotalMilliseconds));
        Console.WriteLine($"  {what,-44} first {first,6:F0} ms, then {later,6:F0} ms");
    }

    private static string Size(string folder)
    {
        long plain = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length);
        string package = Path.GetTempFileName();
        File.Delete(package);
        ZipFile.CreateFromDirectory(folder, package);
        long packed = new FileInfo(package).Length;
        File.Delete(package);
        return $"{plain / 1e6:F1} MB, packed {packed / 1e6:F1} MB";
    }
}
