using ApiKey.Emulator.Store;
using ApiKey.Emulator.Wire;

namespace ApiKey.Emulator.Service;

/// <summary>The patches of UpdateUsagePlan, applied one after another to a copy of a plan's settings.</summary>
internal static class PlanPatches
{
    /// <summary>The settings as the patches leave them; a refusal leaves the plan as it is.</summary>
    public static PlanSettings Apply(RegionStore store, StoredPlan plan, IEnumerable<Patch> patches)
    {
        PlanSettings settings = plan.Settings.Copy();
        foreach (Patch patch in patches)
        {
            Apply(store, plan, settings, patch);
        }

        PlanRules.Check(settings.Quota);
        return settings;
    }

    private static void Apply(RegionStore store, StoredPlan plan, PlanSettings settings, Patch patch)
    {
        string[] path = patch.Path.StartsWith('/') ? patch.Path[1..].Split('/') : [];
        bool puts = patch.Op is "add" or "replace";
        switch (path)
        {
            case ["name"] when patch.Op == "replace" && patch.Value.Length > 0:
                settings.Name = patch.Value;
                break;
            case ["description"] when patch.Op == "replace":
                settings.Description = patch.Value;
                break;
            case ["productCode"] when puts || patch.Op == "remove":
                settings.ProductCode = puts ? patch.Value : "";
                break;
            case ["throttle"] when patch.Op == "remove":
                settings.Throttle = settings.Stages.Exists(stage => stage.Throttles.Count > 0)
                    ? throw ServiceError.BadRequest(
                        "Can not remove usage plan throttling if fine grain throttling is defined for one or more api-stages.")
                    : null;
                break;
            case ["throttle", "rateLimit" or "burstLimit"] when puts:
                settings.Throttle = PlanRules.With(settings.Throttle, path[1], patch.Value);
                break;
            case ["quota"] when patch.Op == "remove":
                settings.Quota = null;
                break;
            case ["quota", "limit" or "offset" or "period"] when puts:
                settings.Quota = Put(settings.Quota ?? new Quota(-1, 0, ""), path[1], patch.Value);
                break;
            case ["apiStages"] when patch.Op == "add":
                AddStage(store, plan, settings, patch.Value);
                break;
            case ["apiStages"] when patch.Op == "remove" && patch.Value.Length > 0:
                settings.Stages.RemoveAll(stage => stage.Key == patch.Value);
                break;
            case ["apiStages", string stage, "throttle", .. string[] method] when patch.Op == "remove":
                RemoveThrottle(FindStage(settings, stage), method);
                break;
            case ["apiStages", string stage, "throttle", .. string[] method, "rateLimit" or "burstLimit"] when puts && method.Length > 1:
                PutThrottle(store, FindStage(settings, stage), method, path[^1], patch.Value);
                break;
            default:
                throw ServiceError.BadRequest($"Invalid patch path  '{patch.Path}' specified for op '{patch.Op}'");
        }
    }

    private static Quota Put(Quota quota, string member, string text) => member switch
    {
        "limit" => quota with { Limit = PlanRules.ReadLimit(text) },
        "offset" => quota with { Offset = PlanRules.ReadOffset(text) },
        _ => quota with { Period = PlanRules.ReadPeriod(text) },
    };

    private static void AddStage(RegionStore store, StoredPlan plan, PlanSettings settings, string text)
    {
        if (text.Split(':') is not [{ Length: > 0 } api, { Length: > 0 } name])
        {
            throw ServiceError.BadRequest($"Invalid API stage '{text}', expected apiId:stage");
        }

        if (!settings.Stages.Exists(known => known.Key == text))
        {
            PlanStage stage = new() { ApiId = api, Stage = name };
            PlanRules.RequireStage(store, stage.Key);
            PlanRules.RequireOneStage(store, plan, stage);
            settings.Stages.Add(stage);
        }
    }

    private static void RemoveThrottle(PlanStage stage, string[] method)
    {
        if (method.Length == 0)
        {
            stage.Throttles.Clear();
        }
        else
        {
            stage.Throttles.Remove(NameOf(method));
        }
    }

    private static void PutThrottle(RegionStore store, PlanStage stage, string[] method, string member, string text)
    {
        string name = NameOf(method);
        PlanRules.RequireMethod(store, stage, name);
        stage.Throttles[name] = PlanRules.With(stage.Throttles.GetValueOrDefault(name), member, text);
    }

    private static PlanStage FindStage(PlanSettings settings, string key) =>
        settings.Stages.Find(stage => stage.Key == key) ?? throw ServiceError.UnknownStage(key);

    // A resource's path is not escaped, and comes with its leading slash (as Terraform sends it) or without.
    private static string NameOf(string[] method) => "/" + string.Join('/', method).TrimStart('/');
}
