using ApiKey.Access;
using ApiKey.Calls;
using ApiKey.Keys;
using ApiKey.Plans;
using ApiKey.Service;
using ApiKey.Tags;

namespace ApiKey.Session;

/// <summary>
/// The clients of this process, one per connection, so that connections are kept alive and credentials are fetched once.
/// A change in the AWS environment variables or files leads to a new client: what a user sets at the prompt takes effect.
/// </summary>
internal static class ServicePool
{
    private const int Capacity = 32;

    private static readonly object Gate = new();
    private static readonly LinkedList<Pooled> Services = [];

    /// <summary>What can be done over a connection, paced and retried, with the tag policy in force.</summary>
    /// <param name="connection">Where to.</param>
    /// <param name="tally">What counts the calls.</param>
    /// <exception cref="ApiGatewayException">There is no region or there are no credentials.</exception>
    public static ServiceOperations Operate(ApiGatewayConnection connection, CallTally tally)
    {
        IReadOnlyDictionary<string, string> variables = AwsVariables.Now();
        CallRunner calls = new(Open(connection, variables), connection, tally);
        TagPolicy policy = SessionConnection.ResolveTagPolicy(connection, variables);
        return new ServiceOperations(
            new ApiKeyOperations(calls, connection, policy),
            new UsagePlanOperations(calls, connection, policy))
        { Apis = new ApiReads(calls) };
    }

    /// <summary>Forgets every client, and with them cached credentials.</summary>
    public static void Clear()
    {
        lock (Gate)
        {
            Services.Clear();
        }
    }

    // The client for a connection, made when there is none yet.
    private static IApiGateway Open(ApiGatewayConnection connection, IReadOnlyDictionary<string, string> variables)
    {
        // What does not make a different client: tags, pace, and retry are applied above it.
        PoolKey key = new(
            connection with { TagPolicy = TagPolicy.None, RequestsPerSecond = null, MaxAttempts = null, Timeout = null },
            Surroundings(variables));
        lock (Gate)
        {
            if (Find(key) is { } known)
            {
                return known;
            }
        }

        // Outside the lock: finding a region may ask the instance metadata service, which takes its time.
        IApiGateway opened = AdapterHost.Adapter.Open(connection);

        // A key that was listed says its region; piped on, it is to meet the client that listed it, which found the region itself.
        PoolKey located = key with { Connection = key.Connection with { Region = opened.Region } };
        lock (Gate)
        {
            IApiGateway service = Find(located) ?? opened;
            Remember(located, service);
            Remember(key, service);
            return service;
        }
    }

    private static IApiGateway? Find(PoolKey key)
    {
        for (LinkedListNode<Pooled>? node = Services.First; node is not null; node = node.Next)
        {
            if (node.Value.Key == key)
            {
                Services.Remove(node);
                Services.AddFirst(node);
                return node.Value.Service;
            }
        }

        return null;
    }

    private static void Remember(PoolKey key, IApiGateway service)
    {
        if (Find(key) is null)
        {
            Services.AddFirst(new Pooled(key, service));
        }

        if (Services.Count > Capacity)
        {
            // Not disposed: another session may be in the middle of a call on it.
            Services.RemoveLast();
        }
    }

    private static string Surroundings(IReadOnlyDictionary<string, string> variables)
    {
        SharedFiles files = SharedFiles.Now();
        return string.Join('\n', [.. variables.Select(variable => $"{variable.Key}={variable.Value}"), files.ToString(), files.Times()]);
    }

    private sealed record Pooled(PoolKey Key, IApiGateway Service);

    // Holds credentials from the environment, so it must not be printed.
    private sealed record PoolKey(ApiGatewayConnection Connection, string AwsSurroundings)
    {
        public override string ToString() => Connection.ToString();
    }
}
