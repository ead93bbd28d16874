using System.Text.Json;
using ApiKey.Emulator.Service;

namespace ApiKey.Emulator.Store;

/// <summary>A rate and a burst; either may be unset.</summary>
internal sealed class Throttle
{
    public long? BurstLimit { get; set; }

    public double? RateLimit { get; set; }

    public static Throttle? Read(JsonElement parent, string name) => Call.Object(parent, name) is { } source
        ? new Throttle { BurstLimit = Call.Number(source, "burstLimit"), RateLimit = Call.Fraction(source, "rateLimit") }
        : null;

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        if (BurstLimit is { } burst)
        {
            writer.WriteNumber("burstLimit", burst);
        }

        if (RateLimit is { } rate)
        {
            // AWS writes a rate with a fraction, 2.0 for 2.
            writer.WritePropertyName("rateLimit");
            writer.WriteRawValue(rate == Math.Floor(rate) && Math.Abs(rate) < 1e15 ? rate.ToString("F1", System.Globalization.CultureInfo.InvariantCulture) : rate.ToString("R", System.Globalization.CultureInfo.InvariantCulture));
        }

        writer.WriteEndObject();
    }
}

/// <summary>Requests allowed in a period.</summary>
internal sealed class Quota
{
    public long Limit { get; set; }

    public long Offset { get; set; }

    public string Period { get; set; } = "DAY";
}

/// <summary>A stage a plan opens, with throttles by <c>path/METHOD</c>.</summary>
internal sealed class PlanStage
{
    public required string ApiId { get; init; }

    public required string Stage { get; init; }

    public SortedDictionary<string, Throttle> Throttles { get; } = new(StringComparer.Ordinal);

    public string Key => $"{ApiId}:{Stage}";
}

/// <summary>A usage plan in the store. Guarded by its region's lock.</summary>
internal sealed class StoredPlan
{
    public required string Id { get; init; }

    public required long Sequence { get; init; }

    public string Name { get; set; } = "";

    public string Description { get; set; } = "";

    public string ProductCode { get; set; } = "";

    public Throttle? Throttle { get; set; }

    public Quota? Quota { get; set; }

    public List<PlanStage> Stages { get; } = [];

    public SortedDictionary<string, string> Tags { get; init; } = new(StringComparer.Ordinal);

    /// <summary>The keys in the plan, in the order they came, each with its own number.</summary>
    public List<(long Sequence, StoredKey Key)> Keys { get; } = [];

    /// <summary>Requests used, by key id and day.</summary>
    public Dictionary<(string KeyId, DateOnly Day), long> Used { get; } = [];

    /// <summary>What was added to a key's remaining requests of the current period.</summary>
    public Dictionary<string, long> Extension { get; } = new(StringComparer.Ordinal);

    public void Write(Utf8JsonWriter writer, bool alwaysTags)
    {
        writer.WriteStartObject();
        writer.WriteString("id", Id);
        Text(writer, "name", Name);
        Text(writer, "description", Description);
        Text(writer, "productCode", ProductCode);
        writer.WriteStartArray("apiStages");
        foreach (PlanStage stage in Stages)
        {
            WriteStage(writer, stage);
        }

        writer.WriteEndArray();
        if (Throttle is not null)
        {
            writer.WritePropertyName("throttle");
            Throttle.Write(writer);
        }

        if (Quota is not null)
        {
            writer.WriteStartObject("quota");
            writer.WriteNumber("limit", Quota.Limit);
            writer.WriteNumber("offset", Quota.Offset);
            writer.WriteString("period", Quota.Period);
            writer.WriteEndObject();
        }

        if (alwaysTags || Tags.Count > 0)
        {
            StoredKey.WriteTags(writer, Tags);
        }

        writer.WriteEndObject();
    }

    private static void WriteStage(Utf8JsonWriter writer, PlanStage stage)
    {
        writer.WriteStartObject();
        writer.WriteString("apiId", stage.ApiId);
        writer.WriteString("stage", stage.Stage);
        if (stage.Throttles.Count > 0)
        {
            writer.WriteStartObject("throttle");
            foreach ((string method, Throttle throttle) in stage.Throttles)
            {
                writer.WritePropertyName(method);
                throttle.Write(writer);
            }

            writer.WriteEndObject();
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
