using System.Management.Automation;
using ApiKey.Binding;
using ApiKey.Completion;
using ApiKey.Model;
using ApiKey.Planning;
using ApiKey.Service;
using ApiKey.Session;

namespace ApiKey.Cmdlets;

/// <summary>A command that works in one region with one set of credentials, or where a piped key lives.</summary>
public abstract class ApiKeyCommand : ServiceCommand
{
    /// <summary>The region to use instead of the connection's.</summary>
    [Parameter]
    [Given]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public string? Region { get; set; }

    /// <summary>The profile to take credentials from, and the region when none is given.</summary>
    [Parameter]
    [Given]
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

    /// <summary>Refuses a key and a plan that come from different places, before any call. What the command line says of the place beats both.</summary>
    /// <returns>Whether they were refused.</returns>
    private protected bool RefuseElsewhere(ApiKeyIdentity key, UsagePlanIdentity plan)
    {
        if (key.Connection is null || plan.Connection is null)
        {
            return false;
        }

        ConnectionChoice choice = new(null, Region, ProfileName, EndpointUrl);
        ApiGatewayConnection home = choice.Over(key.Connection);
        ApiGatewayConnection other = choice.Over(plan.Connection);
        return RefuseElsewhere($"API key '{key}' is", Connection is null ? home : other with { Region = home.Region }, plan, other, key.Key ?? (object)key.Id);
    }

    /// <summary>Refuses a plan that is not where a key is to be: a plan accepts keys of its own account and region only.</summary>
    private protected bool RefuseElsewhere(string item, ApiGatewayConnection home, UsagePlanIdentity plan, ApiGatewayConnection other, object? target)
    {
        // What came back from a file or a job knows its place only.
        ConnectionChoice nothing = new(null, null, null, null);
        (home, other) = (nothing.BasisOf(home), nothing.BasisOf(other));
        if (!home.LeadsElsewhere(other))
        {
            return false;
        }

        bool isRegion = !string.Equals(home.Region, other.Region, StringComparison.Ordinal);
        WriteFault(
            isRegion ? "DifferentRegions" : "DifferentConnections",
            isRegion
                ? $"{item} in {home.Region}, and usage plan '{plan}' is in {other.Region}. A plan accepts keys of its own region only."
                : $"{item} where the connection '{home}' leads, and usage plan '{plan}' was read over another one, '{other}'. "
                    + "A plan accepts keys of its own account only; if it is one account, give the ids as text.",
            target);
        return true;
    }

    /// <summary>The connection in force when nothing was piped.</summary>
    private protected ApiGatewayConnection Here
    {
        get
        {
            ConnectionChoice choice = Choose(Region, ProfileName);
            return choice.Over(choice.BasisOf(origin: null));
        }
    }

    private ServiceOperations OperationsAt(ApiGatewayConnection? origin) =>
        Open(Choose(Region, ProfileName), origin) ?? throw new PipelineStoppedException();
}
