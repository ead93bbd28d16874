using System.Text.Json;
using System.Text.Json.Nodes;

namespace ApiKey.Emulator.Store;

/// <summary>A REST API with its resources, methods, deployments and stages, each as the JSON that AWS shows. Guarded by its region's lock.</summary>
internal sealed class StoredApi
{
    public required JsonObject Shape { get; init; }

    /// <summary>The resources by id, the root first.</summary>
    public Dictionary<string, JsonObject> Resources { get; init; } = new(StringComparer.Ordinal);

    /// <summary>The methods by resource id and verb: <c>id/GET</c>.</summary>
    public Dictionary<string, JsonObject> Methods { get; init; } = new(StringComparer.Ordinal);

    public Dictionary<string, JsonObject> Deployments { get; init; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, JsonObject> Stages { get; init; } = new(StringComparer.Ordinal);

    public string Id => (string)Shape["id"]!;

    /// <summary>Whether it has a method; an API that was seeded has every one.</summary>
    public bool HasMethod(string path, string verb) =>
        Resources.Count == 0 || Resources.Any(resource => (string)resource.Value["path"]! == path && Methods.ContainsKey($"{resource.Key}/{verb}"));

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WritePropertyName("api");
        Shape.WriteTo(writer);
        Write(writer, "resources", Resources);
        Write(writer, "methods", Methods);
        Write(writer, "deployments", Deployments);
        Write(writer, "stages", Stages);
        writer.WriteEndObject();
    }

    public static StoredApi Read(JsonElement source) => new()
    {
        Shape = JsonObject.Create(source.GetProperty("api"))!,
        Resources = new(Read(source, "resources"), StringComparer.Ordinal),
        Methods = new(Read(source, "methods"), StringComparer.Ordinal),
        Deployments = new(Read(source, "deployments"), StringComparer.Ordinal),
        Stages = new(Read(source, "stages").ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal),
    };

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

    private static IEnumerable<KeyValuePair<string, JsonObject>> Read(JsonElement source, string name) =>
        source.GetProperty(name).Clone().EnumerateObject().Select(part => KeyValuePair.Create(part.Name, JsonObject.Create(part.Value)!));
}
