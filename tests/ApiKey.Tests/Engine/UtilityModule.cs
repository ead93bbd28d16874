using System.Text.Json;

namespace ApiKey.Tests.Engine;

/// <summary>
/// PowerShell's own Format-List, ConvertTo-Json, Export-Csv and the like: the engine's package does not have them, the pwsh of the
/// repository's tool manifest does.
/// </summary>
internal static class UtilityModule
{
    /// <summary>Imports them. Skips the test, plainly, where the tool was not restored.</summary>
    public static ModuleSession WithUtility(this ModuleSession session)
    {
        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllText(Repository.PathOf(".config", "dotnet-tools.json")));
        string version = manifest.RootElement.GetProperty("tools").GetProperty("powershell").GetProperty("version").GetString()!;
        string packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        string module = Path.Combine(packages, "powershell", version, "tools", "net10.0", "any",
            OperatingSystem.IsWindows() ? "win" : "unix", "Microsoft.PowerShell.Commands.Utility.dll");
        if (!File.Exists(module))
        {
            Assert.Skip("PowerShell's utility commands are not on this machine: dotnet tool restore brings them.");
        }

        session.Good("Import-Module $args[0]", module);
        return session;
    }
}
