using System.Management.Automation;
using ApiKey.Files;

namespace ApiKey.Binding;

/// <summary>How commands find the files they are given and tell what is wrong with them.</summary>
internal static class FileFaults
{
    /// <summary>Adds the files a path with wildcards means; a path that means none is one error.</summary>
    public static void TryResolveFiles(this PSCmdlet command, string path, List<string> files)
    {
        try
        {
            files.AddRange(command.GetResolvedProviderPathFromPSPath(path, out _));
        }
        catch (ItemNotFoundException)
        {
            command.WriteError(NotFound(path, " -LiteralPath takes names with brackets as they are."));
        }
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
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            command.WriteError(NotFound(path));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            command.WriteError(new ErrorRecord(failure, "FileNotUsable", ErrorCategory.WriteError, path));
        }

        return false;
    }

    private static ErrorRecord NotFound(string path, string advice = "") =>
        new(new FileNotFoundException($"There is no file '{path}'. Check the path.{advice}"), "FileNotFound", ErrorCategory.ObjectNotFound, path);
}
