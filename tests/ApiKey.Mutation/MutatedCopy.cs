using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace ApiKey.Mutation;

/// <summary>A copy of the checkout with all mutants in one build.</summary>
internal sealed partial class MutatedCopy(string checkout, string folder)
{
    private const int MostBuilds = 8;

    private static readonly string[] Projects = ["ApiKey.Core", "ApiKey.Aws", "ApiKey.Emulator"];

    /// <summary>Where the built tests are.</summary>
    public string Tests => Path.Combine(folder, "tests", "ApiKey.Tests", "bin", "Debug", "net10.0", "ApiKey.Tests.dll");

    /// <summary>Copies, samples, changes and builds. Changes that do not compile are taken back.</summary>
    /// <param name="seed">What the sample depends on.</param>
    /// <param name="limit">How many changes.</param>
    /// <param name="only">The keys of the only ones to make; null for any.</param>
    public List<Mutant> Make(int seed, int limit, IReadOnlySet<string>? only)
    {
        foreach (string file in RunProcess("git", ["ls-files"], checkout).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(file => File.Exists(Path.Combine(checkout, file))))
        {
            string target = Path.Combine(folder, file);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(Path.Combine(checkout, file), target, overwrite: true);
        }

        string instrument = Path.Combine(checkout, "tests", "ApiKey.Mutation", "Instrument");
        File.Copy(Path.Combine(instrument, "MutantSwitch.cs"), Path.Combine(folder, "src", "ApiKey.Core", "MutantSwitch.cs"), true);
        File.Copy(Path.Combine(instrument, "HitsOfTests.cs"), Path.Combine(folder, "tests", "ApiKey.Tests", "HitsOfTests.cs"), true);

        // A tenth more than asked for makes up for those that do not compile.
        Dictionary<MutatedSource, Dictionary<int, int>> chosen = Choose(seed, limit + (limit / 10), only);
        for (int build = 1; build <= MostBuilds; build++)
        {
            foreach ((MutatedSource source, Dictionary<int, int> numbers) in chosen)
            {
                File.WriteAllText(Path.Combine(folder, source.Path), source.With(numbers));
            }

            (int code, string output) = RunProcess("dotnet", ["build", "tests/ApiKey.Tests", "-nologo", "-clp:NoSummary", "-m:1",
                "-p:RunAnalyzers=false", "-p:TreatWarningsAsErrors=false", "-p:Nullable=annotations", "-p:EnforceCodeStyleInBuild=false",
                "-p:PublishRepositoryUrl=false", "-p:EmbedUntrackedSources=false", "-p:WarningLevel=0"], folder);
            if (code == 0)
            {
                return [.. chosen.SelectMany(entry => entry.Value.Select(pair => entry.Key.ToMutant(pair.Key, pair.Value)))
                    .OrderBy(mutant => mutant.Number).Take(limit)];
            }

            if (TakeBack(chosen, output) == 0)
            {
                throw new InvalidOperationException("The mutated copy does not build:\n" + output);
            }
        }

        throw new InvalidOperationException("The mutated copy still does not build.");
    }

    /// <summary>Runs a program to its end.</summary>
    public static (int Code, string Output) RunProcess(string file, string[] arguments, string at)
    {
        using Process process = Process.Start(new ProcessStartInfo(file, arguments)
        {
            WorkingDirectory = at,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }

    // Folder by folder in turn, so that each has its share, however large it is.
    private Dictionary<MutatedSource, Dictionary<int, int>> Choose(int seed, int count, IReadOnlySet<string>? only)
    {
        Random random = new(seed);
        List<Queue<(MutatedSource Source, int Place)>> folders = [.. Projects
            .SelectMany(project => Directory.EnumerateFiles(Path.Combine(checkout, "src", project), "*.cs", SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(checkout, file).Replace('\\', '/'))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(file => new MutatedSource(checkout, file))
            .GroupBy(source => Path.GetDirectoryName(source.Path)!)
            .Select(group =>
            {
                (MutatedSource, int)[] places =
                    [.. group.SelectMany(source => Enumerable.Range(0, source.Count)
                        .Where(place => only?.Contains(source.ToMutant(place, number: 0).Key) != false).Select(place => (source, place)))];
                random.Shuffle(places);
                return new Queue<(MutatedSource, int)>(places);
            })];
        Console.WriteLine($"{folders.Sum(places => places.Count)} changes are possible in {folders.Count} folders.");
        Dictionary<MutatedSource, Dictionary<int, int>> chosen = [];
        int number = 0;
        while (number < count && folders.Exists(places => places.Count > 0))
        {
            foreach (Queue<(MutatedSource Source, int Place)> places in folders.Where(places => places.Count > 0 && number < count))
            {
                (MutatedSource source, int place) = places.Dequeue();
                Dictionary<int, int> numbers = chosen.TryGetValue(source, out Dictionary<int, int>? known) ? known : chosen[source] = [];
                if (!numbers.Keys.Any(other => source.AreOne(place, other)))
                {
                    numbers[place] = number++;
                }
            }
        }

        return chosen;
    }

    // An error stands on the line of the change that caused it, or on one of the lines after it; or, when a method no longer ends in a
    // return, on its first line, before the change.
    private int TakeBack(Dictionary<MutatedSource, Dictionary<int, int>> chosen, string output)
    {
        HashSet<int> wrong = [];
        foreach (Match error in ErrorIn().Matches(output))
        {
            MutatedSource? source = chosen.Keys.FirstOrDefault(one => error.Groups["file"].Value.Replace('\\', '/')
                .EndsWith(one.Path, StringComparison.Ordinal));
            if (source is null)
            {
                continue;
            }

            string[] lines = File.ReadAllLines(Path.Combine(folder, source.Path));
            int line = int.Parse(error.Groups["line"].Value, CultureInfo.InvariantCulture) - 1;
            IEnumerable<string> back = lines.Take(line + 1).Reverse().Take(12);
            IEnumerable<string> ahead = lines.Skip(line + 1).Take(60);
            wrong.UnionWith(back.Concat(ahead)
                .Select(text => NumberIn().Matches(text)
                    .Select(match => int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture)))
                .FirstOrDefault(numbers => numbers.Any(), []));
        }

        return chosen.Values.Sum(numbers => numbers.Where(pair => wrong.Contains(pair.Value)).ToArray()
            .Count(pair => numbers.Remove(pair.Key)));
    }

    [GeneratedRegex(@"^(?<file>[^(\n]+)\((?<line>\d+),\d+\): error ", RegexOptions.ExplicitCapture | RegexOptions.Multiline,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex ErrorIn();

    [GeneratedRegex(@"MutantSwitch\.On\((?<number>\d+)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex NumberIn();
}
