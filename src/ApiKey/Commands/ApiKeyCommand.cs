using System.Management.Automation;
using ApiKey.Completion;
using ApiKey.Model;
using ApiKey.Planning;
using ApiKey.Service;
using ApiKey.Session;

namespace ApiKey.Commands;

/// <summary>A command that works in one region with one set of credentials, or where a piped key lives.</summary>
public abstract class ApiKeyCommand : ServiceCommand
{
    /// <summary>The region to use instead of the connection's.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public string? Region { get; set; }

    /// <summary>The profile to take credentials from, and the region when none is given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    public string? ProfileName { get; set; }

    /// <summary>The operations over the connection in force. What the caller says beats where a piped key came from, part by part.</summary>
    protected ApiKeyOperations Operations(ApiKeyIdentity? identity = null) => OperationsAt(identity?.Connection).Keys;

    /// <summary>The operations over the connection in force.</summary>
    /// <param name="origin">The connection a piped object came from; null for none.</param>
    protected ApiKeyOperations Operations(ApiGatewayConnection? origin) => OperationsAt(origin).Keys;

    /// <summary>The operations on usage plans over the same connection.</summary>
    /// <param name="origin">The connection a piped object came from; null for none.</param>
    protected UsagePlanOperations PlanOperations(ApiGatewayConnection? origin = null) => OperationsAt(origin).Plans;

    private ServiceOperations OperationsAt(ApiGatewayConnection? origin) =>
        Open(Choose(Region, ProfileName), origin) ?? throw new PipelineStoppedException();
}
