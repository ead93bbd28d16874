using System.Management.Automation;
using ApiKey.Files;

namespace ApiKey.Binding;

/// <summary>How commands find the files they are given and tell what is wrong with them.</summary>
internal static class FileFaults
{
    /// <summary>Adds the files a path with wildcards means; a path that means none is one error.</summary>
    public static bool TryResolveFiles(this PSCmdlet command, string path, List<string> files)
    {
        int before = files.Count;
        try
        {
            files.AddRange(command.GetResolvedProviderPathFromPSPath(path, out _));
        }
        catch (ItemNotFoundException)
        {
            // Told below, as for wildcards that match nothing.
        }

        if (files.Count > before)
        {
            return true;
        }

        command.WriteError(NotFound($"There is no file '{path}'. Check the path; -LiteralPath takes names with brackets as they are.", path));
        return false;
    }

    /// <summary>Does something with a file; what is wrong with it becomes one error.</summary>
    public static bool TryFile(this PSCmdlet command, string path, Action action)
    {
        try
        {
            action();
            return true;
        }
        catch (FileFaultException faults)
        {
            command.WriteError(new ErrorRecord(faults, "InvalidKeyFile", ErrorCategory.InvalidData, path));
        }
        catch (FileNotFoundException)
        {
            command.WriteError(NotFound($"There is no file '{path}'. Check the path.", path));
        }
        catch (DirectoryNotFoundException)
        {
            command.WriteError(NotFound($"There is no folder '{Path.GetDirectoryName(path)}'. Make it first, or give another path.", path));
        }
        catch (UnauthorizedAccessException) when (Directory.Exists(path))
        {
            command.WriteError(NotFound($"'{path}' is a folder. Give the path of a file.", path));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            command.WriteError(new ErrorRecord(failure, "FileNotUsable", ErrorCategory.WriteError, path));
        }

        return false;
    }

    private static ErrorRecord NotFound(string message, string path) =>
        new(new FileNotFoundException(message), "FileNotFound", ErrorCategory.ObjectNotFound, path);
}
