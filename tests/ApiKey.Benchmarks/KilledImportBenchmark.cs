using System.Diagnostics;
using System.Globalization;

namespace ApiKey.Benchmarks;

/// <summary>An import of 10,000 keys killed at random moments and run again: how many keys there are in the end.</summary>
internal static class KilledImportBenchmark
{
    public static void Run(int keys, int times)
    {
        string folder = Directory.CreateTempSubdirectory("apikey-bench-").FullName;
        try
        {
            string file = KeyRows.Write(folder, keys, row => row % 100 == 0 ? "env=prod" : "");
            TimeSpan whole = Figures.Time(() => ImportOnce(file, null));
            Console.WriteLine($"Import -Path of {keys} keys, some with tags, in a process of its own: {whole.TotalSeconds:F1} s. Killed and run again:");
            Random dice = new(4);
            for (int run = 0; run < times; run++)
            {
                ImportOnce(file, whole * dice.NextDouble());
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void ImportOnce(string file, TimeSpan? killAfter)
    {
        using EmulatorProcess emulator = EmulatorProcess.Start();
        string import = $"Import-Module '{ModuleRunspace.Manifest}'; Connect-ApiGateway -Region eu-central-1 -EndpointUrl {emulator.Uri} -AccessKey AKIDEXAMPLE -SecretKey secret; Import-ApiGatewayApiKey -Path '{file}' | ForEach-Object {{ }}";
        string moment = "";
        if (killAfter is { } delay)
        {
            using Process first = ModuleProcess.Start(import);
            bool ended = first.WaitForExit(delay);
            first.Kill(entireProcessTree: true);
            first.WaitForExit();
            moment = string.Create(CultureInfo.InvariantCulture, $"killed after {delay.TotalSeconds:F2} s{(ended ? " (it had ended)" : "")} with {KeysAt(emulator.Uri)} keys there, ");
        }

        using Process last = ModuleProcess.Start(import);
        last.StandardOutput.ReadToEnd();
        last.WaitForExit();
        if (killAfter is not null)
        {
            Console.WriteLine($"  {moment}then run again: {KeysAt(emulator.Uri)} keys, exit code {last.ExitCode}, left over: {Directory.GetFiles(Path.GetDirectoryName(file)!).Length - 1} files");
        }
    }

    private static int KeysAt(Uri uri)
    {
        using ModuleRunspace module = new();
        module.Connect(uri);
        return module.Run("Get-ApiGatewayApiKey").Count;
    }
}
