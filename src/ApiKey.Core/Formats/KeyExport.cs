using ApiKey.Model;
using ApiKey.Tags;

namespace ApiKey.Formats;

/// <summary>
/// Writes keys to a file as they come, for CloudFormation to two. They are there when they are complete, and only their owner may
/// read them.
/// </summary>
internal sealed class KeyExport : IDisposable
{
    private readonly KeyExportOptions _options;
    private readonly TagSet _defaultTags;
    private readonly List<OwnerOnlyFile> _files = [];
    private readonly IKeyWriter _writer;
    private readonly Dictionary<string, UsagePlanInfo> _plans = new(StringComparer.Ordinal);
    private string? _region;
    private bool _isEmpty = true;
    private int _withoutDefaultTags;

    /// <summary>Starts a file.</summary>
    /// <param name="options">How, without a problem.</param>
    /// <exception cref="IOException">The folder is not there or cannot be written to.</exception>
    public KeyExport(KeyExportOptions options)
    {
        _options = options;
        _defaultTags = options.Policy.WithoutIgnored(options.Policy.Defaults);
        _writer = options.Format!.Start([.. options.Paths.Select(Start)], options);
    }

    /// <summary>How many keys do not have all default tags, where a later apply of the file puts them on.</summary>
    public int WithoutDefaultTags => _options.Format!.IsForOneRegion ? _withoutDefaultTags : 0;

    /// <summary>What a person should know of the finished file; null for nothing.</summary>
    public string? Warning => _writer.Warning;

    /// <summary>Why the file cannot be completed; null when it can.</summary>
    public ExportProblem? FindProblem() =>
        _isEmpty && _writer.ProblemOfNothing is { } problem ? Refuse("NothingToExport", problem, _options.Path) : null;

    /// <summary>Adds a key, with the usage plans it is in; null where nobody looked.</summary>
    /// <returns>Why it does not belong into the file; null when it does.</returns>
    public ExportProblem? Write(ApiKeyInfo key, IReadOnlyList<UsagePlanInfo>? plans)
    {
        _region ??= key.Region;
        if (_options.Format!.IsForOneRegion && !string.Equals(key.Region, _region, StringComparison.Ordinal))
        {
            return Refuse("SeveralRegions", $"API key '{key}' is in {key.Region}, and others are in {_region}. This format is for the keys "
                + "of one region; write a file for each.", key);
        }

        if (_writer.ProblemOf(key) is { } problem)
        {
            return Refuse("NotWritable", $"API key '{key}' {problem}", key);
        }

        if (Add(plans ?? []) is { } refused)
        {
            return refused;
        }

        _isEmpty = false;
        _withoutDefaultTags += key.TagsAll.ContainsAllKeys(_defaultTags) ? 0 : 1;
        _writer.Write(key, plans);
        return null;
    }

    /// <summary>Adds usage plans: those of the keys, and others that belong into the file.</summary>
    /// <returns>Why one does not belong into the file; null when all do.</returns>
    public ExportProblem? Add(IReadOnlyList<UsagePlanInfo> plans)
    {
        foreach (UsagePlanInfo plan in plans)
        {
            if (_writer.ProblemOf(plan) is { } problem)
            {
                return Refuse("NotWritable", $"Usage plan '{plan}' {problem}", plan);
            }

            _isEmpty = false;
            _plans.TryAdd(plan.Id, plan);
        }

        return null;
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

    private ExportProblem Refuse(string errorId, string problem, object target) =>
        new(errorId, $"{problem} {_options.Path} was not written.", target);

    private FileStream Start(string path)
    {
        try
        {
            OwnerOnlyFile file = new(path, _options.Overwrite);
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
