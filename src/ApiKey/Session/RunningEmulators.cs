using ApiKey.Emulator;

namespace ApiKey.Session;

/// <summary>The emulators that Start-ApiGatewayEmulator started in this process.</summary>
internal static class RunningEmulators
{
    private static readonly List<EmulatorServer> Servers = [];

    /// <summary>Remembers a server so that it can be stopped by name of nothing but the command.</summary>
    public static void Add(EmulatorServer server)
    {
        lock (Servers)
        {
            Servers.Add(server);
        }
    }

    /// <summary>Where they listen.</summary>
    public static IReadOnlyList<Uri> Addresses()
    {
        lock (Servers)
        {
            return [.. Servers.Select(server => server.Uri)];
        }
    }

    /// <summary>Takes the servers of an address off the list; all of them for null.</summary>
    public static IReadOnlyList<EmulatorServer> Remove(Uri? uri)
    {
        lock (Servers)
        {
            List<EmulatorServer> taken = Servers.FindAll(server => uri is null || server.Uri == uri);
            Servers.RemoveAll(taken.Contains);
            return taken;
        }
    }
}
