using System.Text.Json;

namespace ApiKey.Emulator.Store;

/// <summary>A key in the store. Guarded by its region's lock.</summary>
internal sealed class StoredKey
{
    public required string Id { get; init; }

    public required string Value { get; init; }

    public required long Sequence { get; init; }

    public required long CreatedDate { get; set; }

    public required long LastUpdatedDate { get; set; }

    public string Name { get; set; } = "";

    public string Description { get; set; } = "";

    public string CustomerId { get; set; } = "";

    public bool Enabled { get; set; }

    public IReadOnlyList<string> StageKeys { get; set; } = [];

    public SortedDictionary<string, string> Tags { get; init; } = new(StringComparer.Ordinal);

    public bool Deleted { get; set; }

    /// <summary>Writes the key as AWS shows it: empty texts are absent, dates are whole seconds.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="withValue">Whether the secret is shown.</param>
    /// <param name="alwaysTags">Whether tags are shown when there are none: a single read and an update do, a create and a listing do
    /// not.</param>
    public void Write(Utf8JsonWriter writer, bool withValue, bool alwaysTags)
    {
        writer.WriteStartObject();
        writer.WriteString("id", Id);
        WriteText(writer, "name", Name);
        WriteText(writer, "description", Description);
        WriteText(writer, "customerId", CustomerId);
        writer.WriteBoolean("enabled", Enabled);
        writer.WriteNumber("createdDate", CreatedDate);
        writer.WriteNumber("lastUpdatedDate", LastUpdatedDate);
        writer.WriteStartArray("stageKeys");
        foreach (string stage in StageKeys)
        {
            writer.WriteStringValue(stage);
        }

        writer.WriteEndArray();
        if (withValue)
        {
            writer.WriteString("value", Value);
        }

        if (alwaysTags || Tags.Count > 0)
        {
            WriteTags(writer, Tags);
        }

        writer.WriteEndObject();
    }

    /// <summary>Writes the member <c>tags</c>.</summary>
    public static void WriteTags(Utf8JsonWriter writer, SortedDictionary<string, string> tags)
    {
        writer.WriteStartObject("tags");
        foreach ((string key, string value) in tags)
        {
            writer.WriteString(key, value);
        }

        writer.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter writer, string name, string text)
    {
        if (text.Length > 0)
        {
            writer.WriteString(name, text);
        }
    }
}
