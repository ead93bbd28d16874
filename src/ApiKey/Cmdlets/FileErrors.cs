using System.Management.Automation;
using ApiKey.Formats;
using ApiKey.Import;
using ApiKey.Text;

namespace ApiKey.Cmdlets;

/// <summary>How commands find the files they are given and tell what is wrong with them.</summary>
internal static class FileErrors
{
    /// <summary>Adds the files that paths with wildcards mean, and those of paths as they are; one that means none is one error.</summary>
    /// <returns>Whether there is none such.</returns>
    public static bool TryResolveFiles(this ModuleCmdlet command, IEnumerable<string> paths, IEnumerable<string> literalPaths,
        List<string> files)
    {
        int missing = paths.Count(path => !command.TryResolveFiles(path, files));
        files.AddRange(literalPaths.Select(command.GetUnresolvedProviderPathFromPSPath));
        return missing == 0;
    }

    private static bool TryResolveFiles(this ModuleCmdlet command, string path, List<string> files)
    {
        int before = files.Count;
        try
        {
            files.AddRange(command.GetResolvedProviderPathFromPSPath(path, out _));
        }
        catch (ItemNotFoundException)
        {
            // Reported below, as for wildcards that match nothing.
        }

        if (files.Count > before)
        {
            return true;
        }

        command.WriteError(NotFound(
            $"There is no file {Show.QuotePath(path)}. Check the path; -LiteralPath accepts names with brackets as they are.", path));
        return false;
    }

    /// <summary>Does something with a file; what is wrong with it becomes one error.</summary>
    public static bool TryFile(this ModuleCmdlet command, string path, Action action)
    {
        ErrorRecord? error = null;
        try
        {
            action();
        }
        catch (Exception failure) when ((error = ErrorOf(path, failure)) is not null)
        {
            command.WriteError(error);
        }

        return error is null;
    }

    /// <summary>Does something with a file without which the command cannot go on: what is wrong with it ends the command.</summary>
    public static void UseFile(this ModuleCmdlet command, string path, Action action)
    {
        ErrorRecord? error = null;
        try
        {
            action();
        }
        catch (Exception failure) when ((error = ErrorOf(path, failure)) is not null)
        {
            command.ThrowTerminatingError(error);
        }
    }

    private static ErrorRecord? ErrorOf(string path, Exception failure) => failure switch
    {
        FileProblemException => new ErrorRecord(failure, "InvalidKeyFile", ErrorCategory.InvalidData, path),
        FileNotFoundException => NotFound($"There is no file {Show.QuotePath(path)}. Check the path.", path),
        DirectoryNotFoundException => NotFound(
            $"There is no folder '{Path.GetDirectoryName(path)}'. Create it first, or specify another path.", path),
        UnauthorizedAccessException when Directory.Exists(path) => NotFound($"'{path}' is a folder. Specify the path of a file.", path),
        ImportInProgressException => new ErrorRecord(failure, "ImportInProgress", ErrorCategory.ResourceBusy, path),
        _ => IsOfFile(failure) ? NotUsable(path, failure) : null,
    };

    /// <summary>The error of a file that cannot be read or written.</summary>
    public static ErrorRecord NotUsable(string path, Exception failure) =>
        new(new IOException($"'{path}' cannot be used: "
            + $"{(failure is ArgumentException ? "the file would be too large for its file system." : failure.Message)}", failure),
                "FileNotUsable", ErrorCategory.WriteError, path);

    /// <summary>Whether a failure is the file system's. .NET tells a file that grew too large for it as an argument out of range.</summary>
    public static bool IsOfFile(Exception failure)
        => failure is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException { ParamName: "value" };

    private static ErrorRecord NotFound(string message, string path) =>
        new(new FileNotFoundException(message), "FileNotFound", ErrorCategory.ObjectNotFound, path);
}
