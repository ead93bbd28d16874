using System.Text.Json;

namespace ApiKey.Shell;

/// <summary>The checkout that the launcher was built in.</summary>
internal sealed record Checkout(string Root)
{
    /// <summary>What a session starts with.</summary>
    public string SessionFile => Path.Combine(Root, "src", "ApiKey.Shell", "Session.pssc");

    /// <summary>The folder above a program that has the module's manifest.</summary>
    public static Checkout Find(string program)
    {
        for (DirectoryInfo? folder = new(program); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "ApiKey.psd1")))
            {
                return new Checkout(folder.FullName);
            }
        }

        throw new LaunchException(
            $"No folder above {program} contains ApiKey.psd1. Run it from a checkout: dotnet run --project src/ApiKey.Shell");
    }

    /// <summary>The pwsh.dll of the .NET tool that the checkout names; it is installed when it is missing.</summary>
    public string PowerShell()
    {
        using JsonDocument tools = JsonDocument.Parse(File.ReadAllText(Path.Combine(Root, ".config", "dotnet-tools.json")));
        string version = tools.RootElement.GetProperty("tools").GetProperty("powershell").GetProperty("version").GetString()!;
        string package = Path.Combine((string)AppContext.GetData("NuGetPackageRoot")!, "powershell", version);
        if (FindIn(package) is { } installed)
        {
            return installed;
        }

        Console.Error.WriteLine($"Installing PowerShell {version} as a .NET tool; this happens once.");
        (int code, string output) = Launch.Quietly(Root, "tool", "restore");
        return FindIn(package) ?? throw new LaunchException($"""
            {output}
            PowerShell {version} could not be installed (exit code {code}; expected in {package}).
            Once the package feed can be reached ("dotnet nuget list source" lists the feeds), run "dotnet tool restore" in {Root}.
            """);
    }

    // NuGet writes the metadata last, so a package without it is one whose installation was interrupted.
    private static string? FindIn(string package) => File.Exists(Path.Combine(package, ".nupkg.metadata"))
        ? Directory.EnumerateDirectories(Path.Combine(package, "tools"))
            .Select(framework => Path.Combine(framework, "any", OperatingSystem.IsWindows() ? "win" : "unix", "pwsh.dll"))
            .FirstOrDefault(File.Exists)
        : null;
}
