using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.InteropServices;
using Microsoft.PowerShell;

namespace ApiKey.Shell;

/// <summary>One run of the console: the engine with the module imported, and what the command line asks of it.</summary>
internal sealed class ShellSession(ShellArguments arguments)
{
    private const string SucceededVariable = "ApiKeyShellSucceeded";

    private readonly ConsoleHost _host = new(arguments.NonInteractive || (arguments.File is null && arguments.Command is null && Console.IsInputRedirected));
    private PowerShell? _running;

    /// <summary>Runs to the end; gives back the exit code by pwsh's rules.</summary>
    public int Run()
    {
        if (arguments.Help)
        {
            Console.WriteLine(ShellArguments.Usage);
            return 0;
        }

        if (FindManifest() is not { } manifest)
        {
            Console.Error.WriteLine("ApiKey.psd1 is in no folder above this program. Run it from a checkout: dotnet run --project src/ApiKey.Shell");
            return 1;
        }

        using Runspace runspace = Open(manifest);
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        int code = 0;
        if (arguments.File is not null)
        {
            code = RunFile(runspace, arguments.File);
        }
        else if (arguments.Command is not null)
        {
            code = RunText(runspace, arguments.Command == "-" ? Console.In.ReadToEnd() : arguments.Command);
        }
        else if (Console.IsInputRedirected)
        {
            code = RunText(runspace, Console.In.ReadToEnd());
        }
        else
        {
            return Prompt(runspace);
        }

        return arguments.NoExit && _host.ExitCode is null ? Prompt(runspace) : _host.ExitCode ?? code;
    }

    private static string? FindManifest()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null)
        {
            string manifest = Path.Combine(folder.FullName, "ApiKey.psd1");
            if (File.Exists(manifest))
            {
                return manifest;
            }

            folder = folder.Parent;
        }

        return null;
    }

    private Runspace Open(string manifest)
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        state.ThrowOnRunspaceOpenError = true;
        if (OperatingSystem.IsWindows())
        {
            state.ExecutionPolicy = ExecutionPolicy.RemoteSigned;
        }

        state.ImportPSModule([manifest]);
        Runspace runspace = RunspaceFactory.CreateRunspace(_host, state);
        runspace.Open();
        Runspace.DefaultRunspace = runspace;
        return runspace;
    }

    // pwsh -File: the exit code is the script's "exit", 1 for an error that ended it, else 0.
    private int RunFile(Runspace runspace, string file)
    {
        string path = Path.GetFullPath(file);
        if (!File.Exists(path))
        {
            _host.UI.WriteErrorLine($"There is no script '{file}'.");
            return 64;
        }

        // Only a script's own "exit" makes it fail without an error; a native program's exit code in it does not.
        const string Call = "param($path, $named, $positional) & $path @named @positional; if (-not $?) { exit $LASTEXITCODE }";
        (Hashtable named, object[] positional) = FileArguments.Read(arguments.FileArguments);
        bool ended = Invoke(runspace, shell => shell.AddScript(Call, useLocalScope: false).AddArgument(path).AddArgument(named).AddArgument(positional));
        return ended ? 0 : 1;
    }

    // pwsh -Command: 1 when the last statement failed.
    private int RunText(Runspace runspace, string text)
    {
        // $? is about the last statement, so it has to be asked for in the same text.
        bool ended = Invoke(runspace, shell => shell.AddScript($"{text}\n$global:{SucceededVariable} = $?", useLocalScope: false));
        return ended && runspace.SessionStateProxy.GetVariable(SucceededVariable) is true ? 0 : 1;
    }

    private int Prompt(Runspace runspace)
    {
        if (!arguments.NoLogo)
        {
            Console.WriteLine($"ApiKey on PowerShell {PSVersion(runspace)}. Get-Command -Module ApiKey lists the commands; exit leaves.");
        }

        LineEditor editor = new(runspace);
        while (_host.ExitCode is null)
        {
            string? input = editor.ReadInput(PromptText(runspace));
            if (input is null)
            {
                return 0;
            }

            if (input.Trim().Length > 0)
            {
                Invoke(runspace, shell => shell.AddScript(input, useLocalScope: false), AddToHistory.Yes);
            }
        }

        return _host.ExitCode.Value;
    }

    private enum AddToHistory
    {
        No,
        Yes,
    }

    private bool Invoke(Runspace runspace, Action<PowerShell> build, AddToHistory history = AddToHistory.No)
    {
        using PowerShell shell = PowerShell.Create(runspace);
        build(shell);
        shell.Commands.Commands[^1].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        shell.AddCommand("Out-Default");
        _running = shell;
        try
        {
            shell.Invoke(input: null, new PSInvocationSettings { AddToHistory = history == AddToHistory.Yes, Host = _host });
            return true;
        }
        catch (PipelineStoppedException)
        {
            return false;
        }
        catch (RuntimeException failure)
        {
            Show(runspace, failure.ErrorRecord);
            return false;
        }
        finally
        {
            _running = null;
        }
    }

    // An error that ended a script is shown like any other, through the engine's formatter.
    private void Show(Runspace runspace, ErrorRecord record)
    {
        using PowerShell shell = PowerShell.Create(runspace);
        PSObject error = PSObject.AsPSObject(record);
        error.Properties.Add(new PSNoteProperty("writeErrorStream", true));
        shell.AddCommand("Out-Default").AddParameter("InputObject", error);
        shell.Invoke(input: null, new PSInvocationSettings { Host = _host });
    }

    private static string PromptText(Runspace runspace)
    {
        using PowerShell shell = PowerShell.Create(runspace);
        return string.Concat(shell.AddCommand("prompt").Invoke<string>());
    }

    private static string PSVersion(Runspace runspace)
    {
        using PowerShell shell = PowerShell.Create(runspace);
        return shell.AddScript("$PSVersionTable.PSVersion.ToString()").Invoke<string>()[0];
    }

    private void Stop(PosixSignalContext signal)
    {
        if (signal.Signal == PosixSignal.SIGTERM)
        {
            // The default action ends the process; stopping first lets a call under way end.
            _running?.BeginStop(null, null);
            return;
        }

        signal.Cancel = true;
        if (_running is { } shell)
        {
            _host.ExitCode ??= arguments.File is null && arguments.Command is null ? null : 130;
            shell.BeginStop(null, null);
        }
    }
}
