using System.Text.Json;
using System.Text.Json.Nodes;
using ApiKey.Emulator.Store;
using ApiKey.Emulator.Wire;

namespace ApiKey.Emulator.Service;

/// <summary>CreateRestApi, GetRestApi, GetRestApis, UpdateRestApi and DeleteRestApi.</summary>
internal static class ApiOperations
{
    public static ReadOnlyMemory<byte> Create(RegionStore store, Call call, long now)
    {
        JsonElement body = call.ReadObject();
        string name = ApiAnswer.Required(body, "name");
        if (Json.Text(body, "description") == "")
        {
            throw ServiceError.BadRequest("Description cannot be an empty string");
        }

        SortedDictionary<string, string> tags = TagOperations.Check(Json.Map(body, "tags"), []);
        JsonObject endpoint = ReadEndpoint(body);
        lock (store.Gate)
        {
            StoredApi api = Add(store, name, now);
            api.Shape["endpointConfiguration"] = endpoint;
            api.Shape = ApiMembers.Read(body, ApiMembers.OfApi, api.Shape);
            api.Tags[""] = tags;
            return ApiAnswer.Show(ApiAnswer.WithTags(api.Shape, tags));
        }
    }

    public static ReadOnlyMemory<byte> Get(RegionStore store, Call call)
    {
        lock (store.Gate)
        {
            return Show(ApiAnswer.Find(store, call));
        }
    }

    public static ReadOnlyMemory<byte> List(RegionStore store, Call call)
    {
        lock (store.Gate)
        {
            return ApiAnswer.ShowPage(call, store.Apis.Values.Select(api => ApiAnswer.WithTags(api.Shape, api.TagsOf())));
        }
    }

    public static ReadOnlyMemory<byte> Update(RegionStore store, Call call)
    {
        IReadOnlyList<Patch> patches = call.ReadPatches();
        lock (store.Gate)
        {
            StoredApi api = ApiAnswer.Find(store, call);
            api.Shape = ApiMembers.Patch(api.Shape, patches, ApiMembers.OfApi, PatchEndpoint);
            return Show(api);
        }
    }

    public static ReadOnlyMemory<byte> Delete(RegionStore store, Call call)
    {
        lock (store.Gate)
        {
            StoredApi api = ApiAnswer.Find(store, call);
            foreach (string stage in api.Stages.Keys)
            {
                store.ForgetStage(api.Id, stage);
            }

            store.Apis.Remove(api.Id);
            return default;
        }
    }

    /// <summary>An API as AWS shows a fresh one, with its root resource.</summary>
    public static StoredApi Add(RegionStore store, string name, long now)
    {
        string root = store.NewApiId();
        StoredApi api = new()
        {
            Shape = new JsonObject
            {
                ["id"] = store.NewApiId(),
                ["name"] = name,
                ["createdDate"] = now,
                ["apiKeySource"] = "HEADER",
                ["endpointConfiguration"] = new JsonObject { ["types"] = new JsonArray("EDGE"), ["ipAddressType"] = "ipv4" },
                ["disableExecuteApiEndpoint"] = false,
                ["rootResourceId"] = root,
                ["securityPolicy"] = "TLS_1_0",
                ["apiStatus"] = "AVAILABLE",
            },
        };
        api.Resources.Add(root, new JsonObject { ["id"] = root, ["path"] = "/" });
        store.Apis.Add(api.Id, api);
        return api;
    }

    private static JsonObject ReadEndpoint(JsonElement body)
    {
        JsonElement? given = Json.Object(body, "endpointConfiguration");
        string[] types = given is null ? [] : [.. Json.Texts(given.Value, "types")];
        if (types.Length > 1)
        {
            throw ServiceError.BadRequest("Cannot create an api with multiple Endpoint Types.");
        }

        string type = types.FirstOrDefault("EDGE");
        string address = given is null ? "" : Json.Text(given.Value, "ipAddressType") ?? "";
        return new JsonObject
        {
            ["types"] = new JsonArray(CheckType(type)),
            ["ipAddressType"] = address.Length > 0 ? address : type == "PRIVATE" ? "dualstack" : "ipv4",
        };
    }

    private static string CheckType(string type) =>
        type is "EDGE" or "REGIONAL" or "PRIVATE" ? type
            : throw ServiceError.BadRequest("Invalid EndpointTypes specified. Valid options are REGIONAL,EDGE,PRIVATE");

    private static bool PatchEndpoint(JsonObject api, Patch patch, string[] path)
    {
        JsonObject endpoint = (JsonObject)api["endpointConfiguration"]!;
        switch (path)
        {
            case ["endpointConfiguration", "types", _] when patch.Op == "replace":
                endpoint["types"] = new JsonArray(CheckType(patch.Value));
                return true;
            case ["endpointConfiguration", "ipAddressType"] when patch.Op == "replace":
                endpoint["ipAddressType"] = patch.Value is "ipv4" or "dualstack"
                    ? patch.Value
                    : throw ServiceError.BadRequest("ipAddressType must be either ipv4 or dualstack.");
                return true;
            default:
                return false;
        }
    }

    private static ReadOnlyMemory<byte> Show(StoredApi api) => ApiAnswer.Show(ApiAnswer.WithTags(api.Shape, api.TagsOf(), always: true));
}
