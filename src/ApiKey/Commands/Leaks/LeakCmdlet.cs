using System.Diagnostics;
using System.Management.Automation;
using ApiKey.Binding;
using ApiKey.Cmdlets;
using ApiKey.Completion;
using ApiKey.Keys;
using ApiKey.Leaks;
using ApiKey.Model;
using ApiKey.Service;
using ApiKey.Session;
using ApiKey.Text;

namespace ApiKey.Commands;

/// <summary>Reads which keys are sought, before anything is searched, and searches for them.</summary>
public abstract class LeakCmdlet : ApiGatewayCmdlet
{
    private SoughtKeys? _keys;
    private LeakReport? _report;
    private LeakSearch? _files;
    private TextSearch? _text;
    private int _missing;

    private protected LeakCmdlet()
    {
    }

    /// <summary>The keys to look for: ids or key objects. Without it and -Name, all keys.</summary>
    [Parameter]
    [TransformKey]
    [ArgumentCompleter(typeof(KeyIdCompleter))]
    public ApiKeyIdentity[] Id { get; set; } = [];

    /// <summary>The names of the keys to look for, with wildcards.</summary>
    [Parameter]
    [Given]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(KeyNameCompleter))]
    public string[]? Name { get; set; }

    /// <summary>Looks for base64 and percent-encoded forms of the values, too.</summary>
    [Parameter]
    public SwitchParameter Encoded { get; set; }

    /// <summary>Emits each key once, where it was found first.</summary>
    [Parameter]
    public SwitchParameter Unique { get; set; }

    /// <summary>A file to write what was found to, as SARIF 2.1.0.</summary>
    [Parameter]
    [Given]
    public string? SarifPath { get; set; }

    /// <summary>The regions whose keys are looked for; the connection's when omitted.</summary>
    [Parameter]
    [Given]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public new string[]? Region { get; set; }

    /// <summary>The profiles to read keys with, each for itself; their regions are used when none is given.</summary>
    [Parameter]
    [Given]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    public new string[]? ProfileName { get; set; }

    private protected abstract bool SearchesText { get; }

    private protected override IReadOnlyList<ConnectionChoice> ReadPlaces() =>
    [
        .. from profile in ProfileName?.Distinct(StringComparer.Ordinal) ?? [null]
           from region in Region?.Distinct(StringComparer.OrdinalIgnoreCase) ?? [null]
           select new ConnectionChoice(Connection, region, profile, EndpointUrl),
    ];

    /// <inheritdoc/>
    protected override void Finish()
    {
        // A pipeline of nothing does nothing, but whoever waits for a log gets one.
        if (_report is not null || SarifPath is not null)
        {
            Prepare().Complete(SearchesText || (_files is null && _missing > 0) ? null : _files?.Files ?? 0, _files?.Bytes ?? 0);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _report?.Dispose();
    }

    private protected void CountMissing(bool isThere) => _missing += isThere ? 0 : 1;

    private protected void SearchText(PSObject? record)
    {
        LeakReport report = Prepare();
        _text ??= new TextSearch(_keys!.Values);
        _text.Search(PipedText.Of(record), place =>
        {
            (string Path, long LinesBefore)? origin = PipedText.OriginOf(record);
            report.Tell(origin is null ? null : _keys!.Values.Mask(origin.Value.Path, out _), place.Hit.Value,
                place with { Line = (origin?.LinesBefore ?? _text.LinesBefore) + place.Line });
        }, StopToken);
    }

    private protected void SearchFiles(IReadOnlyList<string> paths, bool isRecursive, bool includesIgnored)
    {
        LeakReport report = Prepare();
        if (paths.Count > 0)
        {
            _files ??= StartFiles();
            FileWalk walk = new(isRecursive, includesIgnored);
            Calls.Each("Searching files", _files.SearchAsync(paths.SelectMany(walk.Of), StopToken), report.Tell);
        }
    }

    private LeakSearch StartFiles()
    {
        LeakSearch search = new(_keys!.Values);
        long start = Stopwatch.GetTimestamp();
        Progress.BeginMeasured(() => LeakReport.Measure(search, Stopwatch.GetElapsedTime(start).TotalSeconds));
        return search;
    }

    private LeakReport Prepare()
    {
        if (_report is not null)
        {
            return _report;
        }

        _keys = ReadKeys();
        SarifLog? sarif = null;
        if (SarifPath is not null)
        {
            string here = SessionState.Path.CurrentFileSystemLocation.ProviderPath;
            string path = GetUnresolvedProviderPathFromPSPath(SarifPath);
            if (!this.TryFile(path, () => sarif = new SarifLog(path, IgnoreRules.RepositoryOf(here) ?? here,
                MyInvocation.MyCommand.Name, MyInvocation.MyCommand.Module?.Version.ToString() ?? "0")))
            {
                throw new PipelineStoppedException();
            }
        }

        return _report = new LeakReport(this, _keys, sarif, Unique);
    }

    private SoughtKeys ReadKeys()
    {
        NameFilter? names = Name is null ? null : new NameFilter(Name);
        HashSet<string> missing = new(Id.Select(one => one.Id), StringComparer.Ordinal);
        HashSet<string> ids = new(missing, StringComparer.Ordinal);
        Progress.Begin("Reading the API keys", total: null);
        SoughtKeys? keys = null;
        if (!Calls.Try("Reading the values of the API keys", null, () => keys = Calls.Await(SoughtKeys.ReadAsync(
            OpenAll(), ids.Count > 0 ? null : names?.CommonPrefix, key => IsSought(key, names, ids, missing), Encoded, StopToken)))
            || keys is null)
        {
            ThrowProblem("NothingSearched", "Nothing was searched, because the values of the API keys could not be read.", null);
        }

        foreach (string one in (names?.UnmatchedLiterals ?? []).Concat(missing))
        {
            WriteProblem("ApiKeyNotFound", $"There is no API key {Show.Quote(one)}, so it was not looked for. List the keys with "
                + "Get-ApiGatewayApiKey.", Show.Target(one), ErrorCategory.ObjectNotFound);
        }

        if (keys!.Count == 0 && keys.WithoutValue == 0)
        {
            WriteWarning("There is no API key to look for.");
        }

        return keys;
    }

    private static bool IsSought(ApiKeyInfo key, NameFilter? names, HashSet<string> ids, HashSet<string> missing)
    {
        missing.Remove(key.Id);
        return (names is null && ids.Count == 0) || ids.Contains(key.Id) || names?.Matches(key.Name ?? "") is true;
    }

    // A key object goes back to where it is from. A place that cannot be reached would look as if nothing had leaked.
    private List<ApiKeyOperations> OpenAll()
    {
        List<ApiKeyOperations> all = [];
        foreach (ApiGatewayConnection? origin in Id.Length == 0 ? [null] : Id.Select(one => one.Connection).Distinct())
        {
            foreach (ConnectionChoice place in Places)
            {
                if (Open(place, origin)?.Keys is not { } operations)
                {
                    ThrowProblem("NothingSearched", "Nothing was searched, because not every region or profile can be reached.", null);
                }
                else if (!all.Contains(operations))
                {
                    all.Add(operations);
                }
            }
        }

        return all;
    }
}
