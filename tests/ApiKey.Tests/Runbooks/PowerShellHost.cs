using ApiKey.Tests.Interop;

namespace ApiKey.Tests.Runbooks;

/// <summary>A real PowerShell: pwsh where it is installed, or the one of the repository's tool manifest (dotnet tool restore).</summary>
internal static class PowerShellHost
{
    private static readonly string[][] Ways = [["pwsh"], ["dotnet", "tool", "run", "pwsh", "--"]];

    /// <summary>Runs a script with the module imported, its calls going to an endpoint as the AWS environment says. Skips the test,
    /// plainly, without a PowerShell.</summary>
    public static async Task<ToolRun> Run(Uri endpoint, string script, params (string Name, string Value)[] environment)
    {
        foreach (string[] way in Ways)
        {
            if (await Starts(way))
            {
                string command = $"Import-Module '{Repository.Manifest}'; $PSStyle.OutputRendering = 'PlainText'; {script}";
                return await Tool.Run(
                    way[0],
                    [.. way[1..], "-NoProfile", "-NonInteractive", "-Command", command],
                    Repository.Root,
                    [("AWS_ENDPOINT_URL", endpoint.ToString()), ("AWS_REGION", "us-east-1"), .. environment]);
            }
        }

        Assert.Skip("PowerShell is not on this machine: neither pwsh nor, after dotnet tool restore, dotnet tool run pwsh.");
        throw new InvalidOperationException("A skipped test does not go on.");
    }

    private static async Task<bool> Starts(string[] way)
    {
        try
        {
            return (await Tool.Run(way[0], [.. way[1..], "-NoProfile", "-Command", "exit 0"], Repository.Root)).ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
