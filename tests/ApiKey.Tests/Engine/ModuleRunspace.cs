using System.Collections.Concurrent;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace ApiKey.Tests.Engine;

/// <summary>
/// A runspace with the built module imported. To open one takes 10 ms of processor time, most of it PowerShell's look at every file system
/// of the machine, and 2,400 are asked for; so one that a test left as it found it is reset and serves again.
/// </summary>
internal sealed class ModuleRunspace
{
    private const int UsualWidth = 120;

    private static readonly ConcurrentBag<ModuleRunspace> Idle = [];
    private static readonly Lock Beginning = new();

    private readonly int _width;
    private readonly HashSet<string> _commands;

    private ModuleRunspace(int width)
    {
        _width = width;
        Host = new CapturingHost(width);
        InitialSessionState state;
        lock (Beginning)
        {
            // The engine fills its table of commands at the first use; two at once have met without Import-Module.
            state = InitialSessionState.CreateDefault2();
        }

        state.ThrowOnRunspaceOpenError = true;
        state.ImportPSModule([Repository.Manifest]);
        Runspace = RunspaceFactory.CreateRunspace(Host, state);

        // A thread for each script takes longer than most scripts. One for all knows nothing of the test that is its first, and does not
        // keep the process.
        Runspace.ThreadOptions = PSThreadOptions.ReuseThread;
        using (ExecutionContext.SuppressFlow())
        {
            Runspace.Open();
            using PowerShell shell = PowerShell.Create(Runspace);
            shell.AddScript("[Threading.Thread]::CurrentThread.IsBackground = $true").Invoke();
        }

        _commands = Commands();
    }

    /// <summary>What the runspace shows on.</summary>
    public CapturingHost Host { get; }

    /// <summary>The runspace.</summary>
    public Runspace Runspace { get; }

    /// <summary>Whether something was done to it that a reset does not undo.</summary>
    public bool IsSpent { get; set; }

    /// <summary>One that nobody else uses until it is given back.</summary>
    public static ModuleRunspace Take(int width) => width == UsualWidth && Idle.TryTake(out ModuleRunspace? idle) ? idle : new(width);

    /// <summary>Ends the use of it.</summary>
    public void GiveBack()
    {
        if (_width == UsualWidth && Reset())
        {
            Idle.Add(this);
        }
        else
        {
            Runspace.Dispose();
        }
    }

    /// <summary>Makes it as it was: variables, preferences, errors, history, events, the current folder and strict mode.</summary>
    /// <returns>Whether it is; false where something else was changed.</returns>
    public bool Reset()
    {
        if (IsSpent || Runspace.RunspaceAvailability != RunspaceAvailability.Available
            || Runspace.SessionStateProxy.LanguageMode != PSLanguageMode.FullLanguage || !_commands.SetEquals(Commands()))
        {
            return false;
        }

        using PowerShell shell = PowerShell.Create(Runspace);
        shell.AddScript("Set-StrictMode -Off").Invoke();
        Runspace.ResetRunspaceState();
        Host.TakeScreen();
        return true;
    }

    // Functions, aliases and cmdlets, with the modules that they come from.
    private HashSet<string> Commands() => [.. Runspace.SessionStateProxy.InvokeCommand
        .GetCommands("*", CommandTypes.Function | CommandTypes.Filter | CommandTypes.Alias | CommandTypes.Cmdlet, nameIsPattern: true)
        .Select(command => $"{command.CommandType} {command.Name} {command.ModuleName} "
            + (command is CmdletInfo ? "" : command.Definition))];
}
