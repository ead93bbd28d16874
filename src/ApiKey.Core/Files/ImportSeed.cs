using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ApiKey.Model;

namespace ApiKey.Files;

/// <summary>
/// What the values of rows without a key are made from: 256 random bits, kept in a file beside the key file until the import is
/// done. An import that was killed and is run again makes the same values, so AWS takes each row for the key it already has.
/// </summary>
/// <remarks>The file holds no value, but whoever has it and the region can make them: only its owner may read it.</remarks>
internal sealed class ImportSeed
{
    private const int SeedLength = 32;

    // The largest multiple of 62 in a byte: what is above would make some characters likelier than others.
    private const int FairBelow = 248;

    private readonly byte[] _seed;

    private ImportSeed(string path, byte[] seed)
    {
        (Path, _seed) = (path, seed);
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The seed of an import: a new one, or that of an import of the same file that did not end.</summary>
    /// <exception cref="IOException">The file cannot be written, or belongs to an import of other content.</exception>
    public static ImportSeed Open(KeyFile file, string region)
    {
        string path = $"{file.Path}.{region}.import";
        if (!File.Exists(path))
        {
            using OwnerOnlyFile created = new(path, overwrite: false);
            created.Stream.Write(Encoding.ASCII.GetBytes($"{file.ContentHash}\n{Convert.ToHexString(RandomNumberGenerator.GetBytes(SeedLength))}\n"));
            created.Complete();
        }

        string[] lines = File.ReadAllLines(path);
        if (lines is not [_, { Length: SeedLength * 2 } hex] || !hex.All(char.IsAsciiHexDigit))
        {
            throw new IOException($"{path} is not what an import leaves behind. Move it away, then run the command again.");
        }

        return lines[0] == file.ContentHash
            ? new ImportSeed(path, Convert.FromHexString(hex))
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

    /// <summary>Forgets the seed: the import is done.</summary>
    public void Delete() => File.Delete(Path);
}
