using System.Diagnostics;
using System.Globalization;

namespace ApiKey.Tests;

/// <summary>How many inputs a fuzz test tries, and with which seed: a fixed few thousand, or as many as fit into the seconds that
/// <c>build.ps1 -Task Fuzz</c> gives, then with another seed each time.</summary>
internal sealed class Fuzzing : IDisposable
{
    private static readonly Lock Writing = new();

    private readonly string _name;
    private readonly int _usual;
    private readonly TimeSpan? _time;
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private int _count;

    public Fuzzing(string name, int usual, int seed)
    {
        _name = name;
        _usual = int.TryParse(Environment.GetEnvironmentVariable("APIKEY_FUZZ"), CultureInfo.InvariantCulture, out int asked)
            ? asked
            : usual;
        if (double.TryParse(Environment.GetEnvironmentVariable("APIKEY_FUZZ_SECONDS"), CultureInfo.InvariantCulture, out double seconds))
        {
            _time = TimeSpan.FromSeconds(seconds);
            seed = Environment.TickCount;
        }

        Seed = int.TryParse(Environment.GetEnvironmentVariable("APIKEY_FUZZ_SEED"), CultureInfo.InvariantCulture, out int chosen)
            ? chosen
            : seed;
    }

    /// <summary>What the inputs come from; a failure names it.</summary>
    public int Seed { get; }

    /// <summary>Whether another input is to be tried.</summary>
    public bool Goes() => (_time is { } time ? _watch.Elapsed < time : _count < _usual) && ++_count > 0;

    /// <summary>Reports how many were tried.</summary>
    public void Dispose()
    {
        string line = string.Create(CultureInfo.InvariantCulture, $"{_count} inputs of seed {Seed} for {_name}");
        TestContext.Current.TestOutputHelper?.WriteLine(line);
        if (Environment.GetEnvironmentVariable("APIKEY_FUZZ_REPORT") is { Length: > 0 } report)
        {
            lock (Writing)
            {
                File.AppendAllText(report, line + "\n");
            }
        }
    }
}
