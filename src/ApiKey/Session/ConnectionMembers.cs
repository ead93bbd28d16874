using System.Management.Automation;
using ApiKey.Emulator;
using ApiKey.Service;

namespace ApiKey.Session;

/// <summary>What the types file adds to connections. No signature names the emulator: importing the module reads them, and must not load
/// it.</summary>
public static class ConnectionMembers
{
    /// <summary>The emulator in this process behind a connection, for the property Emulator in PowerShell; null when there is
    /// none.</summary>
    public static object? EmulatorOf(PSObject connection) =>
        ((connection?.BaseObject as ApiGatewayConnection)?.Transport as EmulatorHttpHandler)?.Emulator;
}
