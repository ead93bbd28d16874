using System.Management.Automation;
using ApiKey.Cmdlets;
using ApiKey.Session;

namespace ApiKey.Commands;

/// <summary>Goes back to the usual AWS chain, and forgets clients and the credentials they hold.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "ApiGateway")]
[OutputType(typeof(void))]
public sealed class DisconnectApiGatewayCommand : ModuleCmdlet
{
    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        SessionConnection.Current = null;
        ServicePool.Clear();
    }
}
