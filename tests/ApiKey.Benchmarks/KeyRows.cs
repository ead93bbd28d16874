using System.Globalization;

namespace ApiKey.Benchmarks;

/// <summary>Key files of any length.</summary>
internal static class KeyRows
{
    /// <summary>Writes a key file whose rows leave the value to be generated.</summary>
    public static string Write(string folder, int rows, Func<int, string>? tags = null)
    {
        string path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"keys-{rows}.csv"));
        using StreamWriter file = new(path);
        file.WriteLine("Name,Key,Description,Enabled,Tags");
        for (int row = 0; row < rows; row++)
        {
            file.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"partner-{row:D6},,\"Row {row}, quoted\",true,{tags?.Invoke(row)}"));
        }

        return path;
    }
}
