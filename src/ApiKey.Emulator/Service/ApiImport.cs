using System.Text.Json;
using System.Text.Json.Nodes;
using ApiKey.Emulator.Store;
using ApiKey.Emulator.Wire;

namespace ApiKey.Emulator.Service;

/// <summary>
/// ImportRestApi and PutRestApi: what of an OpenAPI document makes an API that keys open: paths, methods, whether they need a key,
/// integrations and their answers. Documents are JSON; whatever else they say is passed over.
/// </summary>
internal static class ApiImport
{
    private const string AnyMethod = "x-amazon-apigateway-any-method";
    private const string KeySource = "x-amazon-apigateway-api-key-source";

    private static readonly string[] Verbs = ["get", "put", "post", "delete", "patch", "options", "head", AnyMethod];

    public static ReadOnlyMemory<byte> Import(RegionStore store, Call call, long now)
    {
        JsonElement document = call.ReadObject();
        string name = TitleOf(document) ?? throw ServiceError.BadRequest("Invalid OpenAPI input: a document needs an info with a title");
        List<Entry> entries = Read(document);
        lock (store.Gate)
        {
            StoredApi api = ApiOperations.Add(store, name, now);
            Apply(store, api, document, entries);
            return ApiAnswer.Show(api.Shape);
        }
    }

    public static ReadOnlyMemory<byte> Put(RegionStore store, Call call)
    {
        JsonElement document = call.ReadObject();
        string? name = TitleOf(document);
        List<Entry> entries = Read(document);
        lock (store.Gate)
        {
            StoredApi api = ApiAnswer.Find(store, call);
            if (call.Query("mode") == "overwrite" && !api.IsOpen)
            {
                string root = (string)api.Shape["rootResourceId"]!;
                JsonObject kept = api.Resources[root];
                ResourceOperations.Remove(api, root);
                api.Resources.Add(root, kept);
                api.Shape["name"] = name ?? (string)api.Shape["name"]!;
            }

            Apply(store, api, document, entries);
            return ApiAnswer.Show(ApiAnswer.WithTags(api.Shape, api.TagsOf(), always: true));
        }
    }

    private sealed record Entry(string Path, string Verb, JsonObject Method);

    private static string? TitleOf(JsonElement document) => Json.Object(document, "info") is { } info ? Json.Text(info, "title") : null;

    // The whole document is read before anything is changed.
    private static List<Entry> Read(JsonElement document)
    {
        HashSet<string> keySchemes = [.. KeySchemesOf(document)];
        bool always = NeedsKey(document, keySchemes) ?? false;
        _ = Json.Text(document, KeySource);
        JsonElement paths = Json.Object(document, "paths")
            ?? throw ServiceError.BadRequest("Invalid OpenAPI input: a document needs paths");
        List<Entry> entries = [];
        foreach (string path in paths.EnumerateObject().Select(path => path.Name).Where(path => path.StartsWith('/')))
        {
            if (Json.Object(paths, path) is not { } operations)
            {
                continue;
            }

            foreach (string verb in Verbs)
            {
                if (Json.Object(operations, verb) is { } operation)
                {
                    string method = verb == AnyMethod ? "ANY" : verb.ToUpperInvariant();
                    entries.Add(new Entry(path, method, ToMethod(method, operation, NeedsKey(operation, keySchemes) ?? always)));
                }
            }
        }

        return entries;
    }

    private static void Apply(RegionStore store, StoredApi api, JsonElement document, List<Entry> entries)
    {
        if (api.IsOpen)
        {
            throw ServiceError.BadRequest("This API was seeded; make one with CreateRestApi to give it methods");
        }

        if (Json.Text(document, KeySource) is { } source)
        {
            api.Shape["apiKeySource"] = source;
        }

        foreach (Entry entry in entries)
        {
            string resource = FindOrAdd(store, api, entry.Path);
            if (entry.Method["methodIntegration"] is JsonObject integration && (string?)integration["cacheNamespace"] == "")
            {
                integration["cacheNamespace"] = resource;
            }

            api.Methods[$"{resource}/{entry.Verb}"] = entry.Method;
        }
    }

    // OpenAPI 3 has them among the components, and version 2 at the top.
    private static List<string> KeySchemesOf(JsonElement document)
    {
        JsonElement? components = Json.Object(document, "components");
        JsonElement? schemes = components is { } parts ? Json.Object(parts, "securitySchemes")
            : Json.Object(document, "securityDefinitions");
        return schemes is { } known
            ? [.. known.EnumerateObject().Select(scheme => scheme.Name)
                .Where(name => Json.Object(known, name) is { } scheme && IsKey(scheme))]
            : [];
    }

    private static bool IsKey(JsonElement scheme) =>
        Json.Text(scheme, "type") == "apiKey" && string.Equals(Json.Text(scheme, "name"), "x-api-key", StringComparison.OrdinalIgnoreCase);

    private static bool? NeedsKey(JsonElement parent, HashSet<string> keySchemes) => parent.TryGetProperty("security", out _)
        ? Json.Objects(parent, "security").Any(requirement => requirement.EnumerateObject().Any(scheme => keySchemes.Contains(scheme.Name)))
        : null;

    private static string FindOrAdd(RegionStore store, StoredApi api, string path)
    {
        string id = (string)api.Shape["rootResourceId"]!;
        foreach (string part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            JsonObject parent = api.Resources[id];
            string wanted = ResourceOperations.PathUnder(parent, part);
            JsonObject? there = api.Resources.Values.FirstOrDefault(resource => StoredApi.PathOf(resource) == wanted);
            there ??= new JsonObject { ["id"] = store.NewPlanId(), ["parentId"] = id, ["pathPart"] = part, ["path"] = wanted };
            id = (string)there["id"]!;
            api.Resources[id] = there;
        }

        return id;
    }

    private static JsonObject ToMethod(string verb, JsonElement operation, bool needsKey)
    {
        JsonObject method = new() { ["httpMethod"] = verb, ["authorizationType"] = "NONE", ["apiKeyRequired"] = needsKey };
        if (Json.Text(operation, "operationId") is { } name)
        {
            method["operationName"] = name;
        }

        JsonObject responses = new(StatusesOf(operation)
            .Select(status => KeyValuePair.Create(status, (JsonNode?)new JsonObject { ["statusCode"] = status })));
        if (responses.Count > 0)
        {
            method["methodResponses"] = responses;
        }

        if (Json.Object(operation, "x-amazon-apigateway-integration") is { } integration)
        {
            method["methodIntegration"] = ToIntegration(integration);
        }

        return method;
    }

    private static IEnumerable<string> StatusesOf(JsonElement operation) => Json.Object(operation, "responses") is { } responses
        ? responses.EnumerateObject().Select(response => response.Name).Where(name => name.Length == 3 && name.All(char.IsAsciiDigit))
        : [];

    private static JsonObject ToIntegration(JsonElement source)
    {
        JsonObject integration = ApiMembers.Read(source, ApiMembers.OfIntegration, MethodOperations.NewIntegration(""));
        foreach (string upper in new[] { "type", "passthroughBehavior" })
        {
            if ((string?)integration[upper] is { } text)
            {
                integration[upper] = text.ToUpperInvariant();
            }
        }

        JsonObject responses = [];
        if (Json.Object(source, "responses") is { } answers)
        {
            foreach (string pattern in answers.EnumerateObject().Select(answer => answer.Name).ToList())
            {
                JsonElement answer = Json.Object(answers, pattern) ?? default;
                string status = answer.ValueKind == JsonValueKind.Object ? Json.Text(answer, "statusCode") ?? "200" : "200";
                JsonObject response = new() { ["statusCode"] = status };
                if (answer.ValueKind == JsonValueKind.Object)
                {
                    ApiMembers.Read(answer, ApiMembers.OfIntegrationResponse, response);
                }

                if (pattern != "default")
                {
                    response["selectionPattern"] = pattern;
                }

                responses[status] = response;
            }
        }

        if (responses.Count > 0)
        {
            integration["integrationResponses"] = responses;
        }

        return integration;
    }
}
