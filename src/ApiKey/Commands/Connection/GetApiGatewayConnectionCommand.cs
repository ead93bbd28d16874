using System.Management.Automation;
using ApiKey.Cmdlets;
using ApiKey.Service;
using ApiKey.Session;
using ApiKey.Tags;

namespace ApiKey.Commands;

/// <summary>Shows what is in force and where each part came from: parameter, environment, profile. No call is made, no secret
/// shown.</summary>
[Cmdlet(VerbsCommon.Get, "ApiGatewayConnection")]
[OutputType(typeof(ConnectionReport))]
public sealed class GetApiGatewayConnectionCommand : ModuleCmdlet
{
    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        ApiGatewayConnection connection = SessionConnection.Current ?? ApiGatewayConnection.Default;
        TagPolicy policy = SessionConnection.ResolveTagPolicy(connection);
        try
        {
            WriteObject(AdapterHost.Adapter.Describe(connection) with
            {
                DefaultTags = policy.Defaults,
                IgnoreTags = policy.IgnoredKeys,
                IgnoreTagPrefixes = policy.IgnoredPrefixes,
            });
        }
        catch (ApiGatewayException failure)
        {
            ThrowTerminatingError(ErrorTable.ToRecord(failure, "Reading the settings", connection));
        }
    }
}
