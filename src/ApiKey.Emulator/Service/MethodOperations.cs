using System.Text.Json;
using System.Text.Json.Nodes;
using ApiKey.Emulator.Store;
using ApiKey.Emulator.Wire;

namespace ApiKey.Emulator.Service;

/// <summary>
/// Methods, method responses, integrations and integration responses: put, get, update and delete. An integration and the
/// responses are members of their method, as AWS shows them.
/// </summary>
internal static class MethodOperations
{
    private const string Integration = "methodIntegration";
    private const string Responses = "methodResponses";
    private const string IntegrationResponses = "integrationResponses";

    private static readonly string[] Verbs = ["GET", "PUT", "POST", "DELETE", "PATCH", "OPTIONS", "HEAD", "ANY"];

    public static ReadOnlyMemory<byte> Put(RegionStore store, Call call)
    {
        JsonElement body = call.ReadObject();
        ApiAnswer.Required(body, "authorizationType");
        string verb = call.ParameterAt(2);
        lock (store.Gate)
        {
            StoredApi api = ApiAnswer.FindWithResource(store, call);
            if (!Verbs.Contains(verb, StringComparer.Ordinal))
            {
                throw ServiceError.BadRequest($"Invalid HttpMethod specified. Valid options are {string.Join(',', Verbs)}");
            }

            if (api.Methods.ContainsKey(KeyOf(call)))
            {
                throw ServiceError.Conflict("Method already exists for this resource");
            }

            JsonObject method = new() { ["httpMethod"] = verb, ["apiKeyRequired"] = false };
            return ApiAnswer.Show(api.Methods[KeyOf(call)] = ApiMembers.Read(body, ApiMembers.OfMethod, method));
        }
    }

    public static ReadOnlyMemory<byte> Get(RegionStore store, Call call)
    {
        lock (store.Gate)
        {
            return ApiAnswer.Show(Find(store, call, out _));
        }
    }

    public static ReadOnlyMemory<byte> Update(RegionStore store, Call call)
    {
        IReadOnlyList<Patch> patches = call.ReadPatches();
        lock (store.Gate)
        {
            JsonObject method = Find(store, call, out StoredApi api);
            return ApiAnswer.Show(api.Methods[KeyOf(call)] = ApiMembers.Patch(method, patches, ApiMembers.OfMethod));
        }
    }

    public static ReadOnlyMemory<byte> Delete(RegionStore store, Call call)
    {
        lock (store.Gate)
        {
            Find(store, call, out StoredApi api);
            api.Methods.Remove(KeyOf(call));
            return default;
        }
    }

    public static ReadOnlyMemory<byte> PutIntegration(RegionStore store, Call call)
    {
        JsonElement body = call.ReadObject();
        ApiAnswer.Required(body, "type");
        lock (store.Gate)
        {
            JsonObject method = Find(store, call, out _);
            method[Integration] = ApiMembers.Read(body, ApiMembers.OfIntegration, NewIntegration(call.SecondParameter));
            return ApiAnswer.Show((JsonObject)method[Integration]!);
        }
    }

    /// <summary>What an integration has when its body does not say otherwise.</summary>
    public static JsonObject NewIntegration(string resource) => new()
    {
        ["passthroughBehavior"] = "WHEN_NO_MATCH",
        ["timeoutInMillis"] = 29000,
        ["cacheNamespace"] = resource,
        ["cacheKeyParameters"] = new JsonArray(),
        ["responseTransferMode"] = "BUFFERED",
    };

    public static ReadOnlyMemory<byte> GetIntegration(RegionStore store, Call call)
    {
        lock (store.Gate)
        {
            return ApiAnswer.Show(FindIntegration(Find(store, call, out _)));
        }
    }

    public static ReadOnlyMemory<byte> UpdateIntegration(RegionStore store, Call call)
    {
        IReadOnlyList<Patch> patches = call.ReadPatches();
        lock (store.Gate)
        {
            JsonObject method = Find(store, call, out _);
            JsonObject changed = ApiMembers.Patch(FindIntegration(method), patches, ApiMembers.OfIntegration);
            method[Integration] = changed;
            return ApiAnswer.Show(changed);
        }
    }

    public static ReadOnlyMemory<byte> DeleteIntegration(RegionStore store, Call call)
    {
        lock (store.Gate)
        {
            JsonObject method = Find(store, call, out _);
            FindIntegration(method);
            method.Remove(Integration);
            return default;
        }
    }

    public static ReadOnlyMemory<byte> PutResponse(RegionStore store, Call call)
    {
        JsonElement body = call.ReadObject();
        lock (store.Gate)
        {
            JsonObject method = Find(store, call, out _);
            return (method[Responses] as JsonObject)?.ContainsKey(call.ParameterAt(3)) == true
                ? throw ServiceError.Conflict("Response already exists for this resource")
                : PutStatus(method, Responses, call, body, ApiMembers.OfMethodResponse);
        }
    }

    public static ReadOnlyMemory<byte> PutIntegrationResponse(RegionStore store, Call call)
    {
        JsonElement body = call.ReadObject();
        lock (store.Gate)
        {
            return PutStatus(FindIntegration(FindForIntegration(store, call)), IntegrationResponses, call, body,
                ApiMembers.OfIntegrationResponse);
        }
    }

    public static ReadOnlyMemory<byte> GetResponse(RegionStore store, Call call) => GetStatus(store, call, inIntegration: false);

    public static ReadOnlyMemory<byte> GetIntegrationResponse(RegionStore store, Call call) => GetStatus(store, call, inIntegration: true);

    public static ReadOnlyMemory<byte> UpdateResponse(RegionStore store, Call call) => UpdateStatus(store, call, inIntegration: false);

    public static ReadOnlyMemory<byte> UpdateIntegrationResponse(RegionStore store, Call call)
        => UpdateStatus(store, call, inIntegration: true);

    public static ReadOnlyMemory<byte> DeleteResponse(RegionStore store, Call call) => DeleteStatus(store, call, inIntegration: false);

    public static ReadOnlyMemory<byte> DeleteIntegrationResponse(RegionStore store, Call call)
        => DeleteStatus(store, call, inIntegration: true);

    private static string KeyOf(Call call) => $"{call.SecondParameter}/{call.ParameterAt(2)}";

    private static JsonObject Find(RegionStore store, Call call, out StoredApi api)
    {
        api = ApiAnswer.FindWithResource(store, call);
        return api.Methods.GetValueOrDefault(KeyOf(call)) ?? throw ServiceError.NotFound("Invalid Method identifier specified");
    }

    // Calls on integration responses name the integration also when it is the method that is not there.
    private static JsonObject FindForIntegration(RegionStore store, Call call) =>
        ApiAnswer.FindWithResource(store, call).Methods.GetValueOrDefault(KeyOf(call)) ?? throw UnknownIntegration();

    private static JsonObject FindIntegration(JsonObject method) => method[Integration] as JsonObject ?? throw UnknownIntegration();

    private static ServiceError UnknownIntegration() => ServiceError.NotFound("Invalid Integration identifier specified");

    private static ReadOnlyMemory<byte> PutStatus(JsonObject parent, string name, Call call, JsonElement body, Member[] members)
    {
        string status = call.ParameterAt(3);
        if (status.Length != 3 || status[0] is < '1' or > '5' || !char.IsAsciiDigit(status[1]) || !char.IsAsciiDigit(status[2]))
        {
            throw new ServiceError(400, "ValidationException",
                $"1 validation error detected: Value '{status}' at 'statusCode' failed to satisfy constraint: Member must satisfy regular "
                + "expression pattern: [1-5]\\d\\d");
        }

        JsonObject responses = parent[name] as JsonObject ?? [];
        parent[name] = responses;
        JsonObject response = ApiMembers.Read(body, members, new JsonObject { ["statusCode"] = status });
        responses[status] = response;
        return ApiAnswer.Show(response);
    }

    private static JsonObject FindResponses(RegionStore store, Call call, bool inIntegration)
    {
        JsonObject? responses = inIntegration
            ? FindIntegration(FindForIntegration(store, call))[IntegrationResponses] as JsonObject
            : Find(store, call, out _)[Responses] as JsonObject;
        return responses?.ContainsKey(call.ParameterAt(3)) == true ? responses
            : throw ServiceError.NotFound("Invalid Response status code specified");
    }

    private static ReadOnlyMemory<byte> GetStatus(RegionStore store, Call call, bool inIntegration)
    {
        lock (store.Gate)
        {
            return ApiAnswer.Show((JsonObject)FindResponses(store, call, inIntegration)[call.ParameterAt(3)]!);
        }
    }

    private static ReadOnlyMemory<byte> UpdateStatus(RegionStore store, Call call, bool inIntegration)
    {
        IReadOnlyList<Patch> patches = call.ReadPatches();
        lock (store.Gate)
        {
            JsonObject responses = FindResponses(store, call, inIntegration);
            Member[] members = inIntegration ? ApiMembers.OfIntegrationResponse : ApiMembers.OfMethodResponse;
            JsonObject changed = ApiMembers.Patch((JsonObject)responses[call.ParameterAt(3)]!, patches, members);
            responses[call.ParameterAt(3)] = changed;
            return ApiAnswer.Show(changed);
        }
    }

    private static ReadOnlyMemory<byte> DeleteStatus(RegionStore store, Call call, bool inIntegration)
    {
        lock (store.Gate)
        {
            FindResponses(store, call, inIntegration).Remove(call.ParameterAt(3));
            return default;
        }
    }
}
