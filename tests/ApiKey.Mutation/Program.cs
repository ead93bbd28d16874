using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using ApiKey.Mutation;

if (args is not [string checkout, string seed, string limit, string budget, .. { Length: <= 1 } log])
{
    Console.Error.WriteLine("Usage: dotnet run --project tests/ApiKey.Mutation -- CHECKOUT SEED LIMIT BUDGET-SECONDS [LOG]");
    return 2;
}

// The log of a run: what was not noticed there is judged again.
HashSet<string>? only = log is [string file]
    ? [.. File.ReadLines(file).Where(line => !line.Contains(" Noticed ", StringComparison.Ordinal))
        .Select(line => Regex.Match(line, @"(?<file>src/\S+?\.cs)\(\d+\)(?<change>: .+)$"))
        .Where(match => match.Success).Select(match => match.Groups["file"].Value + match.Groups["change"].Value)]
    : null;

Stopwatch watch = Stopwatch.StartNew();
string folder = Directory.CreateTempSubdirectory("apikey-mutation-").FullName;
try
{
    MutatedCopy copy = new(checkout, folder);
    List<Mutant> mutants = copy.Make(int.Parse(seed, CultureInfo.InvariantCulture), int.Parse(limit, CultureInfo.InvariantCulture), only);
    Console.WriteLine($"{mutants.Count} mutants are built after {watch.Elapsed:h\\:mm\\:ss}.");
    TestRuns runs = new(copy.Tests, folder, double.Parse(budget, CultureInfo.InvariantCulture));
    runs.Learn();
    HashSet<string> explained = [.. File.ReadAllLines(Path.Combine(checkout, "tests", "ApiKey.Mutation", "survivors.txt"))
        .Where(line => line.Length > 0 && !line.StartsWith('#')).Select(line => line.Split(" => ")[0])];

    int done = 0;
    ConcurrentBag<(Mutant Mutant, Verdict Verdict)> results = [];
    Parallel.ForEach(Partitioner.Create(mutants, EnumerablePartitionerOptions.NoBuffering),
        new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
        mutant =>
        {
            Verdict verdict = runs.Judge(mutant, out string tried);
            results.Add((mutant, verdict));
            int number = Interlocked.Increment(ref done);
            if (verdict is not Verdict.Noticed || number % 25 == 0)
            {
                string known = explained.Contains(mutant.Key) ? ", as explained" : "";
                Console.WriteLine($"{number,4} {watch.Elapsed:h\\:mm\\:ss} {verdict}{known} ({tried}) {mutant}");
            }
        });

    int noticed = results.Count(result => result.Verdict is Verdict.Noticed or Verdict.TimedOut);
    int late = results.Count(result => result.Verdict == Verdict.TimedOut);
    (Mutant Mutant, Verdict Verdict)[] left = [.. results.Where(result => result.Verdict is Verdict.Survived or Verdict.NotReached)
        .OrderBy(result => result.Mutant.Number)];
    int same = left.Count(result => explained.Contains(result.Mutant.Key));
    Console.WriteLine();
    Console.WriteLine(FormattableString.Invariant($"{results.Count} mutants, seed {seed}: {noticed} noticed, {late} of them because ")
        + FormattableString.Invariant($"tests did not end; {same} explained, {left.Length - same} survivors; ")
        + FormattableString.Invariant($"{100d * noticed / (results.Count - same):F1} %, in {watch.Elapsed:h\\:mm\\:ss}. ")
        + $"Failures that did not come again: {runs.Unsteady}.");
    foreach ((Mutant mutant, Verdict verdict) in left.Where(result => !explained.Contains(result.Mutant.Key)))
    {
        Console.WriteLine($"{verdict}: {mutant}");
    }

    return noticed >= 0.9 * (results.Count - same) ? 0 : 1;
}
finally
{
    Directory.Delete(folder, recursive: true);
}
