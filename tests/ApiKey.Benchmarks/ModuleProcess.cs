using System.Diagnostics;

namespace ApiKey.Benchmarks;

/// <summary>The module in a PowerShell of its own, started by the launcher.</summary>
internal static class ModuleProcess
{
    /// <summary>The launcher as it was built last.</summary>
    public static string Shell { get; } = Directory
        .EnumerateFiles(Path.Combine(ModuleRunspace.Root, "src", "ApiKey.Shell", "bin"), "ApiKey.Shell.dll", SearchOption.AllDirectories)
        .OrderByDescending(File.GetLastWriteTimeUtc)
        .First();

    /// <summary>Starts it with a command; what it writes to standard error is omitted.</summary>
    public static Process Start(string command)
    {
        Process process = Process.Start(new ProcessStartInfo("dotnet", [Shell, "-Command", command])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true
        })!;
        process.BeginErrorReadLine();
        return process;
    }
}
