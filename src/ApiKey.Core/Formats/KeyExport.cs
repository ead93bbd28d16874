using ApiKey.Model;
using ApiKey.Tags;

namespace ApiKey.Formats;

/// <summary>
/// Writes keys to a file as they come, for CloudFormation to two. They are there when they are complete, and only their owner may
/// read them.
/// </summary>
internal sealed class KeyExport : IDisposable
{
    private readonly List<OwnerOnlyFile> _files = [];
    private readonly IKeyWriter _writer;
    private readonly Dictionary<string, UsagePlanInfo> _plans = new(StringComparer.Ordinal);

    /// <summary>Starts a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="kind">What it looks like.</param>
    /// <param name="withValues">Whether values are written.</param>
    /// <param name="overwrite">Whether a file that is there may be replaced.</param>
    /// <param name="policy">The tag policy, which Terraform's provider gets.</param>
    /// <exception cref="IOException">The folder is not there or cannot be written to.</exception>
    public KeyExport(string path, KeyFileKind kind, bool withValues, bool overwrite, TagPolicy policy)
    {
        Stream[] streams = [.. PathsOf(path, kind).Select(file => Start(file, overwrite))];
        _writer = kind switch
        {
            KeyFileKind.Csv => new KeyCsv(streams[0]),
            KeyFileKind.Json => new KeyJson(streams[0], withValues),
            KeyFileKind.Terraform => new TerraformExport(streams[0], policy),
            KeyFileKind.DesiredState => new DesiredStateExport(streams[0]),
            KeyFileKind.CloudFormation => new CloudFormationExport(streams[0], streams[1]),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A format without a writer."),
        };
    }

    /// <summary>Whether there is neither a key nor a usage plan in it.</summary>
    public bool IsEmpty { get; private set; } = true;

    /// <summary>How many resources a template has; 0 for other files.</summary>
    public int ResourceCount => _writer is CloudFormationExport template ? template.Count : 0;

    /// <summary>The files that are written for a path.</summary>
    public static IReadOnlyList<string> PathsOf(string path, KeyFileKind kind) =>
        kind == KeyFileKind.CloudFormation ? [path, CloudFormationExport.ImportPathOf(path)] : [path];

    /// <summary>Adds a key, with the usage plans it is in; null where nobody looked.</summary>
    public void Write(ApiKeyInfo key, IReadOnlyList<UsagePlanInfo>? plans)
    {
        IsEmpty = false;
        _writer.Write(key, plans);
    }

    /// <summary>Adds usage plans: those of the keys, and others that belong into the file.</summary>
    public void AddPlans(IReadOnlyList<UsagePlanInfo> plans)
    {
        foreach (UsagePlanInfo plan in plans)
        {
            IsEmpty = false;
            _plans.TryAdd(plan.Id, plan);
        }
    }

    /// <summary>Gives the file its name.</summary>
    public void Complete()
    {
        _writer.Finish(
            [.. _plans.Values.OrderBy(plan => plan.Name, StringComparer.Ordinal).ThenBy(plan => plan.Id, StringComparer.Ordinal)]);
        _files.ForEach(file => file.Complete());
    }

    /// <summary>Takes an incomplete file away.</summary>
    public void Dispose()
    {
        try
        {
            _writer?.Dispose();
        }
        catch (Exception abandoned) when (abandoned is IOException or ObjectDisposedException or ArgumentOutOfRangeException)
        {
            // A writer hands on what it still holds; what is abandoned need not arrive.
        }
        finally
        {
            _files.ForEach(file => file.Dispose());
        }
    }

    private FileStream Start(string path, bool overwrite)
    {
        try
        {
            OwnerOnlyFile file = new(path, overwrite);
            _files.Add(file);
            return file.Stream;
        }
        catch
        {
            Dispose();
            throw;
        }
    }
}
