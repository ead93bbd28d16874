namespace ApiKey.Formats;

/// <summary>
/// Names of files that are written next to the one they will replace. Whoever writes one holds it locked until it has its own
/// name, so that what a killed process left can be distinguished from what another one is writing.
/// </summary>
internal static class PartialFile
{
    private const string Extension = ".partial";

    /// <summary>A new name next to a file. Takes away what earlier, killed runs left there.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public static string NameFor(string path)
    {
        string folder = Path.GetDirectoryName(path)!;
        string start = Path.GetFileName(path) + ".";
        if (Directory.Exists(folder))
        {
            foreach (string left in Directory.EnumerateFiles(folder, $"*{Extension}").Where(file => IsPartOf(Path.GetFileName(file), start))
                .ToArray())
            {
                RemoveIfLeft(left);
            }
        }

        return Path.Combine(folder, $"{start}{Path.GetRandomFileName()}{Extension}");
    }

    // keys.csv.ab12cd34.ef5.partial, and not keys.csv.other.csv.ab12cd34.ef5.partial.
    private static bool IsPartOf(string file, string start) =>
        file.Length == start.Length + Path.GetRandomFileName().Length + Extension.Length
            && file.StartsWith(start, StringComparison.Ordinal);

    private static void RemoveIfLeft(string path)
    {
        try
        {
            new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose).Dispose();
        }
        catch (Exception inUse) when (inUse is IOException or UnauthorizedAccessException)
        {
            // Another process is writing it, or it is another user's: not ours to remove.
        }
    }
}
