namespace ApiKey.Formats;

/// <summary>How far a misspelt name is from a right one.</summary>
internal static class Spelling
{
    /// <summary>How many letters must be put in, taken out or changed to make one name the other; case and underscores count
    /// nothing.</summary>
    public static int Distance(string from, string to)
    {
        (from, to) = (Plain(from), Plain(to));
        int[] row = [.. Enumerable.Range(0, to.Length + 1)];
        foreach ((int index, char letter) in from.Select((letter, index) => (index, letter)))
        {
            int diagonal = row[0];
            row[0] = index + 1;
            for (int column = 1; column <= to.Length; column++)
            {
                int replaced = diagonal + (to[column - 1] == letter ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.Min(replaced, 1 + Math.Min(row[column], row[column - 1]));
            }
        }

        return row[^1];
    }

    private static string Plain(string name)
        => name.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToUpperInvariant();
}
