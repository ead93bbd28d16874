using System.Text.Json;
using ApiKey.Emulator.Store;

namespace ApiKey.Emulator.Service;

/// <summary>CreateUsagePlanKey, GetUsagePlanKey, GetUsagePlanKeys and DeleteUsagePlanKey. They always show the value, as AWS does.</summary>
internal static class PlanKeyOperations
{
    public static ReadOnlyMemory<byte> Create(RegionStore store, Call call)
    {
        JsonElement body = call.ReadObject();
        if (Call.Text(body, "keyType") != "API_KEY")
        {
            throw ServiceError.BadRequest("Invalid key type. Must be one of: [API_KEY]");
        }

        lock (store.Gate)
        {
            StoredPlan plan = store.FindPlan(call.Parameter);
            StoredKey key = store.Find(Call.Text(body, "keyId") ?? "");
            if (FindFault(store, plan, store.PlansOf(key)) is { } fault)
            {
                throw fault;
            }

            store.Quota?.ChangePlanKeys(call);
            Attach(store, plan, key);
            return Call.Json(writer => Write(writer, key));
        }
    }

    /// <summary>Puts a key into a plan where <see cref="FindFault"/> finds nothing wrong.</summary>
    public static void Attach(RegionStore store, StoredPlan plan, StoredKey key) => plan.Keys.Add((store.NextPlanSequence(), key));

    /// <summary>Why a key that is in some plans cannot go into another one too; null when it can.</summary>
    public static ServiceError? FindFault(RegionStore store, StoredPlan plan, IReadOnlyCollection<StoredPlan> others)
    {
        if (others.Contains(plan))
        {
            return ServiceError.Conflict("Usage Plan Key already exists");
        }

        if (others.SelectMany(other => other.Stages).FirstOrDefault(stage => plan.Stages.Exists(own => own.Key == stage.Key)) is { } shared)
        {
            return ServiceError.Conflict($"API Key already has a Usage Plan for API stage {shared.Key}");
        }

        return store.Limits is { } limits && others.Count >= limits.PlansPerKey ? ServiceError.LimitExceeded("Usage plans per API key") : null;
    }

    public static ReadOnlyMemory<byte> Get(RegionStore store, Call call)
    {
        lock (store.Gate)
        {
            StoredKey key = Find(store.FindPlan(call.Parameter), call.SecondParameter);
            return Call.Json(writer => Write(writer, key));
        }
    }

    public static ReadOnlyMemory<byte> List(RegionStore store, Call call)
    {
        string prefix = call.Query("name") ?? "";
        long before = Paging.ReadPosition(call.Query("position"));
        lock (store.Gate)
        {
            // AWS was recorded to answer an empty page for a plan that is not there.
            IEnumerable<(long Sequence, StoredKey Key)> members = store.TryFindPlan(call.Parameter)?.Keys ?? [];
            return Paging.Write(
                members.Reverse().Where(member => member.Sequence < before && member.Key.Name.StartsWith(prefix, StringComparison.Ordinal)),
                call.QueryLimit(),
                member => member.Sequence,
                (writer, member) => Write(writer, member.Key));
        }
    }

    public static ReadOnlyMemory<byte> Delete(RegionStore store, Call call)
    {
        lock (store.Gate)
        {
            StoredPlan plan = store.FindPlan(call.Parameter);
            StoredKey key = Find(plan, call.SecondParameter);
            store.Quota?.ChangePlanKeys(call);
            plan.Keys.RemoveAll(member => member.Key == key);
            return default;
        }
    }

    private static StoredKey Find(StoredPlan plan, string id) =>
        plan.Keys.Find(member => member.Key.Id == id).Key ?? throw ServiceError.NotFound("Invalid Usage Plan Key identifier specified");

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
