using ApiKey.Emulator.Store;
using ApiKey.Emulator.Wire;

namespace ApiKey.Emulator.Service;

/// <summary>What runs an operation.</summary>
/// <param name="store">The keys and plans of the region.</param>
/// <param name="call">The request taken apart.</param>
/// <param name="now">The time in whole seconds since 1970.</param>
internal delegate ReadOnlyMemory<byte> RunOperation(RegionStore store, Call call, long now);

/// <summary>One operation of the service: where it listens and what runs it.</summary>
internal sealed class Operation
{
    private static readonly Operation[] All =
    [
        new("CreateApiKey", "POST", "apikeys", 201, KeyOperations.Create),
        new("ImportApiKeys", "POST", "apikeys", 201, ImportOperation.Import) { Mode = "import" },
        new("GetApiKeys", "GET", "apikeys", 200, (store, call, _) => KeyOperations.List(store, call)),
        new("GetApiKey", "GET", "apikeys/{}", 200, (store, call, _) => KeyOperations.Get(store, call)),
        new("UpdateApiKey", "PATCH", "apikeys/{}", 200, KeyOperations.Update),
        new("DeleteApiKey", "DELETE", "apikeys/{}", 202, (store, call, _) => KeyOperations.Delete(store, call)),
        new("TagResource", "PUT", "tags/{+}", 204, (store, call, _) => TagOperations.Tag(store, call)),
        new("UntagResource", "DELETE", "tags/{+}", 204, (store, call, _) => TagOperations.Untag(store, call)),
        new("GetTags", "GET", "tags/{+}", 200, (store, call, _) => TagOperations.Get(store, call)),
        new("CreateUsagePlan", "POST", "usageplans", 201, (store, call, _) => PlanOperations.Create(store, call)),
        new("GetUsagePlans", "GET", "usageplans", 200, (store, call, _) => PlanOperations.List(store, call)),
        new("GetUsagePlan", "GET", "usageplans/{}", 200, (store, call, _) => PlanOperations.Get(store, call)),
        new("UpdateUsagePlan", "PATCH", "usageplans/{}", 200, (store, call, _) => PlanOperations.Update(store, call)),
        new("DeleteUsagePlan", "DELETE", "usageplans/{}", 202, (store, call, _) => PlanOperations.Delete(store, call)),
        new("CreateUsagePlanKey", "POST", "usageplans/{}/keys", 201, (store, call, _) => PlanKeyOperations.Create(store, call)),
        new("GetUsagePlanKeys", "GET", "usageplans/{}/keys", 200, (store, call, _) => PlanKeyOperations.List(store, call)),
        new("GetUsagePlanKey", "GET", "usageplans/{}/keys/{}", 200, (store, call, _) => PlanKeyOperations.Get(store, call)),
        new("DeleteUsagePlanKey", "DELETE", "usageplans/{}/keys/{}", 202, (store, call, _) => PlanKeyOperations.Delete(store, call)),
        new("GetUsage", "GET", "usageplans/{}/usage", 200, (store, call, _) => UsageOperations.Get(store, call)),
        new("UpdateUsage", "PATCH", "usageplans/{}/keys/{}/usage", 200, UsageOperations.Update),
        new("CreateRestApi", "POST", "restapis", 201, ApiOperations.Create),
        new("ImportRestApi", "POST", "restapis", 201, ApiImport.Import) { Mode = "import" },
        new("PutRestApi", "PUT", "restapis/{}", 200, (store, call, _) => ApiImport.Put(store, call)),
        new("PutRestApi", "PUT", "restapis/{}", 200, (store, call, _) => ApiImport.Put(store, call)) { Mode = "merge" },
        new("PutRestApi", "PUT", "restapis/{}", 200, (store, call, _) => ApiImport.Put(store, call)) { Mode = "overwrite" },
        new("GetRestApis", "GET", "restapis", 200, (store, call, _) => ApiOperations.List(store, call)),
        new("GetRestApi", "GET", "restapis/{}", 200, (store, call, _) => ApiOperations.Get(store, call)),
        new("UpdateRestApi", "PATCH", "restapis/{}", 200, (store, call, _) => ApiOperations.Update(store, call)),
        new("DeleteRestApi", "DELETE", "restapis/{}", 202, (store, call, _) => ApiOperations.Delete(store, call)),
        new("GetResources", "GET", "restapis/{}/resources", 200, (store, call, _) => ResourceOperations.List(store, call)),
        new("CreateResource", "POST", "restapis/{}/resources/{}", 201, (store, call, _) => ResourceOperations.Create(store, call)),
        new("GetResource", "GET", "restapis/{}/resources/{}", 200, (store, call, _) => ResourceOperations.Get(store, call)),
        new("UpdateResource", "PATCH", "restapis/{}/resources/{}", 200, (store, call, _) => ResourceOperations.Update(store, call)),
        new("DeleteResource", "DELETE", "restapis/{}/resources/{}", 202, (store, call, _) => ResourceOperations.Delete(store, call)),
        new("PutMethod", "PUT", "restapis/{}/resources/{}/methods/{}", 201, (store, call, _) => MethodOperations.Put(store, call)),
        new("GetMethod", "GET", "restapis/{}/resources/{}/methods/{}", 200, (store, call, _) => MethodOperations.Get(store, call)),
        new("UpdateMethod", "PATCH", "restapis/{}/resources/{}/methods/{}", 200, (store, call, _) => MethodOperations.Update(store, call)),
        new("DeleteMethod", "DELETE", "restapis/{}/resources/{}/methods/{}", 204, (store, call, _) => MethodOperations.Delete(store, call)),
        new("PutIntegration", "PUT", "restapis/{}/resources/{}/methods/{}/integration", 201,
            (store, call, _) => MethodOperations.PutIntegration(store, call)),
        new("GetIntegration", "GET", "restapis/{}/resources/{}/methods/{}/integration", 200,
            (store, call, _) => MethodOperations.GetIntegration(store, call)),
        new("UpdateIntegration", "PATCH", "restapis/{}/resources/{}/methods/{}/integration", 200,
            (store, call, _) => MethodOperations.UpdateIntegration(store, call)),
        new("DeleteIntegration", "DELETE", "restapis/{}/resources/{}/methods/{}/integration", 204,
            (store, call, _) => MethodOperations.DeleteIntegration(store, call)),
        new("PutMethodResponse", "PUT", "restapis/{}/resources/{}/methods/{}/responses/{}", 201,
            (store, call, _) => MethodOperations.PutResponse(store, call)),
        new("GetMethodResponse", "GET", "restapis/{}/resources/{}/methods/{}/responses/{}", 200,
            (store, call, _) => MethodOperations.GetResponse(store, call)),
        new("UpdateMethodResponse", "PATCH", "restapis/{}/resources/{}/methods/{}/responses/{}", 201,
            (store, call, _) => MethodOperations.UpdateResponse(store, call)),
        new("DeleteMethodResponse", "DELETE", "restapis/{}/resources/{}/methods/{}/responses/{}", 204,
            (store, call, _) => MethodOperations.DeleteResponse(store, call)),
        new("PutIntegrationResponse", "PUT", "restapis/{}/resources/{}/methods/{}/integration/responses/{}", 201,
            (store, call, _) => MethodOperations.PutIntegrationResponse(store, call)),
        new("GetIntegrationResponse", "GET", "restapis/{}/resources/{}/methods/{}/integration/responses/{}", 200,
            (store, call, _) => MethodOperations.GetIntegrationResponse(store, call)),
        new("UpdateIntegrationResponse", "PATCH", "restapis/{}/resources/{}/methods/{}/integration/responses/{}", 200,
            (store, call, _) => MethodOperations.UpdateIntegrationResponse(store, call)),
        new("DeleteIntegrationResponse", "DELETE", "restapis/{}/resources/{}/methods/{}/integration/responses/{}", 204,
            (store, call, _) => MethodOperations.DeleteIntegrationResponse(store, call)),
        new("CreateDeployment", "POST", "restapis/{}/deployments", 201, StageOperations.CreateDeployment),
        new("GetDeployments", "GET", "restapis/{}/deployments", 200, (store, call, _) => StageOperations.ListDeployments(store, call)),
        new("GetDeployment", "GET", "restapis/{}/deployments/{}", 200, (store, call, _) => StageOperations.GetDeployment(store, call)),
        new("UpdateDeployment", "PATCH", "restapis/{}/deployments/{}", 200,
            (store, call, _) => StageOperations.UpdateDeployment(store, call)),
        new("DeleteDeployment", "DELETE", "restapis/{}/deployments/{}", 202,
            (store, call, _) => StageOperations.DeleteDeployment(store, call)),
        new("CreateStage", "POST", "restapis/{}/stages", 201, StageOperations.Create),
        new("GetStages", "GET", "restapis/{}/stages", 200, (store, call, _) => StageOperations.List(store, call)),
        new("GetStage", "GET", "restapis/{}/stages/{}", 200, (store, call, _) => StageOperations.Get(store, call)),
        new("UpdateStage", "PATCH", "restapis/{}/stages/{}", 200, StageOperations.Update),
        new("DeleteStage", "DELETE", "restapis/{}/stages/{}", 202, (store, call, _) => StageOperations.Delete(store, call)),
        new("GetAccount", "GET", "account", 200, (_, _, _) => AccountOperation.Get()),
    ];

    private readonly string _method;
    private readonly string[] _template;

    private Operation(string name, string method, string template, int successStatus, RunOperation run)
    {
        (Name, _method, _template, SuccessStatus, Run) = (name, method, template.Split('/'), successStatus, run);
    }

    /// <summary>Its name in the service model.</summary>
    public string Name { get; }

    /// <summary>The status of its success.</summary>
    public int SuccessStatus { get; }

    /// <summary>What runs it.</summary>
    public RunOperation Run { get; }

    // Two operations share a path and differ by this query parameter.
    private string? Mode { get; init; }

    /// <summary>The names of all operations.</summary>
    public static IEnumerable<string> Names => All.Select(operation => operation.Name);

    /// <summary>Finds the operation a request is for.</summary>
    public static (Operation Operation, Call Call) Match(EmulatorRequest request)
    {
        int mark = request.Target.IndexOf('?', StringComparison.Ordinal);
        string[] path = PathOf(mark < 0 ? request.Target : request.Target[..mark]).Trim('/').Split('/');
        string query = mark < 0 ? "" : request.Target[(mark + 1)..];
        string? mode = query.Contains("mode=", StringComparison.Ordinal) ? new Call(request, [], query).Query("mode") : null;
        foreach (Operation candidate in All)
        {
            if (candidate._method == request.Method && candidate.Mode == mode && candidate.Parameters(path) is { } parameters)
            {
                return (candidate, new Call(request, parameters, query));
            }
        }

        throw ServiceError.MissingToken();
    }

    // A client that takes this for a proxy sends the whole address: http://127.0.0.1:8080/apikeys.
    internal static string PathOf(string target)
    {
        int scheme = target.IndexOf("://", StringComparison.Ordinal);
        int slash = scheme < 0 || target.StartsWith('/') ? 0 : target.IndexOf('/', scheme + "://".Length);
        return slash < 0 ? "/" : target[slash..];
    }

    private List<string>? Parameters(string[] path)
    {
        List<string> parameters = [];
        for (int index = 0; index < _template.Length; index++)
        {
            if (_template[index] == "{+}")
            {
                // An ARN may come with its slashes encoded or not.
                string rest = Uri.UnescapeDataString(string.Join('/', path[Math.Min(index, path.Length)..]));
                return rest.Length > 0 ? [.. parameters, rest] : null;
            }

            if (index >= path.Length)
            {
                return null;
            }

            if (_template[index] == "{}" && path[index].Length > 0)
            {
                parameters.Add(Uri.UnescapeDataString(path[index]));
            }
            else if (_template[index] != path[index])
            {
                return null;
            }
        }

        return path.Length == _template.Length ? parameters : null;
    }
}
