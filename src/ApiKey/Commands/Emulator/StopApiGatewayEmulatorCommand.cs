using System.Management.Automation;
using ApiKey.Binding;
using ApiKey.Cmdlets;
using ApiKey.Completion;
using ApiKey.Emulator;
using ApiKey.Session;

namespace ApiKey.Commands;

/// <summary>Stops emulators that Start-ApiGatewayEmulator started: the given one, or all of this process. Their keys are gone.</summary>
[Cmdlet(VerbsLifecycle.Stop, "ApiGatewayEmulator")]
[OutputType(typeof(void))]
public sealed class StopApiGatewayEmulatorCommand : ModuleCmdlet
{
    /// <summary>The address of the emulator to stop; all when omitted.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Given(IsRequiredOfRows = true)]
    [ArgumentCompleter(typeof(EmulatorUriCompleter))]
    public Uri? Uri { get; set; }

    /// <summary>Stops an emulator also when its keys and plans could not be saved in its state file; they are gone then.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => HandleRecord(Stop);

    private void Stop()
    {
        IReadOnlyList<EmulatorServer> servers = RunningEmulators.Remove(Uri);
        if (servers.Count == 0 && Uri is not null)
        {
            WriteError(new ErrorRecord(
                new InvalidOperationException($"No emulator of this process listens on {Uri}. Start-ApiGatewayEmulator emits the address."),
                "EmulatorNotFound",
                ErrorCategory.ObjectNotFound,
                Uri));
        }

        foreach (EmulatorServer server in servers)
        {
            if (!server.Emulator.SaveState() && !Force)
            {
                RunningEmulators.Add(server);
                WriteError(new ErrorRecord(
                    new InvalidOperationException(
                        $"{server.StateProblem} The emulator on {server.Uri} still runs, so that nothing is lost. Once the cause is fixed, "
                        + "stop it again; use -Force to stop it without saving."),
                    "StateNotSaved",
                    ErrorCategory.WriteError,
                    server));
                continue;
            }

            server.Dispose();
        }
    }
}
