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
    /// <param name="connection">The connection.</param>
    /// <param name="variables">The environment, when it was just read.</param>
    public static TagPolicy ResolveTagPolicy(ApiGatewayConnection connection, IReadOnlyDictionary<string, string>? variables = null) =>
        TagPolicy.Resolve(connection.TagPolicy.Defaults, connection.TagPolicy.IgnoredKeys, connection.TagPolicy.IgnoredPrefixes,
            variables ?? AwsVariables.Now());
}
