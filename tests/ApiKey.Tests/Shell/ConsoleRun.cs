using System.Diagnostics;

namespace ApiKey.Tests.Shell;

/// <summary>One run of the built launcher as a process of its own.</summary>
internal sealed record ConsoleRun(int ExitCode, string Output, string Error)
{
    /// <summary>The launcher as it was built last.</summary>
    public static string Shell { get; } = Find();

    /// <summary>Standard output, line by line, blank lines omitted.</summary>
    public IReadOnlyList<string> Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public static Task<ConsoleRun> Command(string text, params (string Name, string Value)[] environment)
        => Run(["-NonInteractive", "-Command", text], null, environment);

    public static Task<ConsoleRun> Run(string[] arguments, string? input = null, params (string Name, string Value)[] environment) =>
        Finish(Start(arguments, environment), input);

    public static Task<ConsoleRun> RunIn(string folder, string[] arguments) => Finish(Start(Shell, folder, arguments), null);

    public static Task<ConsoleRun> RunProgram(string shell, string[] arguments) => Finish(Start(shell, Repository.Root, arguments), null);

    public static Process Start(string[] arguments, params (string Name, string Value)[] environment) =>
        Start(Shell, Repository.Root, arguments, environment);

    public static async Task<ConsoleRun> Finish(Process process)
    {
        using CancellationTokenSource timeout = new(TimeSpan.FromMinutes(15));
        using CancellationTokenRegistration end = timeout.Token.Register(() => process.Kill(entireProcessTree: true));
        Task<string> output = process.StandardOutput.ReadToEndAsync(timeout.Token);
        Task<string> error = process.StandardError.ReadToEndAsync(timeout.Token);
        await process.WaitForExitAsync(timeout.Token);
        return new ConsoleRun(process.ExitCode, await output, (await error).Trim());
    }

    // The first start may have to install PowerShell, and says so; no test is to see that.
    private static string Find()
    {
        string shell = Directory
            .EnumerateFiles(Repository.PathOf("src", "ApiKey.Shell", "bin"), "ApiKey.Shell.dll", SearchOption.AllDirectories)
            .OrderByDescending(File.GetLastWriteTimeUtc)
            .First();
        using Process first = Process.Start("dotnet", [shell, "-Version"]);
        first.WaitForExit();
        return shell;
    }

    private static async Task<ConsoleRun> Finish(Process started, string? input)
    {
        using Process process = started;
        if (input is not null)
        {
            await process.StandardInput.WriteAsync(input);
        }

        process.StandardInput.Close();
        return await Finish(process);
    }

    private static Process Start(string shell, string folder, string[] arguments, params (string Name, string Value)[] environment)
    {
        ProcessStartInfo start = new("dotnet", [shell, .. arguments])
        {
            RedirectStandardInput = true,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        foreach (string variable in start.Environment.Keys.Where(name => name.StartsWith("AWS_", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(variable);
        }

        start.Environment["AWS_EC2_METADATA_DISABLED"] = "true";
        start.Environment["AWS_CONFIG_FILE"] = "no-such-file";
        start.Environment["AWS_SHARED_CREDENTIALS_FILE"] = "no-such-file";
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}
