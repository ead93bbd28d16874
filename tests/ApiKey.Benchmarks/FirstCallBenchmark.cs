using System.IO.Compression;

namespace ApiKey.Benchmarks;

/// <summary>What a user waits for first: a process that imports the module and makes one call, help, Tab; and how big the package
/// is.</summary>
internal static class FirstCallBenchmark
{
    public static void Run(int rounds)
    {
        string module = Path.GetDirectoryName(ModuleRunspace.Manifest)!;
        string folder = Directory.CreateTempSubdirectory("apikey-first-").FullName;
        string plain = CopyWithoutNativeCode(module, Path.Combine(folder, "ApiKey"));
        Console.WriteLine($"The module: {Size(module)}; without native code: {Size(plain)}.");
        using EmulatorProcess emulator = EmulatorProcess.Start(10);
        List<(string, Func<TimeSpan>)> contestants = [];
        if (Peers.PowerShell is [string pwsh, .. string[] entry])
        {
            TimeSpan ProcessorTimeOf(string contestant, string[] arguments) =>
                ProcessorTime.Of(Path.Combine(folder, "cache", contestant), pwsh, [.. entry, .. arguments]);

            Console.WriteLine("Processor time of a whole process, user and system, rounds in turn:");
            Figures.Above(
                (3 * rounds) + 1,
                ("pwsh, a script module, one object", () => ProcessorTimeOf("script", ScriptModule(folder))),
                ("pwsh, this module, one listing", () => ProcessorTimeOf("module", Listing(module, emulator.Uri))),
                ("the same without native code", () => ProcessorTimeOf("plain", Listing(plain, emulator.Uri))));
            contestants.Add(("pwsh, module, one listing", () => Peers.Whole(pwsh, [.. entry, .. Listing(module, emulator.Uri)])));
            contestants.Add(("pwsh alone", () => Peers.Whole(pwsh, [.. entry, "-NoProfile", "-Command", "exit 0"])));
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
            Figures.Compare(rounds, [.. contestants]);
        }

        HelpAndCompletion();
        Directory.Delete(folder, recursive: true);
    }

    private static string[] ScriptModule(string folder)
    {
        string file = Path.Combine(folder, "One.psm1");
        File.WriteAllText(file, "function Get-One { [pscustomobject]@{ Id = 'a'; Name = 'b'; Enabled = $true; Created = Get-Date } }");
        return ["-NoProfile", "-Command", $"Import-Module '{file}'; Get-One"];
    }

    private static string[] Listing(string module, Uri endpoint) =>
    [
        "-NoProfile", "-Command",
        $"Import-Module '{module}/ApiKey.psd1'; Get-ApiGatewayApiKey -EndpointUrl {endpoint} -Region eu-central-1",
    ];

    private static string CopyWithoutNativeCode(string module, string target)
    {
        foreach (string file in Directory.EnumerateFiles(module, "*", SearchOption.AllDirectories))
        {
            string inside = Path.GetRelativePath(module, file);
            if (!inside.StartsWith(Path.Combine("bin", "aws", "net"), StringComparison.Ordinal))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(target, inside))!);
                File.Copy(file, Path.Combine(target, inside));
            }
        }

        return target;
    }

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
