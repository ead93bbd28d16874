using System.Reflection;
using System.Runtime.Loader;
using ApiKey.Service;

namespace ApiKey.Session;

/// <summary>
/// Loads the AWS side on the first call, from <c>aws/</c> beside this assembly, into an AssemblyLoadContext of its own: other
/// modules' AWSSDK assemblies and ours never meet.
/// </summary>
internal static class AdapterHost
{
    private static readonly Lazy<IApiGatewayAdapter> LoadedAdapter = new(Load);

    /// <summary>The AWS side.</summary>
    public static IApiGatewayAdapter Adapter => LoadedAdapter.Value;

    private static IApiGatewayAdapter Load()
    {
        string folder = Path.Combine(Path.GetDirectoryName(typeof(AdapterHost).Assembly.Location)!, "aws");
        Assembly assembly = new AwsLoadContext(folder).LoadFromAssemblyPath(Path.Combine(folder, "ApiKey.Aws.dll"));
        return (IApiGatewayAdapter)Activator.CreateInstance(assembly.GetType("ApiKey.Aws.ApiGatewayAdapter", throwOnError: true)!)!;
    }

    private sealed class AwsLoadContext(string folder) : AssemblyLoadContext("ApiKey.Aws")
    {
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            // The port is shared: both sides must mean the same types by it.
            Assembly port = typeof(IApiGatewayAdapter).Assembly;
            if (string.Equals(assemblyName.Name, port.GetName().Name, StringComparison.Ordinal))
            {
                return port;
            }

            string path = Path.Combine(folder, assemblyName.Name + ".dll");
            return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
        }
    }
}
