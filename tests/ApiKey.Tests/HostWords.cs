using System.Management.Automation;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace ApiKey.Tests;

/// <summary>Gives Core the module's words from the start: tests of Core alone see the texts that a user sees, whichever test runs
/// first.</summary>
internal static class HostWords
{
    [ModuleInitializer]
    internal static void Set()
    {
        Assembly module = Assembly.LoadFrom(Path.Combine(Repository.Module, "bin", "ApiKey.dll"));
        object start = Activator.CreateInstance(module.GetType("ApiKey.Cmdlets.ModuleStart", throwOnError: true)!)!;
        ((IModuleAssemblyInitializer)start).OnImport();
    }
}
