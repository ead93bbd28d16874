using System.Diagnostics;
using System.Globalization;
using System.Xml.Linq;

namespace ApiKey.Mutation;

/// <summary>How a mutant fared.</summary>
internal enum Verdict
{
    /// <summary>A test failed, or did not end in time.</summary>
    Noticed,

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

    /// <summary>Runs all tests one after the other, without a mutant.</summary>
    public void Learn()
    {
        string hits = Directory.CreateDirectory(Path.Combine(folder, "hits")).FullName;
        string report = Path.Combine(folder, "learn.xml");
        Run([.. LeftOut.SelectMany(space => new[] { "-namespace-", space }), "-parallel", "none", "-xml", report],
            TimeSpan.FromMinutes(30), ("APIKEY_MUTANT_HITS", hits));
        HashSet<string> failing = new(StringComparer.Ordinal);
        foreach (XElement test in XDocument.Load(report).Descendants("test"))
        {
            string name = $"{(string?)test.Attribute("type")}.{(string?)test.Attribute("method")}";
            _seconds[name] = _seconds.GetValueOrDefault(name)
                + double.Parse((string?)test.Attribute("time") ?? "0", CultureInfo.InvariantCulture);
            if ((string?)test.Attribute("result") != "Pass")
            {
                failing.Add(name);
            }
        }

        foreach (string[] words in Directory.EnumerateFiles(hits, "*.hits").Select(file => File.ReadAllText(file).Split(' ')))
        {
            foreach (string number in words.Skip(1).Where(_ => _seconds.ContainsKey(words[0]) && !failing.Contains(words[0])))
            {
                int mutant = int.Parse(number, CultureInfo.InvariantCulture);
                (_reaching.TryGetValue(mutant, out List<string>? known) ? known : _reaching[mutant] = []).Add(words[0]);
            }
        }

        Console.WriteLine($"{_seconds.Count} tests in {_seconds.Values.Sum():F0} s; {failing.Count} fail in the copy and are not used; "
            + $"{_reaching.Count} mutants are reached.");
    }

    /// <summary>Runs the tests that reach a mutant: first the quickest of each class, then others within the budget.</summary>
    public Verdict Judge(int mutant)
    {
        if (!_reaching.TryGetValue(mutant, out List<string>? reaching))
        {
            return Verdict.NotReached;
        }

        string[] all = [.. reaching.Distinct(StringComparer.Ordinal).OrderBy(test => _seconds[test])];
        string[] first = [.. all.GroupBy(test => test[..test.LastIndexOf('.')]).SelectMany(tests => tests.Take(2))
            .OrderBy(test => _seconds[test]).Take(16)];
        double spent = 0;
        string[] rest = [.. all.Except(first, StringComparer.Ordinal).TakeWhile(test => (spent += _seconds[test]) < budget)];
        return new[] { first, rest }.Where(some => some.Length > 0).All(some => Pass(mutant, some)) ? Verdict.Survived : Verdict.Noticed;
    }

    private bool Pass(int mutant, string[] some) => Run(
        [.. some.SelectMany(test => new[] { "-method", test }), "-parallel", "none", "-stopOnFail"],
        TimeSpan.FromSeconds(30 + (4 * some.Sum(test => _seconds[test]))),
        ("APIKEY_MUTANT", mutant.ToString(CultureInfo.InvariantCulture))) == 0;

    // The exit code; a run that does not end in time is ended.
    private int Run(string[] arguments, TimeSpan patience, (string Name, string Value) variable)
    {
        ProcessStartInfo start = new("dotnet", ["exec", tests, .. arguments, "-noLogo", "-noColor"])
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
        if (!process.WaitForExit(patience))
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            return -1;
        }

        return process.ExitCode;
    }
}
