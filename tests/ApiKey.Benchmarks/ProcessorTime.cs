using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ApiKey.Benchmarks;

/// <summary>The processor time of whole programs, as the system counts it: the machine's other work does not change it much.</summary>
internal static class ProcessorTime
{
    private const int Children = -1;

    /// <summary>Runs a program, which must end well, and whatever it starts and waits for.</summary>
    /// <param name="cache">
    /// A folder for what PowerShell remembers between processes. It compiles ahead what the process before it compiled; one that did
    /// something else would add to the time of this one.
    /// </param>
    /// <param name="file">The program.</param>
    /// <param name="arguments">What to give it.</param>
    public static TimeSpan Of(string cache, string file, params string[] arguments)
    {
        TimeSpan before = OfChildren();
        using Process process = Process.Start(new ProcessStartInfo(file, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = ModuleRunspace.Root,
            Environment =
            {
                ["XDG_CACHE_HOME"] = cache,
                ["AWS_ACCESS_KEY_ID"] = "AKIDEXAMPLE",
                ["AWS_SECRET_ACCESS_KEY"] = "wJalrXUtnFEMIbPxRfiCYEXAMPLEKEY",

                // PowerShell's own report on itself runs next to the command, and gets further in one process than in another.
                ["POWERSHELL_TELEMETRY_OPTOUT"] = "1",
            },
        })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0 || errors.Result.Length > 0)
        {
            throw new InvalidOperationException($"{file}: {output}{errors.Result}");
        }

        // Only Windows still tells it of a process that has ended.
        return OperatingSystem.IsWindows() ? process.TotalProcessorTime : OfChildren() - before;
    }

    // Of every child that has ended: one at a time is run here.
    private static TimeSpan OfChildren()
    {
        if (OperatingSystem.IsWindows())
        {
            return TimeSpan.Zero;
        }

        Usage usage = default;
        return GetUsage(Children, ref usage) == 0
            ? TimeSpan.FromSeconds(usage.UserSeconds + usage.SystemSeconds)
                + TimeSpan.FromMicroseconds((int)usage.UserMicroseconds + (int)usage.SystemMicroseconds)
            : throw new InvalidOperationException("The system does not tell the processor time.");
    }

    [DllImport("libc", EntryPoint = "getrusage")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetUsage(int who, ref Usage usage);

    // The first four of eighteen numbers; macOS leaves the upper half of the microseconds alone.
    [StructLayout(LayoutKind.Sequential, Size = 18 * sizeof(long))]
    private struct Usage
    {
        public long UserSeconds;
        public long UserMicroseconds;
        public long SystemSeconds;
        public long SystemMicroseconds;
    }
}
