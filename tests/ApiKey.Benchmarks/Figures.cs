using System.Diagnostics;
using System.Globalization;

namespace ApiKey.Benchmarks;

/// <summary>Runs contestants in turn and prints medians as ratios: on shared machines absolute times mean nothing.</summary>
internal static class Figures
{
    // The runtime compiles what runs often a second time, in the background, and that takes some ten thousand calls.
    private const int WarmUps = 4;

    /// <summary>Times contestants in turn, so that a machine that slows down slows all of them.</summary>
    /// <param name="rounds">Rounds counted, after <see cref="WarmUps"/> that are not.</param>
    /// <param name="contestants">Name and what to run; it gives back its own time.</param>
    public static void Compare(int rounds, params (string Name, Func<TimeSpan> Run)[] contestants) => Compare(rounds, WarmUps, contestants);

    /// <summary>Times contestants in turn that need fewer rounds before the first that counts.</summary>
    public static void Compare(int rounds, int warmUps, params (string Name, Func<TimeSpan> Run)[] contestants)
    {
        List<double>[] seconds = [.. contestants.Select(_ => new List<double>())];
        for (int round = 0; round < warmUps + rounds; round++)
        {
            for (int index = 0; index < contestants.Length; index++)
            {
                double taken = contestants[index].Run().TotalSeconds;
                if (round >= warmUps)
                {
                    seconds[index].Add(taken);
                }
            }
        }

        double first = Median(seconds[0]);
        for (int index = 0; index < contestants.Length; index++)
        {
            double median = Median(seconds[index]);
            string ratio = index == 0 ? "" : $"   {Ratio(median / first)} times as long as {contestants[0].Name}";
            Console.WriteLine($"  {contestants[index].Name,-44} median {median,8:F3} s{ratio}");
        }
    }

    /// <summary>Runs contestants in turn and prints what each takes more than the first, round by round: what they share falls
    /// out.</summary>
    /// <param name="rounds">Rounds counted, after one that is not.</param>
    /// <param name="contestants">Name and what to run; it gives back its own time.</param>
    public static void Above(int rounds, params (string Name, Func<TimeSpan> Run)[] contestants)
    {
        double[][] seconds = [.. Enumerable.Range(0, rounds + 1).Select(_ => new double[contestants.Length])];
        for (int turn = 0; turn < seconds.Length * contestants.Length; turn++)
        {
            // Each round starts with another one, so that none always runs after the same.
            (int round, int place) = Math.DivRem(turn, contestants.Length);
            int index = (round + place) % contestants.Length;
            seconds[round][index] = contestants[index].Run().TotalSeconds;
        }

        for (int index = 0; index < contestants.Length; index++)
        {
            double median = Median(seconds.Skip(1).Select(round => round[index]));
            double above = Median(seconds.Skip(1).Select(round => round[index] - round[0]));
            Console.WriteLine($"  {contestants[index].Name,-44} median {median,8:F3} s"
                + (index == 0 ? "" : $"   {above:F3} s above the first"));
        }
    }

    public static TimeSpan Time(Action action)
    {
        Stopwatch watch = Stopwatch.StartNew();
        action();
        return watch.Elapsed;
    }

    /// <summary>So many of something, as one says it.</summary>
    public static string Count(long number, string noun)
        => string.Create(CultureInfo.InvariantCulture, $"{number} {noun}{(number == 1 ? "" : "s")}");

    /// <summary>A ratio with the digits that mean something.</summary>
    public static string Ratio(double ratio)
        => ratio.ToString(ratio >= 100 ? "F0" : ratio >= 10 ? "F1" : "F2", CultureInfo.InvariantCulture);

    public static double Median(IEnumerable<double> numbers)
    {
        double[] sorted = [.. numbers.Order()];
        return sorted[sorted.Length / 2];
    }
}
