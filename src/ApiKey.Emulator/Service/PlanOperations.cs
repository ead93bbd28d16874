using System.Text.Json;
using ApiKey.Emulator.Store;
using ApiKey.Emulator.Wire;

namespace ApiKey.Emulator.Service;

/// <summary>CreateUsagePlan, GetUsagePlan, GetUsagePlans, UpdateUsagePlan and DeleteUsagePlan.</summary>
internal static class PlanOperations
{
    public static ReadOnlyMemory<byte> Create(RegionStore store, Call call)
    {
        JsonElement body = call.ReadObject();
        SortedDictionary<string, string> tags = TagOperations.Check(Json.Map(body, "tags"), []);
        lock (store.Gate)
        {
            PlanSettings settings = PlanRules.Read(store, body);
            if (store.Limits is { } limits && store.Plans.Count() >= limits.Plans)
            {
                throw ServiceError.LimitExceeded("Usage plans");
            }

            StoredPlan plan = new() { Id = store.NewPlanId(), Sequence = store.NextPlanSequence(), Settings = settings, Tags = tags };
            store.Add(plan);
            return Json.Write(writer => plan.Write(writer, alwaysTags: false));
        }
    }

    public static ReadOnlyMemory<byte> Get(RegionStore store, Call call)
    {
        lock (store.Gate)
        {
            StoredPlan plan = store.FindPlan(call.Parameter);
            return Json.Write(writer => plan.Write(writer, alwaysTags: true));
        }
    }

    public static ReadOnlyMemory<byte> List(RegionStore store, Call call)
    {
        string? keyId = call.Query("keyId");
        string? position = call.Query("position");
        lock (store.Gate)
        {
            if (keyId is null)
            {
                long before = Paging.ReadSequence(position);
                return Paging.Write(store.Plans.Where(plan => plan.Sequence < before), call.QueryLimit(),
                    plan => Paging.WriteSequence(plan.Sequence), Write);
            }

            // The plans of a key are listed by id, from a table of keys in plans.
            string after = position is null ? "" : Paging.Read(position, "usagePlanIdKeyId").Split(':')[0];
            return Paging.Write(
                store.Plans.Where(plan => plan.Keys.ContainsKey(keyId) && string.CompareOrdinal(plan.Id, after) > 0)
                    .OrderBy(plan => plan.Id, StringComparer.Ordinal),
                call.QueryLimit(),
                plan => Paging.WritePosition(("usagePlanIdKeyId", $"{plan.Id}:{keyId}"), ("keyId", keyId)),
                Write);
        }
    }

    public static ReadOnlyMemory<byte> Update(RegionStore store, Call call)
    {
        IReadOnlyList<Patch> patches = call.ReadPatches();
        lock (store.Gate)
        {
            StoredPlan plan = store.FindPlan(call.Parameter);
            plan.Settings = PlanPatches.Apply(store, plan, patches);
            return Json.Write(writer => plan.Write(writer, alwaysTags: true));
        }
    }

    public static ReadOnlyMemory<byte> Delete(RegionStore store, Call call)
    {
        lock (store.Gate)
        {
            StoredPlan plan = store.FindPlan(call.Parameter);
            if (plan.Settings.Stages.Count > 0)
            {
                throw ServiceError.BadRequest(
                    $"Cannot delete Usage Plan {plan.Id} because there are API Stages associated with it, including "
                    + $"{plan.Settings.Stages[0].Key}");
            }

            store.Remove(plan);
            return default;
        }
    }

    private static void Write(Utf8JsonWriter writer, StoredPlan plan) => plan.Write(writer, alwaysTags: false);
}
