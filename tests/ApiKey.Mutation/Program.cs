using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using ApiKey.Mutation;

if (args is not [string checkout, string seed, string limit, string budget])
{
    Console.Error.WriteLine("Usage: dotnet run --project tests/ApiKey.Mutation -- CHECKOUT SEED LIMIT BUDGET-SECONDS");
    return 2;
}

Stopwatch watch = Stopwatch.StartNew();
string folder = Directory.CreateTempSubdirectory("apikey-mutation-").FullName;
try
{
    MutatedCopy copy = new(checkout, folder);
    List<Mutant> mutants = copy.Make(int.Parse(seed, CultureInfo.InvariantCulture), int.Parse(limit, CultureInfo.InvariantCulture));
    Console.WriteLine($"{mutants.Count} mutants are built after {watch.Elapsed:m\\:ss}.");
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
            Verdict verdict = runs.Judge(mutant.Number);
            results.Add((mutant, verdict));
            int number = Interlocked.Increment(ref done);
            if (verdict != Verdict.Noticed || number % 25 == 0)
            {
                string known = explained.Contains(mutant.Key) ? ", as explained" : "";
                Console.WriteLine($"{number,4} {watch.Elapsed:m\\:ss} {verdict}{known} {mutant}");
            }
        });

    int noticed = results.Count(result => result.Verdict == Verdict.Noticed);
    int same = results.Count(result => result.Verdict != Verdict.Noticed && explained.Contains(result.Mutant.Key));
    int survivors = results.Count - noticed - same;
    Console.WriteLine();
    Console.WriteLine(FormattableString.Invariant($"{results.Count} mutants, seed {seed}: {noticed} noticed, {same} explained, ")
        + FormattableString.Invariant(
            $"{survivors} survivors; {100d * noticed / (results.Count - same):F1} %, in {watch.Elapsed:m\\:ss}."));
    foreach ((Mutant mutant, Verdict verdict) in results.Where(result => result.Verdict != Verdict.Noticed
        && !explained.Contains(result.Mutant.Key)).OrderBy(result => result.Mutant.Number))
    {
        Console.WriteLine($"{verdict}: {mutant}");
    }

    return noticed >= 0.9 * (results.Count - same) ? 0 : 1;
}
finally
{
    Directory.Delete(folder, recursive: true);
}
