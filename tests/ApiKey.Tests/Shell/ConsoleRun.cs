using System.Diagnostics;

namespace ApiKey.Tests.Shell;

/// <summary>One run of the built console as a process of its own.</summary>
internal sealed record ConsoleRun(int ExitCode, string Output, string Error)
{
    private static readonly string Shell = Directory
        .EnumerateFiles(Repository.PathOf("src", "ApiKey.Shell", "bin"), "ApiKey.Shell.dll", SearchOption.AllDirectories)
        .OrderByDescending(File.GetLastWriteTimeUtc)
        .First();

    /// <summary>Standard output, line by line, blank lines left out.</summary>
    public IReadOnlyList<string> Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public static Task<ConsoleRun> Command(string text, params (string Name, string Value)[] environment) => Run(["-NonInteractive", "-Command", text], null, environment);

    public static async Task<ConsoleRun> Run(string[] arguments, string? input = null, params (string Name, string Value)[] environment)
    {
        using Process process = Start(arguments, environment);
        if (input is not null)
        {
            await process.StandardInput.WriteAsync(input);
        }

        process.StandardInput.Close();
        return await Finish(process);
    }

    public static Process Start(string[] arguments, params (string Name, string Value)[] environment)
    {
        ProcessStartInfo start = new("dotnet", [Shell, .. arguments])
        {
            RedirectStandardInput = true,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Repository.Root,
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

    public static async Task<ConsoleRun> Finish(Process process)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromMinutes(3));
        Task<string> output = process.StandardOutput.ReadToEndAsync(patience.Token);
        Task<string> error = process.StandardError.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);
        return new ConsoleRun(process.ExitCode, await output, (await error).Trim());
    }
}
