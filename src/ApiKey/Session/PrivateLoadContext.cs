using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using ApiKey.Calls;

namespace ApiKey.Session;

/// <summary>
/// Loads assemblies from a folder next to this one, apart from everything else in the process: other modules' versions of the
/// same libraries and ours never meet.
/// </summary>
internal sealed class PrivateLoadContext : AssemblyLoadContext
{
    private static readonly string Compiled = $"net{Environment.Version.ToString(2)}-{RuntimeInformation.RuntimeIdentifier}";

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
        PrivateLoadContext context = new(path, name);
        return context.LoadFromAssemblyPath(context.PathOf(name));
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

        string path = PathOf(assemblyName.Name!);
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }

    // The same assembly, compiled for this .NET and system, where the package has it.
    private string PathOf(string name)
    {
        string compiled = Path.Combine(_folder, Compiled, name + ".dll");
        return File.Exists(compiled) ? compiled : Path.Combine(_folder, name + ".dll");
    }
}
