using System.Globalization;
using System.Text.Json;
using ApiKey.Emulator.Wire;

namespace ApiKey.Emulator.Store;

/// <summary>A region's keys and plans as JSON, oldest first, so that reading them in turn gives the same order again.</summary>
internal static class StoredState
{
    public static void Write(RegionStore store, Utf8JsonWriter writer)
    {
        writer.WriteStartArray("keys");
        foreach (StoredKey key in store.OlderThan(long.MaxValue).Reverse())
        {
            key.Write(writer, withValue: true, alwaysTags: true);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("plans");
        foreach (StoredPlan plan in store.Plans.Reverse())
        {
            writer.WriteStartObject();
            writer.WritePropertyName("plan");
            plan.Write(writer, alwaysTags: true);
            writer.WriteStartArray("keys");
            foreach (string keyId in plan.Keys.Keys)
            {
                writer.WriteStringValue(keyId);
            }

            writer.WriteEndArray();
            WriteDays(writer, "used", plan.Used);
            WriteDays(writer, "extensions", plan.Extensions);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("apis");
        foreach (StoredApi api in store.Apis.Values)
        {
            api.Write(writer);
        }

        writer.WriteEndArray();
    }

    public static void Read(RegionStore store, JsonElement source)
    {
        lock (store.Gate)
        {
            foreach (JsonElement key in source.GetProperty("keys").EnumerateArray())
            {
                store.Add(ReadKey(store, key));
            }

            foreach (JsonElement plan in source.GetProperty("plans").EnumerateArray())
            {
                store.Add(ReadPlan(store, plan));
            }

            foreach (StoredApi api in Optional(source, "apis").Select(StoredApi.Read))
            {
                store.Apis.Add(api.Id, api);
            }
        }
    }

    private static StoredKey ReadKey(RegionStore store, JsonElement source) => new()
    {
        Id = source.GetProperty("id").GetString()!,
        Value = source.GetProperty("value").GetString()!,
        Sequence = store.NextSequence,
        CreatedDate = source.GetProperty("createdDate").GetInt64(),
        LastUpdatedDate = source.GetProperty("lastUpdatedDate").GetInt64(),
        Name = Json.Text(source, "name") ?? "",
        Description = Json.Text(source, "description") ?? "",
        CustomerId = Json.Text(source, "customerId") ?? "",
        Enabled = Json.Truth(source, "enabled"),
        StageKeys = [.. source.GetProperty("stageKeys").EnumerateArray().Select(stage => stage.GetString()!)],
        Tags = ReadTags(source),
    };

    private static StoredPlan ReadPlan(RegionStore store, JsonElement source)
    {
        JsonElement shape = source.GetProperty("plan");
        StoredPlan plan = new()
        {
            Id = shape.GetProperty("id").GetString()!,
            Sequence = store.NextPlanSequence(),
            Settings = new PlanSettings
            {
                Name = Json.Text(shape, "name") ?? "",
                Description = Json.Text(shape, "description") ?? "",
                ProductCode = Json.Text(shape, "productCode") ?? "",
                Throttle = Throttle.Read(shape, "throttle"),
                Quota = Quota.Read(shape),
                Stages = [.. Json.Objects(shape, "apiStages").Select(PlanStage.Read)],
            },
            Tags = ReadTags(shape),
        };
        foreach (StoredKey key in source.GetProperty("keys").EnumerateArray().Select(id => store.Find(id.GetString()!)))
        {
            plan.Keys.Add(key.Id, key);
        }

        foreach (JsonElement day in source.GetProperty("used").EnumerateArray())
        {
            ReadDay(day, "used", plan.Used);
        }

        foreach (JsonElement day in Optional(source, "extensions"))
        {
            ReadDay(day, "extensions", plan.Extensions);
        }

        return plan;
    }

    private static void WriteDays(Utf8JsonWriter writer, string name, Dictionary<(string KeyId, DateOnly Day), long> days)
    {
        writer.WriteStartArray(name);
        foreach (((string keyId, DateOnly day), long count) in days)
        {
            writer.WriteStartObject();
            writer.WriteString("key", keyId);
            writer.WriteString("day", day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            writer.WriteNumber(name, count);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void ReadDay(JsonElement source, string name, Dictionary<(string KeyId, DateOnly Day), long> days)
    {
        DateOnly day = DateOnly.ParseExact(source.GetProperty("day").GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        days[(source.GetProperty("key").GetString()!, day)] = source.GetProperty(name).GetInt64();
    }

    // Parts that a file of an earlier emulator does not have.
    private static JsonElement.ArrayEnumerator Optional(JsonElement source, string name) =>
        source.TryGetProperty(name, out JsonElement list) ? list.EnumerateArray() : default;

    private static SortedDictionary<string, string> ReadTags(JsonElement source) =>
        new(Json.Map(source, "tags").ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal);
}
