using System.Text.Json.Nodes;
using ApiKey.Emulator.Store;
using ApiKey.Emulator.Wire;

namespace ApiKey.Emulator.Service;

/// <summary>CreateResource, GetResource, GetResources, UpdateResource and DeleteResource.</summary>
internal static class ResourceOperations
{
    public static ReadOnlyMemory<byte> List(RegionStore store, Call call)
    {
        lock (store.Gate)
        {
            StoredApi api = ApiAnswer.Find(store, call);
            return ApiAnswer.ShowPage(call, api.Resources.Values.OrderBy(StoredApi.PathOf, StringComparer.Ordinal)
                .Select(resource => Shown(api, resource, call)));
        }
    }

    public static ReadOnlyMemory<byte> Get(RegionStore store, Call call)
    {
        lock (store.Gate)
        {
            StoredApi api = ApiAnswer.FindWithResource(store, call);
            return ApiAnswer.Show(Shown(api, api.Resources[call.SecondParameter], call));
        }
    }

    public static ReadOnlyMemory<byte> Create(RegionStore store, Call call)
    {
        string part = ApiAnswer.Required(call.ReadObject(), "pathPart");
        lock (store.Gate)
        {
            StoredApi api = ApiAnswer.FindWithResource(store, call);
            JsonObject parent = api.Resources[call.SecondParameter];
            RequirePart(api, parent, part, self: null);
            string id = store.NewPlanId();
            JsonObject resource = new()
            {
                ["id"] = id,
                ["parentId"] = call.SecondParameter,
                ["pathPart"] = part,
                ["path"] = PathUnder(parent, part)
            };
            return ApiAnswer.Show(api.Resources[id] = resource);
        }
    }

    public static ReadOnlyMemory<byte> Update(RegionStore store, Call call)
    {
        IReadOnlyList<Patch> patches = call.ReadPatches();
        lock (store.Gate)
        {
            StoredApi api = ApiAnswer.FindWithResource(store, call);
            JsonObject resource = api.Resources[call.SecondParameter];
            (string? parentId, string? part) = ((string?)resource["parentId"], (string?)resource["pathPart"]);
            foreach (Patch patch in patches)
            {
                (parentId, part) = (patch.Op, patch.Path) switch
                {
                    ("replace", "/parentId" or "/pathPart") when parentId is null
                        => throw ServiceError.BadRequest($"Root resource cannot update its {patch.Path[1..]}."),
                    ("replace", "/parentId") => (patch.Value, part),
                    ("replace", "/pathPart") => (parentId, patch.Value),
                    ("replace", _) => throw ServiceError.BadRequest(
                        $"Invalid patch path  '{patch.Path}' specified for op 'replace'. Must be one of: [/parentId, /pathPart]"),
                    _ => throw ServiceError.BadRequest(
                        $"Invalid patch path  '{patch.Path}' specified for op '{patch.Op}'. Please choose supported operations"),
                };
            }

            if (parentId is not null && patches.Count > 0)
            {
                Move(api, resource, parentId, part!);
            }

            return ApiAnswer.Show(Shown(api, api.Resources[call.SecondParameter], call));
        }
    }

    public static ReadOnlyMemory<byte> Delete(RegionStore store, Call call)
    {
        lock (store.Gate)
        {
            StoredApi api = ApiAnswer.FindWithResource(store, call);
            if (call.SecondParameter == (string)api.Shape["rootResourceId"]!)
            {
                throw ServiceError.BadRequest("Root resource cannot be deleted");
            }

            Remove(api, call.SecondParameter);
            return default;
        }
    }

    /// <summary>Puts a resource and everything under it away.</summary>
    public static void Remove(StoredApi api, string id)
    {
        foreach (string child in ChildrenOf(api, id).ToList())
        {
            Remove(api, child);
        }

        foreach ((string verb, _) in api.MethodsOf(id).ToList())
        {
            api.Methods.Remove($"{id}/{verb}");
        }

        api.Resources.Remove(id);
    }

    public static string PathUnder(JsonObject parent, string part) => $"{StoredApi.PathOf(parent).TrimEnd('/')}/{part}";

    private static void Move(StoredApi api, JsonObject resource, string parentId, string part)
    {
        JsonObject parent = api.Resources.GetValueOrDefault(parentId) ?? throw ApiAnswer.UnknownResource();
        if ((StoredApi.PathOf(parent) + "/").StartsWith(StoredApi.PathOf(resource) + "/", StringComparison.Ordinal))
        {
            throw ServiceError.BadRequest("Resources cannot be cyclical.");
        }

        RequirePart(api, parent, part, resource);
        JsonObject moved = (JsonObject)resource.DeepClone();
        (moved["parentId"], moved["pathPart"]) = (parentId, part);
        Place(api, moved, PathUnder(parent, part));
    }

    // What is under it moves along.
    private static void Place(StoredApi api, JsonObject resource, string path)
    {
        string id = (string)resource["id"]!;
        resource["path"] = path;
        api.Resources[id] = resource;
        foreach (string child in ChildrenOf(api, id).ToList())
        {
            JsonObject below = (JsonObject)api.Resources[child].DeepClone();
            Place(api, below, PathUnder(resource, (string)below["pathPart"]!));
        }
    }

    private static void RequirePart(StoredApi api, JsonObject parent, string part, JsonObject? self)
    {
        if ((string?)parent["pathPart"] is { } over && over.EndsWith("+}", StringComparison.Ordinal))
        {
            throw ServiceError.BadRequest($"Cannot create a child of a resource with a greedy path variable: {over}");
        }

        foreach (string sibling in ChildrenOf(api, (string)parent["id"]!).Where(id => id != (string?)self?["id"])
            .Select(id => (string)api.Resources[id]["pathPart"]!))
        {
            if (sibling == part)
            {
                throw ServiceError.Conflict($"Another resource with the same parent already has this name: {part}");
            }

            if (sibling.StartsWith('{') && part.StartsWith('{'))
            {
                throw ServiceError.BadRequest(
                    $"A sibling ({sibling}) of this resource already has a variable path part -- only one is allowed");
            }
        }
    }

    private static IEnumerable<string> ChildrenOf(StoredApi api, string id) =>
        api.Resources.Where(resource => (string?)resource.Value["parentId"] == id).Select(resource => resource.Key);

    // Its methods are named, and shown whole only when they are asked for.
    private static JsonObject Shown(StoredApi api, JsonObject resource, Call call)
    {
        bool whole = call.QueryAll("embed").Contains("methods", StringComparer.Ordinal);
        JsonObject methods = [];
        foreach ((string verb, JsonObject method) in api.MethodsOf((string)resource["id"]!))
        {
            methods[verb] = whole ? method.DeepClone() : new JsonObject();
        }

        JsonObject shown = (JsonObject)resource.DeepClone();
        if (methods.Count > 0)
        {
            shown["resourceMethods"] = methods;
        }

        return shown;
    }
}
