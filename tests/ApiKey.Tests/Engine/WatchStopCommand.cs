using System.Management.Automation;

namespace ApiKey.Tests.Engine;

/// <summary>Passes on what it gets, and says when its pipeline is stopped. PowerShell stops commands in their order, so as the last one it
/// says so when all before it know. Stop itself comes back only at the end, and its state changes before any command knows.</summary>
[Cmdlet(VerbsCommon.Watch, "Stop")]
public sealed class WatchStopCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0)]
    public TaskCompletionSource? Stopped { get; set; }

    [Parameter(ValueFromPipeline = true)]
    public object? InputObject { get; set; }

    internal static void Import(ModuleSession session)
        => session.Good("Import-Module -Assembly $args[0]", typeof(WatchStopCommand).Assembly);

    protected override void ProcessRecord() => WriteObject(InputObject);

    protected override void StopProcessing() => Stopped!.TrySetResult();
}
