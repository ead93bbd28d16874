using System.Globalization;
using System.Text.Json;
using ApiKey.Emulator.Store;

namespace ApiKey.Emulator.Service;

/// <summary>GetUsage and UpdateUsage: requests used and left, per key and day.</summary>
internal static class UsageOperations
{
    private const int MaxDays = 90;

    public static ReadOnlyMemory<byte> Get(RegionStore store, Call call)
    {
        DateOnly start = ReadDate(call.Query("startDate"), "startDate");
        DateOnly end = ReadDate(call.Query("endDate"), "endDate");
        if (end < start || end.DayNumber - start.DayNumber >= MaxDays)
        {
            throw ServiceError.BadRequest("Usage date range must be from the earlier to the later day and at most 90 days");
        }

        string? keyId = call.Query("keyId");
        long before = Paging.ReadPosition(call.Query("position"));
        lock (store.Gate)
        {
            StoredPlan plan = store.FindPlan(call.Parameter);
            if (keyId is not null && !plan.Keys.Exists(member => member.Key.Id == keyId))
            {
                throw ServiceError.NotFound("Invalid Key identifier specified");
            }

            int limit = call.QueryLimit();
            List<(long Sequence, StoredKey Key)> members =
            [
                .. Enumerable.Reverse(plan.Keys).Where(member => member.Sequence < before && (keyId is null || member.Key.Id == keyId)).Take(limit + 1),
            ];
            return Call.Json(writer => Write(writer, plan, start, end, [.. members.Take(limit).Select(member => member.Key)], members.Count > limit ? Paging.WritePosition(members[limit - 1].Sequence) : null));
        }
    }

    public static ReadOnlyMemory<byte> Update(RegionStore store, Call call, long now)
    {
        IReadOnlyList<Patch> patches = call.ReadPatches();
        DateOnly today = DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeSeconds(now).UtcDateTime);
        lock (store.Gate)
        {
            StoredPlan plan = store.FindPlan(call.Parameter);
            StoredKey key = plan.Keys.Find(member => member.Key.Id == call.SecondParameter).Key ?? throw ServiceError.NotFound("Invalid Key identifier specified");
            foreach (Patch patch in patches)
            {
                if (patch is not { Op: "replace", Path: "/remaining" } || !long.TryParse(patch.Value, NumberStyles.None, CultureInfo.InvariantCulture, out long remaining))
                {
                    throw ServiceError.BadRequest($"Invalid patch path  '{patch.Path}' specified for op '{patch.Op}'. Must be one of: [/remaining]");
                }

                long limit = (plan.Quota ?? throw ServiceError.BadRequest("Usage Plan has no quota")).Limit;
                plan.Extension[key.Id] = remaining - (limit - UsedInPeriod(plan, key.Id, today));
            }

            return Call.Json(writer => Write(writer, plan, today, today, [key], position: null));
        }
    }

    // A plan without a quota has nothing left to count; AWS's answer for it is not on record.
    private static long Remaining(StoredPlan plan, string keyId, DateOnly day) =>
        plan.Quota is { } quota ? quota.Limit - UsedInPeriod(plan, keyId, day) + plan.Extension.GetValueOrDefault(keyId) : 0;

    private static long UsedInPeriod(StoredPlan plan, string keyId, DateOnly day)
    {
        int first = plan.Quota!.Period switch
        {
            "WEEK" => Math.Max(0, day.DayNumber - (int)day.DayOfWeek),
            "MONTH" => day.DayNumber - day.Day + 1,
            _ => day.DayNumber,
        };
        long used = 0;
        for (int one = first; one <= day.DayNumber; one++)
        {
            used += plan.Used.GetValueOrDefault((keyId, DateOnly.FromDayNumber(one)));
        }

        return used;
    }

    private static void Write(Utf8JsonWriter writer, StoredPlan plan, DateOnly start, DateOnly end, IReadOnlyList<StoredKey> keys, string? position)
    {
        writer.WriteStartObject();
        writer.WriteString("usagePlanId", plan.Id);
        writer.WriteString("startDate", start.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        writer.WriteString("endDate", end.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        if (position is not null)
        {
            writer.WriteString("position", position);
        }

        writer.WriteStartObject("values");
        foreach (StoredKey key in keys)
        {
            writer.WriteStartArray(key.Id);
            for (int number = start.DayNumber; number <= end.DayNumber; number++)
            {
                DateOnly day = DateOnly.FromDayNumber(number);
                writer.WriteStartArray();
                writer.WriteNumberValue(plan.Used.GetValueOrDefault((key.Id, day)));
                writer.WriteNumberValue(Remaining(plan, key.Id, day));
                writer.WriteEndArray();
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static DateOnly ReadDate(string? text, string name) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date)
            ? date
            : throw ServiceError.BadRequest($"Invalid {name}, expected yyyy-mm-dd");
}
