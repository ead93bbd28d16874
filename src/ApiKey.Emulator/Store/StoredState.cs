using System.Globalization;
using System.Text.Json;
using ApiKey.Emulator.Service;

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
            plan.Keys.ForEach(member => writer.WriteStringValue(member.Key.Id));
            writer.WriteEndArray();
            writer.WriteStartArray("used");
            foreach (((string keyId, DateOnly day), long used) in plan.Used)
            {
                writer.WriteStartObject();
                writer.WriteString("key", keyId);
                writer.WriteString("day", day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                writer.WriteNumber("used", used);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteStartObject("extension");
            foreach ((string keyId, long extension) in plan.Extension)
            {
                writer.WriteNumber(keyId, extension);
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
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
        }
    }

    private static StoredKey ReadKey(RegionStore store, JsonElement source) => new()
    {
        Id = source.GetProperty("id").GetString()!,
        Value = source.GetProperty("value").GetString()!,
        Sequence = store.NextSequence,
        CreatedDate = source.GetProperty("createdDate").GetInt64(),
        LastUpdatedDate = source.GetProperty("lastUpdatedDate").GetInt64(),
        Name = Call.Text(source, "name") ?? "",
        Description = Call.Text(source, "description") ?? "",
        CustomerId = Call.Text(source, "customerId") ?? "",
        Enabled = Call.Truth(source, "enabled"),
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
            Name = Call.Text(shape, "name") ?? "",
            Description = Call.Text(shape, "description") ?? "",
            ProductCode = Call.Text(shape, "productCode") ?? "",
            Throttle = Throttle.Read(shape, "throttle"),
            Quota = PlanOperations.ReadQuota(shape),
            Tags = ReadTags(shape),
        };
        plan.Stages.AddRange(Call.Objects(shape, "apiStages").Select(PlanOperations.ReadStage));
        plan.Keys.AddRange(source.GetProperty("keys").EnumerateArray().Select(id => (store.NextPlanSequence(), store.Find(id.GetString()!))));
        foreach (JsonElement use in source.GetProperty("used").EnumerateArray())
        {
            DateOnly day = DateOnly.ParseExact(use.GetProperty("day").GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture);
            plan.Used[(use.GetProperty("key").GetString()!, day)] = use.GetProperty("used").GetInt64();
        }

        foreach (JsonProperty extension in source.GetProperty("extension").EnumerateObject())
        {
            plan.Extension[extension.Name] = extension.Value.GetInt64();
        }

        return plan;
    }

    private static SortedDictionary<string, string> ReadTags(JsonElement source) =>
        new(Call.Map(source, "tags").ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal);
}
