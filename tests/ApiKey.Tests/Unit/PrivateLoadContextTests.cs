using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace ApiKey.Tests.Unit;

/// <summary>Which file an assembly is loaded from: one compiled for this .NET and system where there is one, else the plain one.</summary>
[Trait(Category.Name, Category.Unit)]
public sealed class PrivateLoadContextTests : IDisposable
{
    private static readonly string Here = $"net{Environment.Version.ToString(2)}-{RuntimeInformation.RuntimeIdentifier}";

    private static readonly Func<string, string, Assembly> Load = Assembly.LoadFrom(Path.Combine(Repository.Module, "bin", "ApiKey.dll"))
        .GetType("ApiKey.Session.PrivateLoadContext", throwOnError: true)!.GetMethod("Load", BindingFlags.Public | BindingFlags.Static)!
        .CreateDelegate<Func<string, string, Assembly>>();

    private readonly string _folder = Directory.CreateTempSubdirectory("apikey-load-").FullName;

    [Fact]
    public void WhatIsCompiledForThisSystemIsLoaded()
    {
        string plain = Put("ApiKey.Aws.dll");
        string core = Put("AWSSDK.Core.dll", Here);
        Assembly adapter = Load(_folder, "ApiKey.Aws");
        Assert.Equal(plain, adapter.Location);
        Assert.Equal(core, Needed(adapter).Location);
    }

    [Fact]
    public void TheFirstAssemblyToo()
    {
        Put("ApiKey.Aws.dll");
        string compiled = Put("ApiKey.Aws.dll", Here);
        Assert.Equal(compiled, Load(_folder, "ApiKey.Aws").Location);
    }

    [Fact]
    public void WhatIsCompiledForAnotherVersionOrSystemIsNot()
    {
        string plain = Put("ApiKey.Aws.dll");
        string core = Put("AWSSDK.Core.dll");
        foreach (string other in new[] { $"net1.0-{RuntimeInformation.RuntimeIdentifier}", "net10.0-haiku-x64" })
        {
            Put("ApiKey.Aws.dll", other);
            Put("AWSSDK.Core.dll", other);
        }

        Assembly adapter = Load(_folder, "ApiKey.Aws");
        Assert.Equal((plain, core), (adapter.Location, Needed(adapter).Location));
    }

    // The loaded files stay open on Windows until their context is collected, which it never is.
    public void Dispose()
    {
        if (!OperatingSystem.IsWindows())
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private static Assembly Needed(Assembly adapter) =>
        AssemblyLoadContext.GetLoadContext(adapter)!.LoadFromAssemblyName(new AssemblyName("AWSSDK.Core"));

    private string Put(string file, string system = "")
    {
        string target = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, system)).FullName, file);
        File.Copy(Repository.PathOf("bin", "aws", file), target);
        return target;
    }
}
