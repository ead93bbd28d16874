using System.Text;
using ApiKey.Keys;

namespace ApiKey.Benchmarks;

/// <summary>
/// A folder of mixed text and binaries: what lies in the folders of NuGet packages (sources, XML, assemblies, native code), without
/// archives, then logs with hexadecimal digits, base64 and JSON until there is enough; and values, a few of them planted.
/// </summary>
internal sealed class LeakCorpus : IDisposable
{
    private const int Planted = 20;
    private const int LogLength = 2 << 20;

    private static readonly string[] Archives = [".nupkg", ".zip", ".gz", ".snupkg"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("apikey-leaks-");

    public LeakCorpus(long bytes, int values)
    {
        Folder = Directory.CreateDirectory(Path.Combine(_folder.FullName, "corpus")).FullName;
        Values = [.. Enumerable.Range(0, values).Select(_ => ApiKeyValue.Generate())];
        string packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        int number = 0;
        foreach (FileInfo file in new DirectoryInfo(packages).EnumerateFiles("*", SearchOption.AllDirectories)
            .Where(file => !Archives.Contains(file.Extension)).OrderBy(file => file.FullName, StringComparer.Ordinal))
        {
            if (Bytes >= bytes * 3 / 4)
            {
                break;
            }

            string folder = Directory.CreateDirectory(Path.Combine(Folder, $"f{number / 100}")).FullName;
            File.Copy(file.FullName, Path.Combine(folder, $"{number++}{file.Extension}"));
            Bytes += file.Length;
        }

        Random random = new(1);
        for (int log = 0; Bytes < bytes; log++)
        {
            byte[] text = Encoding.UTF8.GetBytes(Log(random));
            File.WriteAllBytes(Path.Combine(Folder, $"{log}.log"), text);
            Bytes += text.Length;
        }

        string[] files = Directory.GetFiles(Folder, "*.log");
        for (int index = 0; index < Planted; index++)
        {
            File.AppendAllText(files[index % files.Length], $"x-api-key: {Values[index * (values / Planted)]}\n");
        }
    }

    public string Folder { get; }

    public IReadOnlyList<string> Values { get; }

    public long Bytes { get; private set; }

    /// <summary>The first of the values, as the other tools read them.</summary>
    public string WriteValues(int count)
    {
        string path = Path.Combine(_folder.FullName, $"values-{count}");
        File.WriteAllLines(path, Values.Take(count));
        return path;
    }

    public IEnumerable<string> Files() => Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories);

    public void Dispose() => _folder.Delete(recursive: true);

    private static string Log(Random random)
    {
        StringBuilder text = new(LogLength + 1000);
        byte[] bytes = new byte[48];
        while (text.Length < LogLength)
        {
            random.NextBytes(bytes);
            text.Append("2026-11-25T10:22:31.004Z INFO ").Append(Convert.ToHexStringLower(bytes.AsSpan(0, 16)))
                .Append(" request {\"path\":\"/v1/orders/").Append(random.Next()).Append("\",\"ms\":").Append(random.Next(900))
                .Append(",\"etag\":\"").Append(Convert.ToBase64String(bytes)).Append("\"}\n");
        }

        return text.ToString();
    }
}
