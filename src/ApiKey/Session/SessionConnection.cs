using System.Collections;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using ApiKey.Service;
using ApiKey.Tags;

namespace ApiKey.Session;

/// <summary>
/// The connection that Connect-ApiGateway set, one per PowerShell session (runspace), as AWS.Tools keeps its default region
/// and credentials. It goes away with the session.
/// </summary>
internal static class SessionConnection
{
    private static readonly ConditionalWeakTable<Runspace, ApiGatewayConnection> Connections = [];

    /// <summary>The session's connection; null when Connect-ApiGateway was not called.</summary>
    public static ApiGatewayConnection? Current
    {
        get => Runspace.DefaultRunspace is { } session && Connections.TryGetValue(session, out ApiGatewayConnection? connection)
            ? connection : null;
        set
        {
            Connections.Remove(Runspace.DefaultRunspace);
            if (value is not null)
            {
                Connections.Add(Runspace.DefaultRunspace, value);
            }
        }
    }

    /// <summary>The connection's tag policy with the environment counted in.</summary>
    public static TagPolicy ResolveTagPolicy(ApiGatewayConnection connection) =>
        TagPolicy.Resolve(connection.TagPolicy.Defaults, connection.TagPolicy.IgnoredKeys, connection.TagPolicy.IgnoredPrefixes,
            ReadEnvironment());

    private static Dictionary<string, string> ReadEnvironment()
    {
        Dictionary<string, string> environment = new(StringComparer.Ordinal);
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            environment.Add((string)variable.Key, (string?)variable.Value ?? "");
        }

        return environment;
    }
}
