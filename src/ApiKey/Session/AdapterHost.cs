using ApiKey.Service;

namespace ApiKey.Session;

/// <summary>Loads the AWS side on the first call, from <c>aws/</c> beside this assembly.</summary>
internal static class AdapterHost
{
    // PublicationOnly does not remember a failure: a file that could not be read now may be readable the next time.
    private static readonly Lazy<IApiGatewayAdapter> LoadedAdapter = new(() =>
        (IApiGatewayAdapter)Activator.CreateInstance(PrivateLoadContext.Load("aws", "ApiKey.Aws").GetType("ApiKey.Aws.ApiGatewayAdapter", throwOnError: true)!)!,
        LazyThreadSafetyMode.PublicationOnly);

    /// <summary>The AWS side.</summary>
    public static IApiGatewayAdapter Adapter => LoadedAdapter.Value;
}
