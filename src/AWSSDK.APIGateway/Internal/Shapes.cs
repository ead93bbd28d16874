using System.Text.Json;
using Amazon.APIGateway.Model;

namespace Amazon.APIGateway.Internal;

/// <summary>Writes and reads members of JSON objects. What is null is not written; what is absent or null is read as null.</summary>
internal static class Shapes
{
    public static void Write(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    public static void Write(Utf8JsonWriter writer, string name, bool? value)
    {
        if (value is { } given)
        {
            writer.WriteBoolean(name, given);
        }
    }

    public static void Write(Utf8JsonWriter writer, string name, int? value)
    {
        if (value is { } given)
        {
            writer.WriteNumber(name, given);
        }
    }

    public static void Write(Utf8JsonWriter writer, string name, double? value)
    {
        if (value is { } given)
        {
            writer.WriteNumber(name, given);
        }
    }

    public static void Write(Utf8JsonWriter writer, List<PatchOperation>? patches) => Write(writer, "patchOperations", patches, patch =>
    {
        Write(writer, "op", patch.Op?.Value);
        Write(writer, "path", patch.Path);
        Write(writer, "value", patch.Value);
        Write(writer, "from", patch.From);
    });

    public static void Write(Utf8JsonWriter writer, string name, Dictionary<string, string>? map)
    {
        if (map is not null)
        {
            writer.WriteStartObject(name);
            foreach ((string key, string value) in map)
            {
                writer.WriteString(key, value);
            }

            writer.WriteEndObject();
        }
    }

    public static void Write<T>(Utf8JsonWriter writer, string name, List<T>? items, Action<T> writeMembers)
    {
        if (items is not null)
        {
            writer.WriteStartArray(name);
            foreach (T item in items)
            {
                writer.WriteStartObject();
                writeMembers(item);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }
    }

    public static void ReadApiKey(JsonElement source, IApiKeyShape key)
    {
        key.Id = Text(source, "id");
        key.Name = Text(source, "name");
        key.Description = Text(source, "description");
        key.CustomerId = Text(source, "customerId");
        key.Enabled = Member(source, "enabled")?.GetBoolean();
        key.CreatedDate = Date(source, "createdDate");
        key.LastUpdatedDate = Date(source, "lastUpdatedDate");
        key.Value = Text(source, "value");
        key.Tags = Map(source, "tags");
        key.StageKeys = Member(source, "stageKeys") is { } stages ? [.. stages.EnumerateArray().Select(ReadStageKey)] : null;
    }

    public static int? Integer(JsonElement source, string name) => Member(source, name)?.GetInt32();

    public static double? Fraction(JsonElement source, string name) => Member(source, name)?.GetDouble();

    public static string? Text(JsonElement source, string name) => Member(source, name)?.GetString();

    public static List<string>? Texts(JsonElement source, string name) =>
        Member(source, name) is { } items ? [.. items.EnumerateArray().Select(TextOf)] : null;

    public static List<T>? List<T>(JsonElement source, string name, Action<JsonElement, T> read)
        where T : new() =>
        Member(source, name) is { } items
            ? [.. items.EnumerateArray().Select(item =>
            {
                T result = new();
                read(item, result);
                return result;
            })]
            : null;

    public static Dictionary<string, string>? Map(JsonElement source, string name) =>
        Member(source, name)?.EnumerateObject()
            .ToDictionary(entry => entry.Name, entry => entry.Value.GetString() ?? "", StringComparer.Ordinal);

    // The service writes seconds since 1970, whole or with a fraction.
    private static DateTime? Date(JsonElement source, string name) =>
        Member(source, name) is { } seconds ? DateTime.UnixEpoch.AddSeconds(seconds.GetDouble()) : null;

    // AWS answers "apiId/stage"; other servers echo the object of the request.
    private static string ReadStageKey(JsonElement stage) =>
        stage.ValueKind == JsonValueKind.Object ? $"{Text(stage, "restApiId")}/{Text(stage, "stageName")}" : TextOf(stage);

    // A list of texts has no null in it.
    private static string TextOf(JsonElement text) => text.GetString() ?? throw new FormatException("A text is null.");

    public static JsonElement? Member(JsonElement source, string name) =>
        source.TryGetProperty(name, out JsonElement member) && member.ValueKind != JsonValueKind.Null ? member : null;
}
