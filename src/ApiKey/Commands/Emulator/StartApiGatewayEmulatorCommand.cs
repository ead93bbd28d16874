using System.Management.Automation;
using System.Net;
using ApiKey.Binding;
using ApiKey.Cmdlets;
using ApiKey.Completion;
using ApiKey.Emulator;
using ApiKey.Emulator.Faults;
using ApiKey.Session;

namespace ApiKey.Commands;

/// <summary>Starts an API Gateway in memory on loopback HTTP, for other clients: the AWS CLI, an SDK, Terraform. Emits its Uri.</summary>
[Cmdlet(VerbsLifecycle.Start, "ApiGatewayEmulator")]
[OutputType(typeof(EmulatorServer))]
public sealed class StartApiGatewayEmulatorCommand : ModuleCmdlet
{
    /// <summary>The port on 127.0.0.1; 0 takes a free one.</summary>
    [Parameter(Position = 0)]
    [TransformNumber]
    [Within(0, 65535)]
    [ArgumentCompleter(typeof(OwnWordCompleter))]
    public int? Port { get; set; } = 0;

    /// <summary>Enforces AWS's quotas: 5 creates and 5 deletes a second, 10 calls a second in all, 10,000 keys.</summary>
    [Parameter]
    public SwitchParameter EnforceQuota { get; set; }

    /// <summary>How many seconds callers of stages do not meet a change of what a key opens: on AWS up to 85, mostly 75.</summary>
    [Parameter]
    [TransformNumber(AllowsFraction = true)]
    [Within(0, 3600)]
    [ArgumentCompleter(typeof(OwnWordCompleter))]
    public double? PropagationSeconds { get; set; } = 0;

    /// <summary>What goes wrong, for example @{ Kind = 'ResetAfter'; Operation = 'CreateApiKey'; Probability = 0.1 }.</summary>
    [Parameter]
    [TransformFault, ArgumentCompleter(typeof(NothingCompleter))]
    public EmulatorFault[] Fault { get; set; } = [];

    /// <summary>The file that keeps keys and plans, values included, readable by its owner only; in memory alone when omitted.</summary>
    [Parameter]
    [Given]
    public string? StatePath { get; set; }

    /// <summary>The access key and secret that requests must be signed with; any do when omitted.</summary>
    [Parameter]
    [Given, ArgumentCompleter(typeof(NothingCompleter))]
    public PSCredential? Credential { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        ApiGatewayEmulator emulator = EmulatorFactory.Create(this, EnforceQuota, PropagationSeconds!.Value, Fault, Credential, StatePath);
        try
        {
            EmulatorServer server = new(emulator, Port!.Value);
            RunningEmulators.Add(server);
            WriteObject(server);
        }
        catch (HttpListenerException failure)
        {
            // The state file is free again for the next try.
            emulator.Dispose();
            ThrowTerminatingError(new ErrorRecord(
                new InvalidOperationException(
                    $"The emulator could not start on port {Port}: {failure.Message} Choose another port, or leave -Port out to take a "
                    + "free one.", failure),
                "EmulatorNotStarted",
                ErrorCategory.ResourceUnavailable,
                Port));
        }
    }
}
