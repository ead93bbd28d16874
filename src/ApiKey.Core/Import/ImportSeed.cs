using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ApiKey.Calls;
using ApiKey.Formats;
using ApiKey.Keys;

namespace ApiKey.Import;

/// <summary>
/// What the values of rows without a key are made from: 256 random bits, kept in a file next to the key file until the import is
/// done. An import that was killed and is run again makes the same values, so AWS takes each row for the key it already has.
/// When everything is done only a note of that stays: run once more, the same rows would make a second set of keys.
/// </summary>
/// <remarks>
/// The file holds no value, but while an import is under way, whoever has it and the key file can make them: only its owner may
/// read it. One import holds it, locked, until it ends: two at once would both find no seed, and make every key twice. The
/// operating system frees the lock of a process that was killed. The file is changed in place, never replaced, so that it is the
/// same file that everybody locks.
/// </remarks>
internal sealed class ImportSeed : IDisposable
{
    private const int SeedLength = 32;
    private const string Done = "done ";

    // The largest multiple of 62 in a byte: what is above would make some characters likelier than others.
    private const int FairBelow = 248;

    private readonly FileStream _file;
    private readonly string _contentHash;
    private readonly byte[] _seed;

    private ImportSeed(FileStream file, string contentHash, byte[] seed)
    {
        (_file, _contentHash, _seed) = (file, contentHash, seed);
        WriteHolder(file.Name);
    }

    /// <summary>The file.</summary>
    public string Path => _file.Name;

    /// <summary>The file next to a key file: one for each account (or endpoint) and region it is imported into.</summary>
    public static string PathFor(KeyFile file, QuotaScope place) =>
        $"{System.IO.Path.GetFullPath(file.Path)}."
        + $"{string.Concat(place.Name.Select(character => char.IsAsciiLetterOrDigit(character) ? character : '-'))}.import";

    /// <summary>When the rows of a key file were made into keys by an import that ended; null when they were not.</summary>
    /// <exception cref="ImportInProgressException">An import of the file is under way.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static DateTimeOffset? CompletedAt(KeyFile file, QuotaScope place)
    {
        string path = PathFor(file, place);
        if (!File.Exists(path))
        {
            return null;
        }

        using FileStream held = Hold(file, path, FileMode.Open);
        return CompletedAt(ReadLines(held));
    }

    /// <summary>The seed of an import: a new one, or that of an import of the same file that did not end.</summary>
    /// <exception cref="ImportInProgressException">An import of the file is under way.</exception>
    /// <exception cref="IOException">The file cannot be written, or belongs to an import of other content.</exception>
    public static ImportSeed Open(KeyFile file, QuotaScope place)
    {
        string path = PathFor(file, place);
        FileStream held = Hold(file, path, FileMode.OpenOrCreate);
        try
        {
            string[] lines = ReadLines(held);
            if (lines.Length == 0 || CompletedAt(lines) is not null)
            {
                lines = [file.ContentHash, Convert.ToHexString(RandomNumberGenerator.GetBytes(SeedLength))];
                Write(held, lines[0], lines[1]);
            }

            if (lines is not [_, { Length: SeedLength * 2 } hex] || !hex.All(char.IsAsciiHexDigit))
            {
                throw new IOException($"{path} is not what an import leaves behind. Move it away, then run the command again.");
            }

            return lines[0] == file.ContentHash
                ? new ImportSeed(held, file.ContentHash, Convert.FromHexString(hex))
                : throw new IOException(
                    $"{path} is left from an import of {file.Path} that did not end, and that file has been changed since. Restore the "
                    + $"file to finish that import, or delete {path} to start again; keys that were already created for rows without a key "
                    + "stay, and would be created a second time.");
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>The value of a row: the same each time.</summary>
    /// <param name="row">The row's number.</param>
    public string ValueOf(int row)
    {
        StringBuilder value = new(ApiKeyValue.Length);
        for (int block = 0; value.Length < ApiKeyValue.Length; block++)
        {
            byte[] random = HMACSHA512.HashData(_seed,
                Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{row}/{block}")));
            foreach (byte fair in random.Where(one => one < FairBelow).Take(ApiKeyValue.Length - value.Length))
            {
                value.Append(ApiKeyValue.Characters[fair % ApiKeyValue.Characters.Length]);
            }
        }

        return value.ToString();
    }

    /// <summary>Forgets the seed and notes that the import is done.</summary>
    public void Complete() => Write(_file, _contentHash, Done + DateTimeOffset.UtcNow.ToString("O", CultureInfo.InvariantCulture));

    /// <summary>Lets others import the file.</summary>
    public void Dispose()
    {
        try
        {
            File.Delete(HolderOf(Path));
        }
        catch (Exception left) when (left is IOException or UnauthorizedAccessException)
        {
            // It only tells others who holds the lock.
        }

        _file.Dispose();
    }

    private static DateTimeOffset? CompletedAt(string[] lines) =>
        lines is [_, { } last] && last.StartsWith(Done, StringComparison.Ordinal)
            && DateTimeOffset.TryParse(last.AsSpan(Done.Length), CultureInfo.InvariantCulture, out DateTimeOffset date)
            ? date
            : null;

    // Whoever opens it with nothing shared has it locked: .NET asks the operating system for that on every system.
    private static FileStream Hold(KeyFile file, string path, FileMode mode)
    {
        try
        {
            if (!File.Exists(path) && mode == FileMode.OpenOrCreate)
            {
                try
                {
                    return OwnerOnlyFile.Create(path);
                }
                catch (IOException) when (File.Exists(path))
                {
                    // Another import was first.
                }
            }

            return new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException taken) when (IsLocked(taken))
        {
            throw new ImportInProgressException(
                $"{file.Path} is being imported{TellHolder(path)}, and two imports at once would make its keys twice. Wait until that one "
                + "has ended.", taken);
        }
    }

    // EWOULDBLOCK of Linux and of macOS, ERROR_SHARING_VIOLATION of Windows.
    private static bool IsLocked(IOException failure) => failure.HResult is 11 or 35 or unchecked((int)0x80070020);

    // The length stays the same, and so few bytes are written at once or not at all.
    private static void Write(FileStream file, string contentHash, string what)
    {
        file.Position = 0;
        file.Write(Encoding.ASCII.GetBytes($"{contentHash}\n{what.PadRight(SeedLength * 2)}\n"));
        file.Flush(flushToDisk: true);
    }

    private static string[] ReadLines(FileStream file)
    {
        file.Position = 0;
        using StreamReader reader = new(file, Encoding.ASCII, leaveOpen: true);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    // The locked file cannot be read, so who holds it stands in one next to it. After a kill it tells nothing: the lock is free.
    private static string HolderOf(string path) => $"{path}.pid";

    private static void WriteHolder(string path)
    {
        try
        {
            File.WriteAllText(HolderOf(path),
                string.Create(CultureInfo.InvariantCulture,
                    $"{Environment.ProcessId} on {Environment.MachineName} since {DateTimeOffset.UtcNow:u}"));
        }
        catch (Exception notTold) when (notTold is IOException or UnauthorizedAccessException)
        {
            // The lock holds without it.
        }
    }

    private static string TellHolder(string path)
    {
        try
        {
            return $" by process {File.ReadAllText(HolderOf(path))}";
        }
        catch (Exception notTold) when (notTold is IOException or UnauthorizedAccessException)
        {
            return " by another process";
        }
    }
}
