using System.Reflection;
using System.Runtime.Loader;
using ApiKey.Calls;

namespace ApiKey.Session;

/// <summary>
/// Loads assemblies from a folder next to this one, apart from everything else in the process: other modules' versions of the
/// same libraries and ours never meet.
/// </summary>
internal sealed class PrivateLoadContext : AssemblyLoadContext
{
    private readonly string _folder;

    private PrivateLoadContext(string folder, string name)
        : base(name)
    {
        _folder = folder;
    }

    /// <summary>Loads an assembly, and whatever it needs, from a folder next to this assembly.</summary>
    public static Assembly Load(string folder, string name)
    {
        string path = Path.Combine(Path.GetDirectoryName(typeof(PrivateLoadContext).Assembly.Location)!, folder);
        return new PrivateLoadContext(path, name).LoadFromAssemblyPath(Path.Combine(path, name + ".dll"));
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        // Core is shared: both sides must mean the same types by it.
        Assembly core = typeof(IApiGatewayAdapter).Assembly;
        if (string.Equals(assemblyName.Name, core.GetName().Name, StringComparison.Ordinal))
        {
            return core;
        }

        string path = Path.Combine(_folder, assemblyName.Name + ".dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }
}
