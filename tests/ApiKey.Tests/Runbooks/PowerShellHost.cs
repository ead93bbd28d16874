using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using ApiKey.Tests.Interop;

namespace ApiKey.Tests.Runbooks;

/// <summary>A real PowerShell: pwsh where it is installed, or the one of the repository's tool manifest (dotnet tool restore).</summary>
internal static class PowerShellHost
{
    private static readonly string[][] Ways = [["pwsh"], ["dotnet", "tool", "run", "pwsh", "--"]];

    // Looked for once; null when there is none.
    private static readonly Lazy<Task<string[]?>> Found = new(Find);

    // PowerShells that wait for their next script: starting one takes a second of processor time, four times what most scripts take.
    private static readonly ConcurrentBag<Process> Waiting = [];

    /// <summary>Runs a script with the module imported, its calls going to an endpoint as the AWS environment says, in a process of its
    /// own. Skips the test, plainly, without a PowerShell.</summary>
    public static async Task<ToolRun> Run(Uri endpoint, string script, params (string Name, string Value)[] environment)
        => await Tool.End(await Start(endpoint, script, environment));

    /// <summary>The same in a process that has run other scripts before. The exit code is the one of the script that it ran last; a
    /// script that exits itself takes its process along.</summary>
    public static async Task<ToolRun> RunInTurn(Uri endpoint, string script, params (string Name, string Value)[] environment)
    {
        if (!Waiting.TryTake(out Process? shell))
        {
            // A native command that it runs would have it write codes for the terminal.
            shell = await Start("-", ("TERM", "dumb"));
            await shell.StandardInput.WriteLineAsync(Prepared);
        }

        string end = Guid.NewGuid().ToString();
        (string Name, string Value)[] all = [.. SurroundingsOf(endpoint), .. environment];
        await shell.StandardInput.WriteLineAsync(string.Concat(all.Select(one => $"$env:{one.Name} = {Text(one.Value)}; "))
            + "$global:LASTEXITCODE = 0");
        await shell.StandardInput.WriteLineAsync(
            $"try {{ & ([scriptblock]::Create({Text(script)})) }} catch {{ $global:LASTEXITCODE = 1; throw }}");
        await shell.StandardInput.WriteLineAsync($"[Console]::WriteLine(\"{end} $LASTEXITCODE\"); [Console]::Error.WriteLine('{end} '); "
            + $"Disconnect-ApiGateway; {string.Concat(all.Select(one => $"$env:{one.Name} = $null; "))}");
        using CancellationTokenSource patience = new(TimeSpan.FromMinutes(15));
        Task<(string Text, string? Code)> error = ReadTo(end, shell.StandardError, patience.Token);
        (string output, string? code) = await ReadTo(end, shell.StandardOutput, patience.Token);
        string errors = (await error).Text;
        if (code is not null)
        {
            Waiting.Add(shell);
            return new ToolRun(int.Parse(code, CultureInfo.InvariantCulture), output, errors);
        }

        using Process over = shell;
        await over.WaitForExitAsync(patience.Token);
        return new ToolRun(over.ExitCode, output, errors);
    }

    /// <summary>Starts such a script; <see cref="Tool.End"/> waits for it.</summary>
    public static Task<Process> Start(Uri endpoint, string script, params (string Name, string Value)[] environment)
        => Start($"{Prepared} {script}", [.. SurroundingsOf(endpoint), .. environment]);

    private static string Prepared => $"Import-Module '{Repository.Manifest}'; $PSStyle.OutputRendering = 'PlainText';";

    private static (string Name, string Value)[] SurroundingsOf(Uri endpoint) =>
        [("AWS_ENDPOINT_URL", endpoint.ToString()), ("AWS_REGION", "us-east-1")];

    private static async Task<Process> Start(string command, params (string Name, string Value)[] environment)
    {
        string[]? way = await Found.Value;
        Assert.SkipWhen(way is null,
            "PowerShell is not on this machine: neither pwsh nor, after dotnet tool restore, dotnet tool run pwsh.");
        return Tool.Start(
            way![0],
            [.. way[1..], "-NoProfile", "-NonInteractive", "-Command", command],
            Repository.Root,
            environment);
    }

    // What is read line by line has to be one line.
    private static string Text(string text) =>
        $"[Text.Encoding]::UTF8.GetString([Convert]::FromBase64String('{Convert.ToBase64String(Encoding.UTF8.GetBytes(text))}'))";

    // The code is null when the script exited: its PowerShell writes nothing any more.
    private static async Task<(string Text, string? Code)> ReadTo(string end, StreamReader reader, CancellationToken stop)
    {
        StringBuilder text = new();
        while (await reader.ReadLineAsync(stop) is { } line)
        {
            if (line.StartsWith(end, StringComparison.Ordinal))
            {
                return (text.ToString(), line[(end.Length + 1)..]);
            }

            text.AppendLine(line);
        }

        return (text.ToString(), null);
    }

    // The tool is asked where it is and then started without the way through the manifest, which takes half as long again.
    private static async Task<string[]?> Find()
    {
        foreach (string[] way in Ways)
        {
            try
            {
                ToolRun run = await Tool.Run(way[0], [.. way[1..], "-NoProfile", "-Command", "$PSHOME"], Repository.Root);
                if (run.ExitCode == 0)
                {
                    string program = Path.Combine(run.Output.Trim(), "pwsh.dll");
                    return way.Length > 1 && File.Exists(program) ? [way[0], program] : way;
                }
            }
            catch (System.ComponentModel.Win32Exception)
            {
                // Not installed; the next way may be.
            }
        }

        return null;
    }
}
