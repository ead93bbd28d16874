using System.Globalization;
using System.Management.Automation;
using ApiKey.Leaks;
using ApiKey.Model;
using ApiKey.Text;

namespace ApiKey.Cmdlets;

/// <summary>What a search for leaks tells: places as objects and in the SARIF log, files that could not be searched as errors, and at the
/// end whether anything was omitted.</summary>
/// <param name="command">The command.</param>
/// <param name="keys">The keys that are sought.</param>
/// <param name="sarif">The log; null for none.</param>
/// <param name="firstOnly">Whether a key is emitted only once.</param>
internal sealed class LeakReport(ModuleCmdlet command, SoughtKeys keys, SarifLog? sarif, bool firstOnly) : IDisposable
{
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);
    private int _unreadable;
    private int _ignored;
    private long _places;

    /// <summary>Tells what a search of files came by.</summary>
    public void Tell(SearchEvent one)
    {
        if (one.File is { } file)
        {
            TellSkipped(one.Path, file);
        }
        else
        {
            Tell(one.Path, one.Value, one.Place, hasOffset: true);
        }
    }

    /// <summary>Tells a place in a text, or in a file's name.</summary>
    public void Tell(string? path, int value, Place? place, bool hasOffset = false)
    {
        _places++;
        foreach (ApiKeyInfo key in keys.KeysOf(value))
        {
            ApiKeyLeakInfo leak = new(key)
            {
                Path = path,
                Line = place?.Line,
                Column = place?.Column,
                Offset = hasOffset ? place?.Hit.Start : null,
                Form = place?.Hit.Form ?? ApiKeyLeakForm.Plain,
            };
            sarif?.Add(leak);
            if (!firstOnly || _told.Add($"{key.ProfileName}\n{key.Arn}"))
            {
                command.WriteObject(leak);
            }
        }
    }

    /// <summary>Tells how the search ended.</summary>
    /// <param name="files">How many files were searched; null when it was text.</param>
    /// <param name="bytes">How many bytes that were.</param>
    public void Complete(long? files, long bytes)
    {
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

        string where = files is { } number ? $" in {Count(number, "file")} ({Size(bytes)})" : "";
        command.WriteVerbose($"{Count(_places, "place")} found{where} for {Count(keys.Count, "API key")}; "
            + $"{Count(_ignored, "item")} ignored.");
        if (_unreadable > 0)
        {
            Fail("SearchIncomplete", $"The search is incomplete: {Count(_unreadable, "file or folder", "files or folders")} could not be "
                + "searched. That nothing was found there means nothing.", ErrorCategory.InvalidResult);
        }

        sarif?.Complete();
    }

    /// <inheritdoc/>
    public void Dispose() => sarif?.Dispose();

    /// <summary>How much was searched, as progress shows it.</summary>
    public static (long Done, long? Total, string Text) Measure(LeakSearch search, double seconds) =>
        (search.Bytes, search.AllBytes, $"{Size(search.Bytes)}{(search.AllBytes is { } all ? $" of {Size(all)}" : "")} searched, "
            + $"{Size((long)(search.Bytes / Math.Max(seconds, 0.001)))} a second");

    private static string Size(long bytes) => bytes switch
    {
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.#} kB"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.#} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.##} GB"),
    };

    private static string Count(long number, string one, string? many = null)
        => string.Create(CultureInfo.InvariantCulture, $"{number:N0} {(number == 1 ? one : many ?? one + "s")}");

    private void TellSkipped(string path, WalkedFile file)
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
                TellUnreadable(path, file);
                break;
        }
    }

    private void TellUnreadable(string path, WalkedFile file)
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
        sarif?.AddProblem(message);
        command.WriteWarning(message);
    }

    private void Fail(string errorId, string message, ErrorCategory category, object? target = null)
    {
        sarif?.AddProblem(message);
        command.WriteError(new ErrorRecord(new IOException(Show.Message(message)), errorId, category, target));
    }
}
