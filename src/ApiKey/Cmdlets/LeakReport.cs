using System.Globalization;
using System.Management.Automation;
using ApiKey.Leaks;
using ApiKey.Model;
using ApiKey.Text;

namespace ApiKey.Cmdlets;

/// <summary>A search for leaks, and what it tells: places as objects and in the SARIF log, files that could not be searched as
/// errors, and at the end whether anything was omitted.</summary>
/// <param name="command">The command.</param>
/// <param name="keys">The keys that are sought.</param>
/// <param name="firstOnly">Whether a key is emitted only once.</param>
internal sealed class LeakReport(ApiGatewayCmdlet command, SoughtKeys keys, bool firstOnly) : IDisposable
{
    private readonly HashSet<string> _reported = new(StringComparer.Ordinal);
    private int _unreadable;
    private int _ignored;
    private long _places;
    private SarifLog? _sarif;
    private LeakSearch? _files;
    private TextSearch? _text;

    /// <summary>Tells which keys were to be sought and are not there.</summary>
    /// <param name="names">Names that no key has.</param>
    public void ReportMissing(IEnumerable<string> names)
    {
        foreach ((string one, string advice) in names.Select(name => (name, "")).Concat(keys.Missing.Select(id => (id,
            $"Keys are addressed by id; for a name, use -Name {Show.Quote(id)}. "))))
        {
            command.WriteProblem("ApiKeyNotFound", $"There is no API key {Show.Quote(one)}, so it was not looked for. {advice}List the "
                + "keys with Get-ApiGatewayApiKey.", Show.Target(one), ErrorCategory.ObjectNotFound);
        }

        if (keys.Count == 0 && keys.WithoutValue == 0)
        {
            command.WriteWarning("There is no API key to look for.");
        }
    }

    /// <summary>Starts the SARIF log; one that cannot be written ends the command, after its error.</summary>
    /// <param name="path">The file; null for none.</param>
    public void OpenLog(string? path)
    {
        if (path is null)
        {
            return;
        }

        string here = command.SessionState.Path.CurrentFileSystemLocation.ProviderPath;
        string file = command.GetUnresolvedProviderPathFromPSPath(path);
        command.UseFile(file, () => _sarif = new SarifLog(file, IgnoreRules.RepositoryOf(here) ?? here,
            command.MyInvocation.MyCommand.Name, command.MyInvocation.MyCommand.Module?.Version.ToString() ?? "0"));
    }

    /// <summary>Searches a text of the pipeline.</summary>
    public void Search(PSObject? text)
    {
        _text ??= new TextSearch(keys.Values);
        _text.Search(PipedText.Of(text), PipedText.OriginOf(text), Report, command.Calls.StopToken);
    }

    /// <summary>Searches files and folders.</summary>
    public void Search(IReadOnlyList<string> paths, FileWalk walk)
    {
        if (paths.Count == 0)
        {
            return;
        }

        if (_files is null)
        {
            LeakSearch files = _files = new LeakSearch(keys.Values);
            command.Calls.Progress.BeginMeasured(elapsed => Measure(files, elapsed));
        }

        command.Calls.Each("Searching files", _files.SearchAsync(paths.SelectMany(walk.Of), command.Calls.StopToken), Report);
    }

    private void Report(SearchEvent one)
    {
        if (one is { Path: { } path, File: { } file })
        {
            ReportSkipped(path, file);
            return;
        }

        _places++;
        foreach (ApiKeyInfo key in keys.KeysOf(one.Value))
        {
            ApiKeyLeakInfo leak = new(key)
            {
                Path = one.Path,
                Line = one.Place?.Line,
                Column = one.Place?.Column,
                Offset = one.Offset,
                Form = one.Place?.Hit.Form ?? ApiKeyLeakForm.Plain,
            };
            _sarif?.Add(leak);
            if (!firstOnly || _reported.Add($"{key.ProfileName}\n{key.Arn}"))
            {
                command.WriteObject(leak);
            }
        }
    }

    /// <summary>Tells how the search ended.</summary>
    /// <param name="hadPaths">Whether files were meant to be searched and each path meant some.</param>
    public void Complete(bool hadPaths)
    {
        long? files = _files?.Files ?? (hadPaths ? 0 : null);
        if (files == 0 && _unreadable == 0)
        {
            Warn("No file was searched: there is none, or all are ignored, empty or archives. -Verbose names them; -Recurse searches the "
                + "folders within, -IncludeIgnored what .gitignore omits.");
        }

        if (keys.WithoutValue > 0)
        {
            Fail("ValueNotRead", $"{Count(keys.WithoutValue, "API key")} came without a value, so it is not known whether the value is "
                + "here. The credentials need the IAM permission apigateway:GET on /apikeys.", ErrorCategory.InvalidResult);
        }

        string where = files is { } number ? $" in {Count(number, "file")} ({Size(_files?.Bytes ?? 0)})" : "";
        command.WriteVerbose($"{Count(_places, "place")} found{where} for {Count(keys.Count, "API key")}; "
            + $"{Count(_ignored, "item")} ignored.");
        if (_unreadable > 0)
        {
            Fail("SearchIncomplete", $"The search is incomplete: {Count(_unreadable, "file or folder", "files or folders")} could not be "
                + "searched. That nothing was found there means nothing.", ErrorCategory.InvalidResult);
        }

        _sarif?.Complete();
    }

    /// <inheritdoc/>
    public void Dispose() => _sarif?.Dispose();

    private static (long Done, long? Total, string Text) Measure(LeakSearch search, TimeSpan elapsed) =>
        (search.Bytes, search.AllBytes, $"{Size(search.Bytes)}{(search.AllBytes is { } all ? $" of {Size(all)}" : "")} searched, "
            + $"{Size((long)(search.Bytes / Math.Max(elapsed.TotalSeconds, 0.001)))} a second");

    private static string Size(long bytes) => bytes switch
    {
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.#} kB"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.#} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.##} GB"),
    };

    private static string Count(long number, string one, string? many = null)
        => string.Create(CultureInfo.InvariantCulture, $"{number:N0} {(number == 1 ? one : many ?? one + "s")}");

    private void ReportSkipped(string path, WalkedFile file)
    {
        switch (file.Skip)
        {
            case SkipReason.Ignored:
                _ignored++;
                command.WriteVerbose($"Ignored: {path}");
                break;
            case SkipReason.Link:
                command.WriteVerbose($"Not followed, a link: {path}");
                break;
            case SkipReason.Archive when file.IsNamed:
                Warn($"{path} is an archive or a compressed file, which is not opened. Extract it and search what comes out.");
                break;
            case SkipReason.Archive:
                command.WriteVerbose($"Not opened, an archive or a compressed file: {path}");
                break;
            default:
                ReportUnreadable(path, file);
                break;
        }
    }

    private void ReportUnreadable(string path, WalkedFile file)
    {
        _unreadable++;
        if (file.Problem is FileNotFoundException or DirectoryNotFoundException)
        {
            Fail("FileNotFound", $"There is no file '{path}' any more. Check the path.", ErrorCategory.ObjectNotFound, path);
            return;
        }

        // The system's own message has the path, and with it perhaps a value.
        string why = file.Problem is UnauthorizedAccessException ? "You are not allowed to read it."
            : keys.Values.Mask(file.Problem!.Message, out _);
        Fail("FileNotSearched", $"'{path}' could not be searched. {why}",
            file.Problem is UnauthorizedAccessException ? ErrorCategory.PermissionDenied : ErrorCategory.ReadError, path);
    }

    private void Warn(string message)
    {
        _sarif?.AddProblem(message);
        command.WriteWarning(message);
    }

    private void Fail(string errorId, string message, ErrorCategory category, object? target = null)
    {
        _sarif?.AddProblem(message);
        command.WriteError(new ErrorRecord(new IOException(Show.Message(message)), errorId, category, target));
    }
}
