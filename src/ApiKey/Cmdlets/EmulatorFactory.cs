using System.Management.Automation;
using ApiKey.Emulator;
using ApiKey.Emulator.Faults;
using ApiKey.Emulator.Service;
using ApiKey.Emulator.Store;

namespace ApiKey.Cmdlets;

/// <summary>Makes an emulator as a command describes it.</summary>
internal static class EmulatorFactory
{
    /// <summary>An emulator with quotas, delays and faults; a fault that is described wrongly ends the command with what to do.</summary>
    public static ApiGatewayEmulator Create(
        ModuleCmdlet command,
        bool enforceQuota,
        double propagationSeconds,
        EmulatorFault[] faults,
        PSCredential? credential = null,
        string? statePath = null)
    {
        foreach (EmulatorFault fault in faults)
        {
            if (fault.FindProblem() is { } message)
            {
                command.ThrowTerminatingError(new ErrorRecord(new ArgumentException(message), "InvalidFault", ErrorCategory.InvalidArgument,
                    fault));
            }
        }

        try
        {
            return new ApiGatewayEmulator(
                quotas: enforceQuota ? new EmulatorQuotas() : null,
                faults: faults,
                credential: credential is null ? null
                    : new EmulatorCredential(credential.UserName, credential.GetNetworkCredential().Password),
                statePath: statePath is null ? null : command.GetUnresolvedProviderPathFromPSPath(statePath),
                propagation: TimeSpan.FromSeconds(propagationSeconds));
        }
        catch (StateFileException failure)
        {
            (string id, ErrorCategory category) = failure.IsInUse
                ? ("StateFileInUse", ErrorCategory.ResourceBusy)
                : ("InvalidStateFile", ErrorCategory.ResourceUnavailable);
            command.ThrowTerminatingError(new ErrorRecord(failure, id, category, statePath));
            throw;
        }
        catch (InvalidDataException failure)
        {
            command.ThrowTerminatingError(new ErrorRecord(failure, "InvalidStateFile", ErrorCategory.InvalidData, statePath));
            throw;
        }
    }
}
