using System.Text.Json;
using System.Text.Json.Nodes;

namespace ApiKey.Emulator.Store;

/// <summary>
/// A REST API with its resources, methods, deployments and stages, each as the JSON that AWS shows. Guarded by its region's lock.
/// </summary>
internal sealed class StoredApi
{
    public required JsonObject Shape { get; set; }

    /// <summary>The resources by id.</summary>
    public Dictionary<string, JsonObject> Resources { get; init; } = new(StringComparer.Ordinal);

    /// <summary>The methods by resource id and verb (<c>id/GET</c>), with their integration and responses.</summary>
    public Dictionary<string, JsonObject> Methods { get; init; } = new(StringComparer.Ordinal);

    public Dictionary<string, JsonObject> Deployments { get; init; } = new(StringComparer.Ordinal);

    /// <summary>What each deployment made callable, by its id: the methods by path and verb (<c>/orders/GET</c>).</summary>
    public Dictionary<string, JsonObject> Snapshots { get; init; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, JsonObject> Stages { get; init; } = new(StringComparer.Ordinal);

    /// <summary>The tags of the stages by their names, and of the API by an empty one.</summary>
    public Dictionary<string, SortedDictionary<string, string>> Tags { get; init; } = new(StringComparer.Ordinal);

    public string Id => (string)Shape["id"]!;

    /// <summary>Whether it was seeded: it has no resources, and every path can be called.</summary>
    public bool IsOpen => Resources.Count == 0;

    public static string PathOf(JsonObject resource) => (string)resource["path"]!;

    /// <summary>The tags of a stage, or of the API when no stage is named.</summary>
    public SortedDictionary<string, string> TagsOf(string stage = "") =>
        Tags.TryGetValue(stage, out SortedDictionary<string, string>? tags) ? tags : Tags[stage] = new(StringComparer.Ordinal);

    /// <summary>Whether it has a method; an API that was seeded has every one.</summary>
    public bool HasMethod(string path, string verb) =>
        IsOpen || Resources.Any(resource => PathOf(resource.Value) == path && Methods.ContainsKey($"{resource.Key}/{verb}"));

    /// <summary>The methods of a resource by their verbs.</summary>
    public IEnumerable<KeyValuePair<string, JsonObject>> MethodsOf(string resource) => Methods
        .Where(method => method.Key.StartsWith(resource + "/", StringComparison.Ordinal))
        .Select(method => KeyValuePair.Create(method.Key[(resource.Length + 1)..], method.Value));

    /// <summary>Every method by path and verb, as a deployment takes them over.</summary>
    public JsonObject TakeSnapshot()
    {
        JsonObject snapshot = [];
        foreach ((string id, JsonObject resource) in Resources)
        {
            foreach ((string verb, JsonObject method) in MethodsOf(id))
            {
                snapshot[$"{PathOf(resource)}/{verb}"] = method.DeepClone();
            }
        }

        return snapshot;
    }

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WritePropertyName("api");
        Shape.WriteTo(writer);
        Write(writer, "resources", Resources);
        Write(writer, "methods", Methods);
        Write(writer, "deployments", Deployments);
        Write(writer, "snapshots", Snapshots);
        Write(writer, "stages", Stages);
        Write(writer, "tags", Tags.Select(tags => KeyValuePair.Create(tags.Key, ToJson(tags.Value))));
        writer.WriteEndObject();
    }

    public static StoredApi Read(JsonElement source) => new()
    {
        Shape = JsonObject.Create(source.GetProperty("api").Clone())!,
        Resources = new(Read(source, "resources"), StringComparer.Ordinal),
        Methods = new(Read(source, "methods"), StringComparer.Ordinal),
        Deployments = new(Read(source, "deployments"), StringComparer.Ordinal),
        Snapshots = new(Read(source, "snapshots"), StringComparer.Ordinal),
        Stages = new(Read(source, "stages").ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal),
        Tags = Read(source, "tags").ToDictionary(
            tags => tags.Key,
            tags => new SortedDictionary<string, string>(
                tags.Value.ToDictionary(tag => tag.Key, tag => (string)tag.Value!, StringComparer.Ordinal),
                StringComparer.Ordinal),
            StringComparer.Ordinal),
    };

    /// <summary>Tags as a member of an answer.</summary>
    public static JsonObject ToJson(SortedDictionary<string, string> tags) =>
        new(tags.Select(tag => KeyValuePair.Create(tag.Key, (JsonNode?)tag.Value)));

    private static void Write(Utf8JsonWriter writer, string name, IEnumerable<KeyValuePair<string, JsonObject>> parts)
    {
        writer.WriteStartObject(name);
        foreach ((string key, JsonObject part) in parts)
        {
            writer.WritePropertyName(key);
            part.WriteTo(writer);
        }

        writer.WriteEndObject();
    }

    // A file of an earlier emulator does not have every part.
    private static IEnumerable<KeyValuePair<string, JsonObject>> Read(JsonElement source, string name) =>
        source.TryGetProperty(name, out JsonElement parts)
            ? parts.Clone().EnumerateObject().Select(part => KeyValuePair.Create(part.Name, JsonObject.Create(part.Value)!))
            : [];
}
