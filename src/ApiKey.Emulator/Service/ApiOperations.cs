using System.Text.Json;
using System.Text.Json.Nodes;
using ApiKey.Emulator.Store;

namespace ApiKey.Emulator.Service;

/// <summary>
/// What of REST APIs a usage plan needs: an API, its resources and methods, a deployment, and stages. Nothing of it can be
/// called; members that have no meaning for a key are not kept.
/// </summary>
internal static class ApiOperations
{
    public static ReadOnlyMemory<byte> Create(RegionStore store, Call call, long now)
    {
        JsonElement body = call.ReadObject();
        string name = Required(body, "name");
        JsonNode endpoint = Call.Object(body, "endpointConfiguration") is { } given && given.TryGetProperty("types", out JsonElement types)
            ? JsonNode.Parse(types.GetRawText())!
            : new JsonArray("EDGE");
        lock (store.Gate)
        {
            string root = store.NewApiId();
            StoredApi api = new()
            {
                Shape = new JsonObject
                {
                    ["id"] = store.NewApiId(),
                    ["name"] = name,
                    ["description"] = Call.Text(body, "description"),
                    ["createdDate"] = now,
                    ["apiKeySource"] = Call.Text(body, "apiKeySource") ?? "HEADER",
                    ["endpointConfiguration"] = new JsonObject { ["types"] = endpoint, ["ipAddressType"] = "ipv4" },
                    ["disableExecuteApiEndpoint"] = false,
                    ["rootResourceId"] = root,
                    ["securityPolicy"] = "TLS_1_0",
                    ["apiStatus"] = "AVAILABLE",
                },
            };
            DropNulls(api.Shape);
            api.Resources.Add(root, new JsonObject { ["id"] = root, ["path"] = "/" });
            store.Apis.Add(api.Id, api);
            return Show(api.Shape);
        }
    }

    public static ReadOnlyMemory<byte> Get(RegionStore store, Call call)
    {
        lock (store.Gate)
        {
            return Show(Find(store, call).Shape);
        }
    }

    public static ReadOnlyMemory<byte> List(RegionStore store, Call call)
    {
        lock (store.Gate)
        {
            return ShowAll(store.Apis.Values.Select(api => api.Shape).Take(call.QueryLimit()));
        }
    }

    public static ReadOnlyMemory<byte> Delete(RegionStore store, Call call)
    {
        lock (store.Gate)
        {
            StoredApi api = Find(store, call);
            foreach (string stage in api.Stages.Keys)
            {
                store.ForgetStage(api.Id, stage);
            }

            store.Apis.Remove(api.Id);
            return default;
        }
    }

    public static ReadOnlyMemory<byte> ListResources(RegionStore store, Call call)
    {
        lock (store.Gate)
        {
            return ShowAll(Find(store, call).Resources.Values);
        }
    }

    public static ReadOnlyMemory<byte> CreateResource(RegionStore store, Call call)
    {
        string part = Required(call.ReadObject(), "pathPart");
        lock (store.Gate)
        {
            StoredApi api = Find(store, call);
            string parent = (string)FindResource(api, call)["path"]!;
            string path = $"{parent.TrimEnd('/')}/{part}";
            if (api.Resources.Values.Any(resource => (string)resource["path"]! == path))
            {
                throw ServiceError.Conflict("Another resource with the same parent already has this name: " + part);
            }

            string id = store.NewPlanId();
            return Show(api.Resources[id] = new JsonObject { ["id"] = id, ["parentId"] = call.SecondParameter, ["pathPart"] = part, ["path"] = path });
        }
    }

    public static ReadOnlyMemory<byte> PutMethod(RegionStore store, Call call)
    {
        JsonElement body = call.ReadObject();
        lock (store.Gate)
        {
            StoredApi api = Find(store, call);
            FindResource(api, call);
            return Show(api.Methods[$"{call.SecondParameter}/{call.ParameterAt(2)}"] = new JsonObject
            {
                ["httpMethod"] = call.ParameterAt(2),
                ["authorizationType"] = Required(body, "authorizationType"),
                ["apiKeyRequired"] = Call.Truth(body, "apiKeyRequired"),
            });
        }
    }

    public static ReadOnlyMemory<byte> PutIntegration(RegionStore store, Call call)
    {
        JsonElement body = call.ReadObject();
        lock (store.Gate)
        {
            StoredApi api = Find(store, call);
            FindResource(api, call);
            if (!api.Methods.ContainsKey($"{call.SecondParameter}/{call.ParameterAt(2)}"))
            {
                throw ServiceError.NotFound("Invalid Method identifier specified");
            }

            JsonObject integration = new()
            {
                ["type"] = Required(body, "type"),

                // The member of the request that the SDKs call integrationHttpMethod.
                ["httpMethod"] = Call.Text(body, "httpMethod"),
                ["uri"] = Call.Text(body, "uri"),
                ["passthroughBehavior"] = Call.Text(body, "passthroughBehavior") ?? "WHEN_NO_MATCH",
                ["timeoutInMillis"] = Call.Number(body, "timeoutInMillis") ?? 29000,
                ["cacheNamespace"] = call.SecondParameter,
                ["cacheKeyParameters"] = new JsonArray(),
                ["responseTransferMode"] = "BUFFERED",
            };
            DropNulls(integration);
            return Show(integration);
        }
    }

    public static ReadOnlyMemory<byte> CreateDeployment(RegionStore store, Call call, long now)
    {
        JsonElement body = call.ReadObject();
        lock (store.Gate)
        {
            StoredApi api = Find(store, call);
            string id = store.NewPlanId();
            api.Deployments[id] = new JsonObject { ["id"] = id, ["description"] = Call.Text(body, "description"), ["createdDate"] = now };
            DropNulls(api.Deployments[id]);
            if (Call.Text(body, "stageName") is { Length: > 0 } stage)
            {
                AddStage(api, stage, id, now);
            }

            return Show(api.Deployments[id]);
        }
    }

    public static ReadOnlyMemory<byte> CreateStage(RegionStore store, Call call, long now)
    {
        JsonElement body = call.ReadObject();
        string name = Required(body, "stageName");
        lock (store.Gate)
        {
            StoredApi api = Find(store, call);
            string deployment = Required(body, "deploymentId");
            if (!api.Deployments.ContainsKey(deployment))
            {
                throw ServiceError.BadRequest("Deployment id does not exist");
            }

            return api.Stages.ContainsKey(name) ? throw ServiceError.Conflict("Stage already exists") : Show(AddStage(api, name, deployment, now));
        }
    }

    public static ReadOnlyMemory<byte> GetStage(RegionStore store, Call call)
    {
        lock (store.Gate)
        {
            return Show(FindStage(Find(store, call), call));
        }
    }

    public static ReadOnlyMemory<byte> ListStages(RegionStore store, Call call)
    {
        lock (store.Gate)
        {
            return ShowAll(Find(store, call).Stages.Values);
        }
    }

    public static ReadOnlyMemory<byte> DeleteStage(RegionStore store, Call call)
    {
        lock (store.Gate)
        {
            StoredApi api = Find(store, call);
            FindStage(api, call);
            api.Stages.Remove(call.SecondParameter);
            store.ForgetStage(api.Id, call.SecondParameter);
            return default;
        }
    }

    internal static JsonObject AddStage(StoredApi api, string name, string deployment, long now) => api.Stages[name] = new JsonObject
    {
        ["deploymentId"] = deployment,
        ["stageName"] = name,
        ["cacheClusterEnabled"] = false,
        ["cacheClusterStatus"] = "NOT_AVAILABLE",
        ["methodSettings"] = new JsonObject(),
        ["tracingEnabled"] = false,
        ["createdDate"] = now,
        ["lastUpdatedDate"] = now,
    };

    private static string Required(JsonElement body, string name) =>
        Call.Text(body, name) is { Length: > 0 } text ? text : throw ServiceError.BadRequest($"Missing required parameter: {name}");

    private static StoredApi Find(RegionStore store, Call call) =>
        store.FindApi(call.Parameter) ?? throw ServiceError.NotFound($"Invalid API identifier specified {call.Parameter}");

    private static JsonObject FindResource(StoredApi api, Call call) =>
        api.Resources.GetValueOrDefault(call.SecondParameter) ?? throw ServiceError.NotFound("Invalid Resource identifier specified");

    private static JsonObject FindStage(StoredApi api, Call call) =>
        api.Stages.GetValueOrDefault(call.SecondParameter) ?? throw ServiceError.NotFound("Invalid stage identifier specified");

    private static void DropNulls(JsonObject shape)
    {
        foreach (string name in shape.Where(member => member.Value is null).Select(member => member.Key).ToList())
        {
            shape.Remove(name);
        }
    }

    private static ReadOnlyMemory<byte> Show(JsonObject shape) => Call.Json(writer => shape.WriteTo(writer));

    private static ReadOnlyMemory<byte> ShowAll(IEnumerable<JsonObject> shapes) => Call.Json(writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartArray("item");
        foreach (JsonObject shape in shapes)
        {
            shape.WriteTo(writer);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });
}
