using System.Collections.Concurrent;
using ApiKey.Calls;

namespace ApiKey.Session;

/// <summary>
/// Loads the AWS side on the first call, from <c>aws/</c> next to this assembly. The SDK finds its two files once and for all
/// when it is loaded, so when their places change at the prompt it is loaded again, and both copies are kept.
/// </summary>
internal static class AdapterHost
{
    // A failure is not remembered: a file that could not be read now may be readable the next time.
    private static readonly ConcurrentDictionary<SharedFiles, IApiGatewayAdapter> Adapters = new();

    /// <summary>The AWS side for the files that are in force now.</summary>
    public static IApiGatewayAdapter Adapter => Adapters.GetOrAdd(SharedFiles.Now(), _ => Load());

    private static IApiGatewayAdapter Load() =>
        (IApiGatewayAdapter)Activator.CreateInstance(PrivateLoadContext.Load("aws", "ApiKey.Aws")
            .GetType("ApiKey.Aws.ApiGatewayAdapter", throwOnError: true)!)!;
}
