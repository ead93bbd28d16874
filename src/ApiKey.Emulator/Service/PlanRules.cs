using System.Globalization;
using System.Numerics;
using System.Text.Json;
using ApiKey.Emulator.Store;
using ApiKey.Emulator.Wire;

namespace ApiKey.Emulator.Service;

/// <summary>What AWS checks of a usage plan, with the texts it was recorded to answer.</summary>
internal static class PlanRules
{
    /// <summary>Reads the settings of a new plan.</summary>
    public static PlanSettings Read(RegionStore store, JsonElement body)
    {
        PlanSettings settings = new()
        {
            Name = Json.Text(body, "name") is { Length: > 0 } given
                ? given
                : throw ServiceError.BadRequest("Usage Plan name must not be empty"),
            Description = Json.Text(body, "description") ?? "",
            Throttle = Throttle.Read(body, "throttle"),
            Quota = Quota.Read(body),
        };
        foreach (PlanStage stage in Json.Objects(body, "apiStages").Select(PlanStage.Read))
        {
            RequireStage(store, stage.Key);
            settings.Stages.Add(stage);
        }

        Check(settings.Quota);
        return settings;
    }

    public static string ReadPeriod(string text) =>
        text is "DAY" or "WEEK" or "MONTH" ? text : throw ServiceError.BadRequest(Quota.WrongPeriod);

    public static int ReadLimit(string text) =>
        Parse<int>(text, NumberStyles.None) ?? throw ServiceError.BadRequest(Quota.WrongLimit);

    public static int ReadOffset(string text) =>
        Parse<int>(text, NumberStyles.None) ?? throw ServiceError.BadRequest("Usage Plan quota offset must be a non-negative numeric");

    public static Throttle With(Throttle? throttle, string member, string text)
    {
        throttle ??= new Throttle(0, 0);
        return member == "rateLimit"
            ? throttle with
            {
                RateLimit = Parse<double>(text, NumberStyles.Float) is { } rate and >= 0
                and <= int.MaxValue ? rate : throw Wrong()
            }
            : throttle with { BurstLimit = Parse<int>(text, NumberStyles.None) ?? throw Wrong() };

        static ServiceError Wrong() => ServiceError.BadRequest(Throttle.Wrong);
    }

    /// <summary>Refuses a quota that is not whole, or whose offset is none of its period.</summary>
    public static void Check(Quota? quota)
    {
        if (quota is null)
        {
            return;
        }

        string text = (quota.Limit, quota.Offset, quota.Period) switch
        {
            ( < 0, _, _) => Quota.WrongLimit,
            (_, _, "") => Quota.WrongPeriod,
            (_, not 0, "DAY") => "Usage Plan quota offset must be zero in the DAY period",
            (_, < 0 or > 6, "WEEK") => "Usage Plan quota offset must be between zero and six in the WEEK period",
            (_, < 0 or > 27, "MONTH") => "Usage Plan quota offset must be between zero and 27 in the MONTH period",
            _ => "",
        };
        if (text.Length > 0)
        {
            throw ServiceError.BadRequest(text);
        }
    }

    /// <summary>Refuses a stage that is not there. An emulator without any API takes every stage, since nobody could have made
    /// one.</summary>
    public static void RequireStage(RegionStore store, string stage)
    {
        if (store.Apis.Count > 0 && !store.HasStage(stage))
        {
            throw ServiceError.UnknownStage(stage);
        }
    }

    /// <summary>Refuses a throttle of a method that a known API does not have, and one that cannot be a method's.</summary>
    public static void RequireMethod(RegionStore store, PlanStage stage, string method)
    {
        int slash = method.LastIndexOf('/');
        (string path, string verb) = (slash > 0 ? method[..slash] : "/", method[(slash + 1)..]);
        if (path.Contains('~') || verb.Length == 0 || store.FindApi(stage.ApiId)?.HasMethod(path, verb) == false)
        {
            throw ServiceError.NotFound($"Invalid method {{resourcePath: {path},method: {verb}}} specified");
        }
    }

    /// <summary>Refuses a key that another of its plans gives the same stage. Keys that are disabled count too.</summary>
    public static void RequireOneStage(RegionStore store, StoredPlan plan, PlanStage stage)
    {
        foreach (StoredKey key in plan.Keys.Values)
        {
            if (store.PlansOf(key).Any(other => other != plan && other.Settings.Stages.Exists(theirs => theirs.Key == stage.Key)))
            {
                // A new key of a plan is refused with a colon here, a new stage with a slash.
                throw ServiceError.SharedStage(plan.Id, key.Id, $"{stage.ApiId}/{stage.Stage}");
            }
        }
    }

    private static T? Parse<T>(string text, NumberStyles style)
        where T : struct, INumber<T> => T.TryParse(text, style, CultureInfo.InvariantCulture, out T value) ? value : null;
}
