using System.Runtime.CompilerServices;

namespace ApiKey.Tests;

/// <summary>What makes the many programs cheaper that tests start and that end at once: PowerShell sends nothing home, a tenth of each
/// start, and .NET measures nothing to compile better later, a twentieth.</summary>
internal static class ShortLived
{
    [ModuleInitializer]
    internal static void Prepare()
    {
        Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
        Environment.SetEnvironmentVariable("DOTNET_TieredPGO", "0");
    }
}
