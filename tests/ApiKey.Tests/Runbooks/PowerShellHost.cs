using System.Diagnostics;
using ApiKey.Tests.Interop;

namespace ApiKey.Tests.Runbooks;

/// <summary>A real PowerShell: pwsh where it is installed, or the one of the repository's tool manifest (dotnet tool restore).</summary>
internal static class PowerShellHost
{
    private static readonly string[][] Ways = [["pwsh"], ["dotnet", "tool", "run", "pwsh", "--"]];

    // Looked for once; null when there is none.
    private static readonly Lazy<Task<string[]?>> Found = new(Find);

    /// <summary>Runs a script with the module imported, its calls going to an endpoint as the AWS environment says. Skips the test,
    /// plainly, without a PowerShell.</summary>
    public static async Task<ToolRun> Run(Uri endpoint, string script, params (string Name, string Value)[] environment)
        => await Tool.End(await Start(endpoint, script, environment));

    /// <summary>Starts such a script; <see cref="Tool.End"/> waits for it.</summary>
    public static async Task<Process> Start(Uri endpoint, string script, params (string Name, string Value)[] environment)
    {
        string[]? way = await Found.Value;
        Assert.SkipWhen(way is null,
            "PowerShell is not on this machine: neither pwsh nor, after dotnet tool restore, dotnet tool run pwsh.");
        string command = $"Import-Module '{Repository.Manifest}'; $PSStyle.OutputRendering = 'PlainText'; {script}";
        return Tool.Start(
            way![0],
            [.. way[1..], "-NoProfile", "-NonInteractive", "-Command", command],
            Repository.Root,
            [("AWS_ENDPOINT_URL", endpoint.ToString()), ("AWS_REGION", "us-east-1"), .. environment]);
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
