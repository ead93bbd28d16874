namespace ApiKey.Tests.Emulator;

/// <summary>Tests whose emulators a bare <c>Stop-ApiGatewayEmulator</c> elsewhere must not stop, since it stops all of the process, and
/// those that want a port again which they let go of.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class EmulatorsOfThisProcess
{
    /// <summary>The collection's name.</summary>
    public const string Name = "emulators of this process";
}
