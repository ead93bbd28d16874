using System.Diagnostics;
using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace ApiKey.Mutation;

/// <summary>How a mutant fared.</summary>
internal enum Verdict
{
    /// <summary>A test failed, and failed again alone.</summary>
    Noticed,

    /// <summary>The tests did not end, and did not when they had twice the time.</summary>
    TimedOut,

    /// <summary>Every test that reached it passed.</summary>
    Survived,

    /// <summary>No test reached it.</summary>
    NotReached,
}

/// <summary>Runs the built tests: once to learn which of them reach which mutant, and then those for each mutant.</summary>
internal sealed class TestRuns(string tests, string folder, double budget)
{
    // What starts other tools takes minutes, and says little of a single line.
    private static readonly string[] LeftOut = ["ApiKey.Tests.Interop", "ApiKey.Tests.Runbooks", "ApiKey.Tests.Shell"];

    private readonly Dictionary<int, List<string>> _reaching = [];
    private readonly Dictionary<string, double> _seconds = new(StringComparer.Ordinal);
    private int _unsteady;

    /// <summary>How often a test failed with a mutant and passed with it when it ran again: on a busy machine.</summary>
    public int Unsteady => _unsteady;

    /// <summary>Runs all tests one after the other, without a mutant.</summary>
    public void Learn()
    {
        string hits = Directory.CreateDirectory(Path.Combine(folder, "hits")).FullName;
        Run([.. LeftOut.SelectMany(space => new[] { "-namespace-", space })], TimeSpan.FromMinutes(60), ("APIKEY_MUTANT_HITS", hits),
            out XElement[] results);
        HashSet<string> failing = new(StringComparer.Ordinal);
        foreach (XElement test in results)
        {
            string name = NameOf(test);
            _seconds[name] = _seconds.GetValueOrDefault(name)
                + double.Parse((string?)test.Attribute("time") ?? "0", CultureInfo.InvariantCulture);
            if ((string?)test.Attribute("result") != "Pass")
            {
                failing.Add(name);
            }
        }

        Console.WriteLine($"{_seconds.Count} tests in {_seconds.Values.Sum():F0} s; {failing.Count} fail or are skipped in the copy "
            + "and are not used:");
        foreach (string test in failing.Order(StringComparer.Ordinal))
        {
            Console.WriteLine($"  {test}");
            _seconds.Remove(test);
        }

        foreach (string[] words in Directory.EnumerateFiles(hits, "*.hits").Select(file => File.ReadAllText(file).Split(' ')))
        {
            foreach (string number in words.Skip(1).Where(_ => _seconds.ContainsKey(words[0])))
            {
                int mutant = int.Parse(number, CultureInfo.InvariantCulture);
                (_reaching.TryGetValue(mutant, out List<string>? known) ? known : _reaching[mutant] = []).Add(words[0]);
            }
        }
    }

    /// <summary>Runs the tests that reach a mutant: first the quickest of each class, then others within the budget.</summary>
    /// <param name="mutant">The mutant.</param>
    /// <param name="tried">How many of how many tests it takes to say so.</param>
    public Verdict Judge(Mutant mutant, out string tried)
    {
        // What is static is reached by whichever test needs its class first.
        string[] reaching = mutant.IsStatic ? [.. _seconds.Keys]
            : _reaching.TryGetValue(mutant.Number, out List<string>? known) ? [.. known.Distinct(StringComparer.Ordinal)] : [];
        string[] all = [.. reaching.OrderBy(test => _seconds[test])];
        string[] first = [.. all.GroupBy(test => test[..test.LastIndexOf('.')]).SelectMany(tests => tests.Take(2))
            .OrderBy(test => _seconds[test]).Take(16)];
        double spent = 0;
        string[] rest = [.. all.Except(first, StringComparer.Ordinal).TakeWhile(test => (spent += _seconds[test]) < budget)];
        tried = $"{first.Length + rest.Length} of {all.Length} tests";
        if (all.Length == 0)
        {
            return Verdict.NotReached;
        }

        Verdict verdict = Try(mutant.Number, [.. first]);
        return verdict == Verdict.Survived ? Try(mutant.Number, [.. rest]) : verdict;
    }

    private static string NameOf(XElement test) => $"{(string?)test.Attribute("type")}.{(string?)test.Attribute("method")}";

    // What fails has to fail again: on a busy machine a test may fail, or not end, without any mutant.
    private Verdict Try(int mutant, List<string> some)
    {
        while (some.Count > 0)
        {
            if (Run(mutant, some, patience: 1, out string[] failed) is { } first && first == 0)
            {
                return Verdict.Survived;
            }

            List<string> again = failed.Length > 0 ? [.. failed] : some;
            int? second = Run(mutant, again, patience: 2, out _);
            if (second != 0)
            {
                return second is null ? Verdict.TimedOut : Verdict.Noticed;
            }

            Interlocked.Increment(ref _unsteady);
            some = [.. some.Except(again, StringComparer.Ordinal)];
        }

        return Verdict.Survived;
    }

    private int? Run(int mutant, List<string> some, int patience, out string[] failed)
    {
        int? code = Run([.. some.SelectMany(test => new[] { "-method", test }), "-stopOnFail"],
            patience * TimeSpan.FromSeconds(30 + (4 * some.Sum(test => _seconds[test]))),
            ("APIKEY_MUTANT", mutant.ToString(CultureInfo.InvariantCulture)), out XElement[] results);
        failed = [.. results.Where(test => (string?)test.Attribute("result") == "Fail").Select(NameOf).Distinct(StringComparer.Ordinal)];
        return code;
    }

    // The exit code, and each test's result; null for a run that does not end in time and is ended.
    private int? Run(string[] arguments, TimeSpan patience, (string Name, string Value) variable, out XElement[] results)
    {
        string report = Path.Combine(folder, $"{Guid.NewGuid():N}.xml");
        ProcessStartInfo start = new("dotnet",
            ["exec", tests, .. arguments, "-parallel", "none", "-xml", report, "-noLogo", "-noColor"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = Path.GetDirectoryName(tests)!,
        };
        start.Environment[variable.Name] = variable.Value;
        using Process process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        bool hasEnded = process.WaitForExit(patience);
        if (!hasEnded)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }

        results = ReadReport(report);
        File.Delete(report);
        return hasEnded ? process.ExitCode : null;
    }

    // A process that ended early leaves none, or half of one.
    private static XElement[] ReadReport(string report)
    {
        try
        {
            return File.Exists(report) ? [.. XDocument.Load(report).Descendants("test")] : [];
        }
        catch (XmlException)
        {
            return [];
        }
    }
}
