using System.Text.Json;
using ApiKey.Emulator.Store;
using ApiKey.Emulator.Wire;

namespace ApiKey.Emulator.Service;

/// <summary>CreateUsagePlanKey, GetUsagePlanKey, GetUsagePlanKeys and DeleteUsagePlanKey. They always show the value, as AWS
/// does.</summary>
internal static class PlanKeyOperations
{
    public static ReadOnlyMemory<byte> Create(RegionStore store, Call call)
    {
        JsonElement body = call.ReadObject();
        if (Json.Text(body, "keyType") != "API_KEY")
        {
            throw ServiceError.BadRequest("Invalid Usage Plan key type specified. Must be one of [API_KEY]");
        }

        lock (store.Gate)
        {
            StoredPlan plan = store.FindPlan(call.Parameter);
            StoredKey key = store.Find(Json.Text(body, "keyId") ?? "");
            if (FindProblem(store, plan, key.Id, store.PlansOf(key)) is { } clash)
            {
                throw clash;
            }

            store.Quota?.ChangePlanKeys(call);
            plan.Keys.Add(key.Id, key);
            return Json.Write(writer => Write(writer, key));
        }
    }

    /// <summary>Why a key that is in some plans cannot go into another one too; null when it can.</summary>
    public static ServiceError? FindProblem(RegionStore store, StoredPlan plan, string keyId, IReadOnlyCollection<StoredPlan> others)
    {
        // A key that is in the plan already is refused with the same words as one whose other plan shares a stage.
        if (others.SelectMany(other => other.Settings.Stages)
            .FirstOrDefault(stage => plan.Settings.Stages.Exists(own => own.Key == stage.Key)) is { } shared)
        {
            return ServiceError.SharedStage(plan.Id, keyId, shared.Key);
        }

        if (others.Contains(plan))
        {
            return ServiceError.Conflict("Usage Plan Key already exists");
        }

        return store.Limits is { } limits && others.Count >= limits.PlansPerKey
            ? ServiceError.LimitExceeded("Usage plans per API key") : null;
    }

    public static ReadOnlyMemory<byte> Get(RegionStore store, Call call)
    {
        lock (store.Gate)
        {
            StoredKey key = Find(store, call, out _);
            return Json.Write(writer => Write(writer, key));
        }
    }

    public static ReadOnlyMemory<byte> List(RegionStore store, Call call)
    {
        string prefix = call.Query("name") ?? "";
        string after = call.Query("position") is { } position ? Paging.Read(position, "usagePlanIdKeyId").Split(':')[^1] : "";
        lock (store.Gate)
        {
            // AWS was recorded to answer an empty page for a plan that is not there.
            IEnumerable<StoredKey> keys = store.TryFindPlan(call.Parameter)?.Keys.Values ?? Enumerable.Empty<StoredKey>();
            return Paging.Write(
                keys.Where(key => string.CompareOrdinal(key.Id, after) > 0 && key.Name.StartsWith(prefix, StringComparison.Ordinal)),
                call.QueryLimit(),
                key => Paging.WritePosition(("usagePlanIdKeyId", $"{call.Parameter}:{key.Id}")),
                Write);
        }
    }

    public static ReadOnlyMemory<byte> Delete(RegionStore store, Call call)
    {
        lock (store.Gate)
        {
            StoredKey key = Find(store, call, out StoredPlan plan);
            store.Quota?.ChangePlanKeys(call);
            plan.Keys.Remove(key.Id);
            return default;
        }
    }

    // A key that is not in the plan is answered with the words for a plan that is not there.
    private static StoredKey Find(RegionStore store, Call call, out StoredPlan plan)
    {
        plan = store.FindPlan(call.Parameter);
        StoredKey key = store.Find(call.SecondParameter);
        return plan.Keys.ContainsKey(key.Id) ? key : throw ServiceError.UnknownPlan();
    }

    private static void Write(Utf8JsonWriter writer, StoredKey key)
    {
        writer.WriteStartObject();
        writer.WriteString("id", key.Id);
        writer.WriteString("type", "API_KEY");
        if (key.Name.Length > 0)
        {
            writer.WriteString("name", key.Name);
        }

        writer.WriteString("value", key.Value);
        writer.WriteEndObject();
    }
}
