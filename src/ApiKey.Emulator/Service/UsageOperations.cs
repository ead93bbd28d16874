using System.Globalization;
using System.Text.Json;
using ApiKey.Emulator.Store;
using ApiKey.Emulator.Wire;

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
        string after = call.Query("position") is { } position ? Paging.Read(position, "usagePlanIdKeyId").Split(':')[^1] : "";
        lock (store.Gate)
        {
            StoredPlan plan = store.FindPlan(call.Parameter);
            if (keyId is not null && !plan.Keys.ContainsKey(keyId))
            {
                throw ServiceError.NotFound("Invalid Key identifier specified");
            }

            int limit = call.QueryLimit();
            List<string> ids =
            [
                .. plan.Keys.Keys
                    .Where(id => string.CompareOrdinal(id, after) > 0 && (keyId is null || id == keyId) && IsShown(plan, id, start, end))
                    .Take(limit + 1),
            ];
            string? next = ids.Count > limit ? Paging.WritePosition(("usagePlanIdKeyId", $"{plan.Id}:{ids[limit - 1]}")) : null;
            return Json.Write(writer => Write(writer, plan, start, end, ids.Take(limit), next));
        }
    }

    public static ReadOnlyMemory<byte> Update(RegionStore store, Call call, long now)
    {
        IReadOnlyList<Patch> patches = call.ReadPatches();
        DateOnly today = DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeSeconds(now).UtcDateTime);
        lock (store.Gate)
        {
            StoredPlan plan = store.FindPlan(call.Parameter);
            string keyId = plan.Keys.ContainsKey(call.SecondParameter) ? call.SecondParameter
                : throw ServiceError.NotFound("Invalid Key identifier specified");
            long limit = (plan.Settings.Quota ?? throw ServiceError.BadRequest("Usage Plan has no quota")).Limit;
            long? remaining = null;
            foreach (Patch patch in patches)
            {
                if (patch is not { Op: "replace", Path: "/remaining" }
                    || !int.TryParse(patch.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int wanted))
                {
                    throw ServiceError.BadRequest(
                        $"Invalid patch path  '{patch.Path}' specified for op '{patch.Op}'. Must be one of: [/remaining]");
                }

                remaining = wanted;
            }

            if (remaining is { } left)
            {
                plan.Extensions.Remove((keyId, today));
                plan.Extensions[(keyId, today)] = left - Remaining(plan, keyId, today);
            }

            return Json.Write(writer => Write(writer, plan, today, today, [keyId], position: null));
        }
    }

    // A plan without a quota counts nothing: it shows the keys that were used, with 0 and 0.
    private static bool IsShown(StoredPlan plan, string keyId, DateOnly start, DateOnly end) =>
        plan.Settings.Quota is not null
            || plan.Used.Any(entry => entry.Key.KeyId == keyId && entry.Key.Day >= start && entry.Key.Day <= end);

    /// <summary>What a key's period has left by a day: an extension holds from its own day to the end of its period.</summary>
    public static long Remaining(StoredPlan plan, string keyId, DateOnly day)
    {
        if (plan.Settings.Quota is not { } quota)
        {
            return 0;
        }

        int first = quota.Period switch
        {
            "WEEK" => Math.Max(0, day.DayNumber - (int)day.DayOfWeek),
            "MONTH" => day.DayNumber - day.Day + 1,
            _ => day.DayNumber,
        };
        long left = quota.Limit;
        for (int one = first; one <= day.DayNumber; one++)
        {
            (string, DateOnly) entry = (keyId, DateOnly.FromDayNumber(one));
            left += plan.Extensions.GetValueOrDefault(entry) - plan.Used.GetValueOrDefault(entry);
        }

        return left;
    }

    private static void Write(Utf8JsonWriter writer, StoredPlan plan, DateOnly start, DateOnly end, IEnumerable<string> keyIds,
        string? position)
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
        foreach (string keyId in keyIds)
        {
            writer.WriteStartArray(keyId);
            for (int number = start.DayNumber; number <= end.DayNumber; number++)
            {
                DateOnly day = DateOnly.FromDayNumber(number);
                writer.WriteStartArray();
                writer.WriteNumberValue(plan.Settings.Quota is null ? 0 : plan.Used.GetValueOrDefault((keyId, day)));
                writer.WriteNumberValue(Remaining(plan, keyId, day));
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
