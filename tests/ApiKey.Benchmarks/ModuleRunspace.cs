using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace ApiKey.Benchmarks;

/// <summary>The built module in the real engine.</summary>
internal sealed class ModuleRunspace : IDisposable
{
    private readonly Runspace _runspace;

    public ModuleRunspace()
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        state.ThrowOnRunspaceOpenError = true;
        state.ImportPSModule([Manifest]);
        _runspace = RunspaceFactory.CreateRunspace(state);
        _runspace.Open();
    }

    public static string Manifest { get; } = FindManifest();

    public void Connect(Uri endpoint) => Run(
        "Connect-ApiGateway -Region eu-central-1 -EndpointUrl $args[0] -AccessKey AKIDEXAMPLE -SecretKey wJalrXUtnFEMIbPxRfiCYEXAMPLEKEY", endpoint);

    public IReadOnlyList<PSObject> Run(string script, params object[] arguments)
    {
        using PowerShell shell = PowerShell.Create(_runspace);
        shell.AddScript(script);
        foreach (object argument in arguments)
        {
            shell.AddArgument(argument);
        }

        IReadOnlyList<PSObject> output = [.. shell.Invoke()];
        return shell.Streams.Error.Count == 0 ? output : throw new InvalidOperationException(shell.Streams.Error[0].ToString());
    }

    /// <summary>The console as it was built last, to run the module in a process of its own.</summary>
    public static string FindShell() =>
        Directory.EnumerateFiles(Path.Combine(Path.GetDirectoryName(Manifest)!, "src", "ApiKey.Shell", "bin"), "ApiKey.Shell.dll", SearchOption.AllDirectories)
            .OrderByDescending(File.GetLastWriteTimeUtc)
            .First();

    public void Dispose() => _runspace.Dispose();

    private static string FindManifest()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ApiKey.psd1")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder?.FullName ?? throw new DirectoryNotFoundException("ApiKey.psd1 is in no folder above."), "ApiKey.psd1");
    }
}
