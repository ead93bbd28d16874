using System.Text.Json;

namespace ApiKey.Emulator.Store;

/// <summary>A usage plan in the store. Guarded by its region's lock.</summary>
internal sealed class StoredPlan
{
    public required string Id { get; init; }

    public required long Sequence { get; init; }

    public PlanSettings Settings { get; set; } = new();

    public SortedDictionary<string, string> Tags { get; init; } = new(StringComparer.Ordinal);

    /// <summary>The keys in the plan, by id, the order in which AWS lists them.</summary>
    public SortedDictionary<string, StoredKey> Keys { get; } = new(StringComparer.Ordinal);

    /// <summary>Requests used, by key id and day.</summary>
    public Dictionary<(string KeyId, DateOnly Day), long> Used { get; } = [];

    /// <summary>What was added to a key's remaining requests, by key id and day; it holds from that day to the end of its period.</summary>
    public Dictionary<(string KeyId, DateOnly Day), long> Extensions { get; } = [];

    public void Write(Utf8JsonWriter writer, bool alwaysTags)
    {
        writer.WriteStartObject();
        writer.WriteString("id", Id);
        Text(writer, "name", Settings.Name);
        Text(writer, "description", Settings.Description);
        Text(writer, "productCode", Settings.ProductCode);
        writer.WriteStartArray("apiStages");
        Settings.Stages.ForEach(stage => stage.Write(writer));
        writer.WriteEndArray();
        if (Settings.Throttle is not null)
        {
            writer.WritePropertyName("throttle");
            Settings.Throttle.Write(writer);
        }

        if (Settings.Quota is { } quota)
        {
            writer.WriteStartObject("quota");
            writer.WriteNumber("limit", quota.Limit);
            writer.WriteNumber("offset", quota.Offset);
            writer.WriteString("period", quota.Period);
            writer.WriteEndObject();
        }

        if (alwaysTags || Tags.Count > 0)
        {
            StoredKey.WriteTags(writer, Tags);
        }

        writer.WriteEndObject();
    }

    private static void Text(Utf8JsonWriter writer, string name, string text)
    {
        if (text.Length > 0)
        {
            writer.WriteString(name, text);
        }
    }
}
