using System.Globalization;
using ApiKey.Emulator;
using ApiKey.Leaks;

namespace ApiKey.Benchmarks;

/// <summary>Values sought in a folder of mixed text and binaries, next to ripgrep and grep, and next to reading the same bytes.</summary>
internal static class LeakBenchmark
{
    private const int Rounds = 3;

    public static void Run(int megabytes)
    {
        // With 100,000 values other tools prepare for a quarter of a minute, whatever they search.
        using LeakCorpus corpus = new(megabytes * 1_000_000L, 100_000);
        string[] files = [.. corpus.Files()];
        foreach (int count in megabytes < 500 ? [10_000] : new[] { 10_000, 100_000 })
        {
            string list = corpus.WriteValues(count);
            using ApiGatewayEmulator emulator = new();
            foreach (string value in corpus.Values.Take(count))
            {
                emulator.Seed(new SeedKey { Region = "eu-central-1", Name = "key", Value = value });
            }

            using EmulatorServer server = new(emulator);
            using ModuleRunspace module = new();
            module.Connect(server.Uri);
            ValueSearch? values = null;
            MemoryPeak memory = MemoryPeak.Of(() => values = new ValueSearch([.. corpus.Values.Take(count)], encoded: false));
            MemoryPeak searching = MemoryPeak.Of(() => Search(values!, corpus.Folder));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{count:N0} values in {files.Length:N0} files, {corpus.Bytes / 1e6:N0} MB, medians of {Rounds} rounds in turn:"));
            Console.WriteLine($"  prepared with {memory}; searched with {searching}");
            List<(string, Func<TimeSpan>)> contestants =
                [("the search alone", () => Figures.Time(() => Search(values!, corpus.Folder)))];
            AddTool(contestants, "rg", "-F", "-a", "--no-ignore", "--hidden", "-l", "-f", list, corpus.Folder);
            AddTool(contestants, "grep", "-F", "-a", "-r", "-l", "-f", list, corpus.Folder);
            contestants.Add(("reading, two threads", () => Figures.Time(() => Read(files))));
            contestants.Add(("Find-ApiGatewayApiKeyLeak", () => Figures.Time(() => Command(module, corpus.Folder))));
            contestants.Add(("the same, of one file", () => Figures.Time(() => Command(module, files[0]))));
            Figures.Compare(Rounds, warmUps: 1, [.. contestants]);
        }
    }

    private static void Search(ValueSearch values, string folder)
    {
        LeakSearch search = new(values);
        FileWalk walk = new(isRecursive: true, includesIgnored: true);
        foreach (SearchEvent _ in search.SearchAsync(walk.Of(folder), CancellationToken.None).ToBlockingEnumerable())
        {
            // Places are counted by the tests.
        }
    }

    // With reading the keys' values, which the command does for one file as well.
    private static void Command(ModuleRunspace module, string path) => module.Run(
        "$null = Find-ApiGatewayApiKeyLeak -LiteralPath $args[0] -Recurse -IncludeIgnored -ProgressAction Ignore", path);

    private static void Read(string[] files) => Parallel.ForEach(files, new ParallelOptions { MaxDegreeOfParallelism = 2 },
        () => new byte[128 * 1024],
        (file, _, buffer) =>
        {
            using Microsoft.Win32.SafeHandles.SafeFileHandle handle = File.OpenHandle(file);
            long offset = 0;
            for (int count; (count = RandomAccess.Read(handle, buffer, offset)) > 0;)
            {
                offset += count;
            }

            return buffer;
        },
        _ => { });

    // These tools end with 1 when there is nothing; there is something.
    private static void AddTool(List<(string, Func<TimeSpan>)> contestants, string name, params string[] arguments)
    {
        if (Peers.Succeeds(name, "--version"))
        {
            contestants.Add(($"{name} -F -f", () => MeasuredProcess.Run(name, arguments, Path.GetTempPath()).Taken));
        }
        else
        {
            Console.WriteLine($"  {name} was not found on this machine.");
        }
    }
}
