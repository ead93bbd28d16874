using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ApiKey.Shell;

/// <summary>Starts the dotnet that runs this program.</summary>
internal static class Launch
{
    private static readonly string Host =
        Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..",
            OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));

    /// <summary>Becomes dotnet where a process can; else waits for it. Streams, signals and the exit code are its own.</summary>
    public static int DotNet(string[] arguments)
    {
        if (!OperatingSystem.IsWindows())
        {
            // Returns only when it fails.
            _ = Execute(Host, [Host, .. arguments, null]);
            throw new LaunchException($"{Host} could not be started: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}.");
        }

        // Ctrl+C reaches every process of the console; PowerShell decides what it means.
        Console.CancelKeyPress += (_, pressed) => pressed.Cancel = true;
        using Process process = Process.Start(Host, arguments);
        process.WaitForExit();
        return process.ExitCode;
    }

    /// <summary>Runs dotnet in a folder; gives back its exit code and what it printed.</summary>
    public static (int ExitCode, string Output) Quietly(string folder, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(Host, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.StandardInput.Close();
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, (output + error.GetAwaiter().GetResult()).Trim());
    }

    [DllImport("libc", EntryPoint = "execv", SetLastError = true, CharSet = CharSet.Ansi, BestFitMapping = false)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Execute(string path, string?[] arguments);
}
