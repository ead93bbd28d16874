using System.Globalization;
using System.Text.Json;
using ApiKey.Emulator.Store;

namespace ApiKey.Emulator.Service;

/// <summary>CreateUsagePlan, GetUsagePlan, GetUsagePlans, UpdateUsagePlan and DeleteUsagePlan.</summary>
internal static class PlanOperations
{
    public static ReadOnlyMemory<byte> Create(RegionStore store, Call call)
    {
        JsonElement body = call.ReadObject();
        string name = Call.Text(body, "name") is { Length: > 0 } given ? given : throw ServiceError.BadRequest("Usage Plan name must not be empty");
        SortedDictionary<string, string> tags = TagOperations.Check(Call.Map(body, "tags"), []);
        lock (store.Gate)
        {
            if (store.Limits is { } limits && store.Plans.Count() >= limits.Plans)
            {
                throw ServiceError.LimitExceeded("Usage plans");
            }

            StoredPlan plan = new()
            {
                Id = store.NewPlanId(),
                Sequence = store.NextPlanSequence(),
                Name = name,
                Description = Call.Text(body, "description") ?? "",
                Throttle = Throttle.Read(body, "throttle"),
                Quota = ReadQuota(body),
                Tags = tags,
            };
            plan.Stages.AddRange(Call.Objects(body, "apiStages").Select(ReadStage));
            store.Add(plan);
            return Call.Json(writer => plan.Write(writer, alwaysTags: false));
        }
    }

    public static ReadOnlyMemory<byte> Get(RegionStore store, Call call)
    {
        lock (store.Gate)
        {
            StoredPlan plan = store.FindPlan(call.Parameter);
            return Call.Json(writer => plan.Write(writer, alwaysTags: true));
        }
    }

    public static ReadOnlyMemory<byte> List(RegionStore store, Call call)
    {
        string? keyId = call.Query("keyId");
        long before = Paging.ReadPosition(call.Query("position"));
        lock (store.Gate)
        {
            return Paging.Write(
                store.Plans.Where(plan => plan.Sequence < before && (keyId is null || plan.Keys.Exists(member => member.Key.Id == keyId))),
                call.QueryLimit(),
                plan => plan.Sequence,
                (writer, plan) => plan.Write(writer, alwaysTags: false));
        }
    }

    public static ReadOnlyMemory<byte> Update(RegionStore store, Call call)
    {
        IReadOnlyList<Patch> patches = call.ReadPatches();
        lock (store.Gate)
        {
            StoredPlan plan = store.FindPlan(call.Parameter);
            List<Action> changes = [.. patches.Select(patch => Plan(plan, patch))];
            changes.ForEach(change => change());
            return Call.Json(writer => plan.Write(writer, alwaysTags: true));
        }
    }

    public static ReadOnlyMemory<byte> Delete(RegionStore store, Call call)
    {
        lock (store.Gate)
        {
            StoredPlan plan = store.FindPlan(call.Parameter);
            if (plan.Stages.Count > 0)
            {
                throw ServiceError.BadRequest($"Cannot delete usage plan '{plan.Id}' because API stages are associated with it. Remove them first.");
            }

            store.Remove(plan);
            return default;
        }
    }

    // Every patch is checked before the first one is applied: all or none.
    private static Action Plan(StoredPlan plan, Patch patch)
    {
        string[] path = [.. patch.Path.TrimStart('/').Split('/').Select(part => part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))];
        bool puts = patch.Op is "add" or "replace";
        return path switch
        {
            ["name"] when patch.Op == "replace" && patch.Value.Length > 0 => () => plan.Name = patch.Value,
            ["description"] when patch.Op == "replace" => () => plan.Description = patch.Value,
            ["productCode"] when puts => () => plan.ProductCode = patch.Value,
            ["productCode"] when patch.Op == "remove" => () => plan.ProductCode = "",
            ["throttle"] when patch.Op == "remove" => () => plan.Throttle = null,
            ["throttle", "rateLimit" or "burstLimit"] when puts => PutThrottle(() => plan.Throttle ??= new Throttle(), path[1], patch.Value),
            ["quota"] when patch.Op == "remove" => () => plan.Quota = null,
            ["quota", "limit" or "offset" or "period"] when puts => PutQuota(plan, path[1], patch.Value),
            ["apiStages"] when patch.Op == "add" => AddStage(plan, patch.Value),
            ["apiStages"] when patch.Op == "remove" => () => plan.Stages.RemoveAll(stage => stage.Key == patch.Value),
            ["apiStages", string stage, "throttle", .. string[] method, "rateLimit" or "burstLimit"] when puts =>
                PutThrottle(() => StageThrottle(plan, stage, string.Join('/', method)), path[^1], patch.Value),
            ["apiStages", string stage, "throttle", .. string[] method] when patch.Op == "remove" && method.Length > 0 =>
                () => plan.Stages.Find(known => known.Key == stage)?.Throttles.Remove(string.Join('/', method)),
            _ => throw ServiceError.BadRequest($"Invalid patch path  '{patch.Path}' specified for op '{patch.Op}'"),
        };
    }

    private static Throttle StageThrottle(StoredPlan plan, string stageKey, string method)
    {
        PlanStage stage = plan.Stages.Find(known => known.Key == stageKey) ?? throw ServiceError.NotFound("Invalid API Stage specified");
        if (!stage.Throttles.TryGetValue(method, out Throttle? throttle))
        {
            stage.Throttles.Add(method, throttle = new Throttle());
        }

        return throttle;
    }

    private static Action PutThrottle(Func<Throttle> throttle, string member, string text)
    {
        double value = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number >= 0 && number <= int.MaxValue
            ? number
            : throw ServiceError.BadRequest($"Invalid value '{text}' for {member}");
        return member == "rateLimit" ? () => throttle().RateLimit = value : () => throttle().BurstLimit = (long)value;
    }

    private static Action PutQuota(StoredPlan plan, string member, string text)
    {
        if (member == "period")
        {
            string period = CheckPeriod(text);
            return () => (plan.Quota ??= new Quota()).Period = period;
        }

        int value = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw ServiceError.BadRequest($"Invalid value '{text}' for {member}");
        return member == "limit" ? () => (plan.Quota ??= new Quota()).Limit = value : () => (plan.Quota ??= new Quota()).Offset = value;
    }

    private static Action AddStage(StoredPlan plan, string text)
    {
        string[] parts = text.Split(':');
        if (parts is not [{ Length: > 0 } api, { Length: > 0 } name])
        {
            throw ServiceError.BadRequest($"Invalid API stage '{text}', expected apiId:stage");
        }

        return () =>
        {
            if (!plan.Stages.Exists(stage => stage.Key == text))
            {
                plan.Stages.Add(new PlanStage { ApiId = api, Stage = name });
            }
        };
    }

    internal static PlanStage ReadStage(JsonElement source)
    {
        PlanStage stage = new() { ApiId = Call.Text(source, "apiId") ?? "", Stage = Call.Text(source, "stage") ?? "" };
        if (Call.Object(source, "throttle") is { } throttles)
        {
            foreach (JsonProperty method in throttles.EnumerateObject())
            {
                stage.Throttles[method.Name] = Throttle.Read(throttles, method.Name) ?? new Throttle();
            }
        }

        return stage;
    }

    internal static Quota? ReadQuota(JsonElement body) => Call.Object(body, "quota") is { } quota
        ? new Quota { Limit = Call.Number(quota, "limit") ?? 0, Offset = Call.Number(quota, "offset") ?? 0, Period = CheckPeriod(Call.Text(quota, "period") ?? "") }
        : null;

    private static string CheckPeriod(string period) =>
        period is "DAY" or "WEEK" or "MONTH" ? period : throw ServiceError.BadRequest("Usage Plan quota period must be one of: [DAY, WEEK, MONTH]");
}
