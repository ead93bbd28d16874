using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;

namespace ApiKey.Tests.Interop;

/// <summary>Another program of the user's machine: used when it is there, reported when not.</summary>
internal static class Tool
{
    // Why a program cannot be used, by its command line: one look is enough for all tests.
    private static readonly ConcurrentDictionary<string, Lazy<Task<string?>>> Missing = new(StringComparer.Ordinal);

    /// <summary>Skips the test, plainly, when a program is not installed.</summary>
    public static async Task Require(string file, params string[] arguments)
    {
        string command = $"{file} {string.Join(' ', arguments)}";
        if (await Missing.GetOrAdd(command, _ => new Lazy<Task<string?>>(() => WhyMissing(file, arguments))).Value is { } reason)
        {
            Assert.Skip(reason);
        }
    }

    /// <summary>Skips the test, plainly, when the programs it starts would ignore SIGINT.</summary>
    public static void RequireInterrupts()
    {
        // Linux says which signals a process ignores as bits; a process inherits them. SIGINT is the second.
        const string Ignored = "SigIgn:";
        string? line = File.Exists("/proc/self/status")
            ? File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith(Ignored, StringComparison.Ordinal))
            : null;
        Assert.SkipWhen(line is not null && (Convert.ToUInt64(line[Ignored.Length..].Trim(), 16) & 2) != 0,
            "Whoever started this run has its processes ignore SIGINT, as & in a script does.");
    }

    public static Task<ToolRun> Run(string file, params string[] arguments) => Run(file, arguments, folder: null);

    public static async Task<ToolRun> Run(string file, string[] arguments, string? folder, params (string Name, string Value)[] environment)
        => await End(Start(file, arguments, folder, environment));

    /// <summary>Waits until a program that was started ends.</summary>
    public static async Task<ToolRun> End(Process started)
    {
        using Process process = started;
        process.StandardInput.Close();
        using CancellationTokenSource timeout = new(TimeSpan.FromMinutes(15));
        Task<string> output = process.StandardOutput.ReadToEndAsync(timeout.Token);
        Task<string> error = process.StandardError.ReadToEndAsync(timeout.Token);
        await process.WaitForExitAsync(timeout.Token);
        return new ToolRun(process.ExitCode, await output, await error);
    }

    private static async Task<string?> WhyMissing(string file, string[] arguments)
    {
        try
        {
            ToolRun run = await Run(file, arguments);
            return run.ExitCode == 0 ? null : $"{file} {string.Join(' ', arguments)} does not run on this machine: {run.Error}";
        }
        catch (Win32Exception)
        {
            return $"{file} is not installed on this machine.";
        }
    }

    public static Process Start(string file, string[] arguments, string? folder, params (string Name, string Value)[] environment)
    {
        ProcessStartInfo start = new(file, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? "",
        };
        start.Environment["AWS_ACCESS_KEY_ID"] = "AKIDEXAMPLE";
        start.Environment["AWS_SECRET_ACCESS_KEY"] = "wJalrXUtnFEMIbPxRfiCYEXAMPLEKEY";
        start.Environment["AWS_DEFAULT_REGION"] = "us-east-1";
        start.Environment["AWS_EC2_METADATA_DISABLED"] = "true";
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}

/// <summary>How a program's run ended.</summary>
internal sealed record ToolRun(int ExitCode, string Output, string Error);
