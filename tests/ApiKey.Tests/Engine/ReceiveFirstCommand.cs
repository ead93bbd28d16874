using System.Management.Automation;
using System.Management.Automation.Internal;
using System.Reflection;

namespace ApiKey.Tests.Engine;

/// <summary>Takes so many objects and stops what is above it, the way Select-Object -First does; that one is not in the engine
/// itself.</summary>
[Cmdlet(VerbsCommunications.Receive, "First")]
public sealed class ReceiveFirstCommand : PSCmdlet
{
    private int _taken;

    [Parameter(Mandatory = true, Position = 0)]
    public int Count { get; set; }

    [Parameter(ValueFromPipeline = true)]
    public object? InputObject { get; set; }

    internal static void Import(ModuleSession session)
        => session.Good("Import-Module -Assembly $args[0]", typeof(ReceiveFirstCommand).Assembly);

    protected override void ProcessRecord()
    {
        WriteObject(InputObject);
        if (++_taken == Count)
        {
            Type stop = typeof(PSCmdlet)
                .Assembly.GetType("System.Management.Automation.StopUpstreamCommandsException", throwOnError: true)!;
            throw (Exception)Activator.CreateInstance(stop, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, null,
                [(InternalCommand)this], null)!;
        }
    }
}
