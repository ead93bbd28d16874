using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ApiKey.Model;
using ApiKey.Traffic;

namespace ApiKey.Files;

/// <summary>
/// What the values of rows without a key are made from: 256 random bits, kept in a file beside the key file until the import is
/// done. An import that was killed and is run again makes the same values, so AWS takes each row for the key it already has.
/// When everything is done only a note of that stays: run once more, the same rows would make a second set of keys.
/// </summary>
/// <remarks>The file holds no value, but while an import is under way, whoever has it and the key file can make them: only its
/// owner may read it.</remarks>
internal sealed class ImportSeed
{
    private const int SeedLength = 32;
    private const string Done = "done ";

    // The largest multiple of 62 in a byte: what is above would make some characters likelier than others.
    private const int FairBelow = 248;

    private readonly string _contentHash;
    private readonly byte[] _seed;

    private ImportSeed(string path, string contentHash, byte[] seed)
    {
        (Path, _contentHash, _seed) = (path, contentHash, seed);
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The file beside a key file: one for each account (or endpoint) and region it is imported into.</summary>
    public static string PathFor(KeyFile file, QuotaScope place) =>
        $"{file.Path}.{string.Concat(place.Name.Select(character => char.IsAsciiLetterOrDigit(character) ? character : '-'))}.import";

    /// <summary>When the rows of a key file were made into keys by an import that ended; null when they were not.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static DateTimeOffset? CompletedAt(KeyFile file, QuotaScope place)
    {
        string path = PathFor(file, place);
        return File.Exists(path) && File.ReadAllLines(path) is [_, { } last] && last.StartsWith(Done, StringComparison.Ordinal)
            && DateTimeOffset.TryParse(last.AsSpan(Done.Length), CultureInfo.InvariantCulture, out DateTimeOffset date)
            ? date
            : null;
    }

    /// <summary>The seed of an import: a new one, or that of an import of the same file that did not end.</summary>
    /// <exception cref="IOException">The file cannot be written, or belongs to an import of other content.</exception>
    public static ImportSeed Open(KeyFile file, QuotaScope place)
    {
        string path = PathFor(file, place);
        if (!File.Exists(path) || CompletedAt(file, place) is not null)
        {
            Write(path, file.ContentHash, Convert.ToHexString(RandomNumberGenerator.GetBytes(SeedLength)));
        }

        string[] lines = File.ReadAllLines(path);
        if (lines is not [_, { Length: SeedLength * 2 } hex] || !hex.All(char.IsAsciiHexDigit))
        {
            throw new IOException($"{path} is not what an import leaves behind. Move it away, then run the command again.");
        }

        return lines[0] == file.ContentHash
            ? new ImportSeed(path, file.ContentHash, Convert.FromHexString(hex))
            : throw new IOException($"{path} is left from an import of {file.Path} that did not end, and that file has been changed since. Restore the file to finish that import, or delete {path} to start anew; keys that were already made for rows without a key stay and would be made a second time.");
    }

    /// <summary>The value of a row: the same each time.</summary>
    /// <param name="row">The row's number.</param>
    public string ValueOf(int row)
    {
        StringBuilder value = new(ApiKeyValue.Length);
        for (int block = 0; value.Length < ApiKeyValue.Length; block++)
        {
            byte[] random = HMACSHA512.HashData(_seed, Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{row}/{block}")));
            foreach (byte fair in random.Where(one => one < FairBelow).Take(ApiKeyValue.Length - value.Length))
            {
                value.Append(ApiKeyValue.Characters[fair % ApiKeyValue.Characters.Length]);
            }
        }

        return value.ToString();
    }

    /// <summary>Forgets the seed and notes that the import is done.</summary>
    public void Complete() => Write(Path, _contentHash, Done + DateTimeOffset.UtcNow.ToString("O", CultureInfo.InvariantCulture));

    private static void Write(string path, string contentHash, string what)
    {
        using OwnerOnlyFile file = new(path, overwrite: true);
        file.Stream.Write(Encoding.ASCII.GetBytes($"{contentHash}\n{what}\n"));
        file.Complete();
    }
}
