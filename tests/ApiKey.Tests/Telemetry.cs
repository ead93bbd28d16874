using System.Runtime.CompilerServices;

namespace ApiKey.Tests;

/// <summary>PowerShell sends nothing home from tests, neither from their own process nor from those they start: it takes a tenth of each
/// start.</summary>
internal static class Telemetry
{
    [ModuleInitializer]
    internal static void TurnOff() => Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
}
