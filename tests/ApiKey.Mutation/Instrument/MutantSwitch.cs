using System.Globalization;

namespace ApiKey.Mutation;

/// <summary>In the mutated copy: says which mutant is alive in this process, and remembers which were reached.</summary>
public static class MutantSwitch
{
    private static readonly int Alive =
        int.TryParse(Environment.GetEnvironmentVariable("APIKEY_MUTANT"), CultureInfo.InvariantCulture, out int number) ? number : -1;

    private static readonly string? Folder = Environment.GetEnvironmentVariable("APIKEY_MUTANT_HITS");
    private static readonly bool[] Hits = Watch();

    /// <summary>Whether a mutant is alive.</summary>
    public static bool On(int mutant)
    {
        if (Folder is not null)
        {
            Hits[mutant] = true;
        }

        return mutant == Alive;
    }

    /// <summary>Writes what was reached since the last call, under a name.</summary>
    public static void Flush(string name)
    {
        int[] hits = Enumerable.Range(0, Hits.Length).Where(mutant => Hits[mutant]).ToArray();
        Array.Clear(Hits);
        if (Folder is not null && hits.Length > 0)
        {
            string file = Path.Combine(Folder, $"{Environment.ProcessId}-{Guid.NewGuid():N}.hits");
            File.WriteAllText(file, $"{name} {string.Join(' ', hits)}");
        }
    }

    // Processes that a test starts write down theirs when they end, under the test that runs then.
    private static bool[] Watch()
    {
        if (Folder is not null)
        {
            AppDomain.CurrentDomain.ProcessExit += (_, _) => Flush(Environment.GetEnvironmentVariable("APIKEY_MUTANT_TEST") ?? "?");
        }

        return new bool[10_000];
    }
}
