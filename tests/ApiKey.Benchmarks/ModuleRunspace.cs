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

    /// <summary>The checkout.</summary>
    public static string Root => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Manifest)!, "..", "..", ".."));

    public void Connect(Uri endpoint, string more = "") => Run(
        "Connect-ApiGateway -Region eu-central-1 -EndpointUrl $args[0] -AccessKey AKIDEXAMPLE -SecretKey wJalrXUtnFEMIbPxRfiCYEXAMPLEKEY "
        + $"{more}", endpoint);

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

    /// <summary>What Tab offers at the end of a line.</summary>
    public IReadOnlyList<CompletionResult> Complete(string line)
    {
        using PowerShell shell = PowerShell.Create(_runspace);
        return CommandCompletion.CompleteInput(line, line.Length, null, shell).CompletionMatches;
    }

    public void Dispose() => _runspace.Dispose();

    private static string FindManifest()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ApiKey.psd1")))
        {
            folder = folder.Parent;
        }

        // The module as users get it.
        return Path.Combine(folder?.FullName ?? throw new DirectoryNotFoundException("ApiKey.psd1 is in no folder above."), "artifacts",
            "module", "ApiKey", "ApiKey.psd1");
    }
}
