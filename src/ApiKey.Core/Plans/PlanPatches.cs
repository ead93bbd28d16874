using System.Globalization;
using ApiKey.Calls;
using ApiKey.Model;

namespace ApiKey.Plans;

/// <summary>
/// The patches that make a usage plan what it is to be: only what differs, in an order in which AWS accepts them. (API Gateway API
/// reference, "Patch operations", UpdateUsagePlan.)
/// </summary>
internal static class PlanPatches
{
    private const string Stages = "/apiStages";

    /// <summary>The patches; none when nothing differs.</summary>
    /// <param name="plan">The plan as it is.</param>
    /// <param name="wanted">What it is to be, exactly: null is none. Its tags are not looked at.</param>
    public static IReadOnlyList<PlanPatch> Between(UsagePlanInfo plan, UsagePlanSpec wanted)
    {
        Dictionary<string, PlanStage> before = ByName(plan.ApiStages);
        Dictionary<string, PlanStage> after = ByName(wanted.ApiStages);
        return
        [
            .. Text("/name", plan.Name, wanted.Name),
            .. Text("/description", plan.Description, wanted.Description),
            .. ProductCode(plan.ProductCode, wanted.ProductCode),
            .. before.Keys.Where(name => !after.ContainsKey(name)).Select(name => new PlanPatch(PlanPatchKind.Remove, Stages, name)),
            .. before.SelectMany(stage => after.TryGetValue(stage.Key, out PlanStage? same) ? RemovedMethods(stage.Value, same) : []),
            .. after.Keys.Where(name => !before.ContainsKey(name)).Select(name => new PlanPatch(PlanPatchKind.Add, Stages, name)),
            .. after.Values.SelectMany(stage => ChangedMethods(before.GetValueOrDefault(stage.ToString()), stage)),
            .. Limits("/throttle", plan.RateLimit is not null || plan.BurstLimit is not null, [
                ("rateLimit", Number(plan.RateLimit), Number(wanted.RateLimit)),
                ("burstLimit", Number(plan.BurstLimit), Number(wanted.BurstLimit))]),
            .. Limits("/quota", plan.QuotaLimit is not null, [
                ("limit", Number(plan.QuotaLimit), Number(wanted.QuotaLimit)),
                ("period", plan.QuotaPeriod?.ToString().ToUpperInvariant(), wanted.QuotaPeriod?.ToString().ToUpperInvariant()),
                ("offset", Number(plan.QuotaOffset ?? 0), wanted.QuotaLimit is null ? null : Number(wanted.QuotaOffset ?? 0))]),
        ];
    }

    /// <summary>The patches that take stages off.</summary>
    public static IReadOnlyList<PlanPatch> Removing(IEnumerable<PlanStage> stages) =>
        [.. stages.Select(stage => new PlanPatch(PlanPatchKind.Remove, Stages, stage.ToString()))];

    /// <summary>A stage's throttles of methods. The root's methods are written <c>//GET</c> or <c>/GET</c>, which is the same.</summary>
    public static IEnumerable<KeyValuePair<string, ThrottleLimits>> Methods(PlanStage stage) =>
        stage.Throttle.Select(method => KeyValuePair.Create($"/{method.Key.TrimStart('/')}", method.Value));

    private static Dictionary<string, PlanStage> ByName(IEnumerable<PlanStage> stages) =>
        stages.GroupBy(stage => stage.ToString(), StringComparer.Ordinal)
            .ToDictionary(same => same.Key, same => same.Last(), StringComparer.Ordinal);

    private static IEnumerable<PlanPatch> Text(string path, string? before, string? after) =>
        (before ?? "") == (after ?? "") ? [] : [new PlanPatch(PlanPatchKind.Replace, path, after ?? "")];

    private static IEnumerable<PlanPatch> ProductCode(string? before, string? after) =>
        string.IsNullOrEmpty(after) && !string.IsNullOrEmpty(before) ? [new PlanPatch(PlanPatchKind.Remove, "/productCode")]
            : Text("/productCode", before, after);

    private static IEnumerable<PlanPatch> RemovedMethods(PlanStage before, PlanStage after)
    {
        Dictionary<string, ThrottleLimits> kept = new(Methods(after), StringComparer.Ordinal);
        return Methods(before).Where(method => !kept.ContainsKey(method.Key))
            .Select(method => new PlanPatch(PlanPatchKind.Remove, PathOf(before, method.Key)));
    }

    private static IEnumerable<PlanPatch> ChangedMethods(PlanStage? before, PlanStage after)
    {
        Dictionary<string, ThrottleLimits> known = new(before is null ? [] : Methods(before), StringComparer.Ordinal);
        foreach ((string method, ThrottleLimits limits) in Methods(after))
        {
            if (known.GetValueOrDefault(method) != limits)
            {
                yield return new PlanPatch(PlanPatchKind.Replace, $"{PathOf(after, method)}/rateLimit", Number(limits.RateLimit));
                yield return new PlanPatch(PlanPatchKind.Replace, $"{PathOf(after, method)}/burstLimit", Number(limits.BurstLimit));
            }
        }
    }

    // AWS accepts a resource's path without its leading slash, and does not want slashes within it escaped. The root's path is empty.
    private static string PathOf(PlanStage stage, string method) =>
        $"{Stages}/{stage}/throttle/{(method.LastIndexOf('/') == 0 ? method : method[1..])}";

    private static IEnumerable<PlanPatch> Limits(string path, bool isThere, (string Member, string? Before, string? After)[] members)
    {
        if (members.All(member => member.After is null))
        {
            return isThere ? [new PlanPatch(PlanPatchKind.Remove, path)] : [];
        }

        // What is missing altogether is added whole, because AWS stores 0 for a half that is omitted.
        PlanPatchKind kind = isThere ? PlanPatchKind.Replace : PlanPatchKind.Add;
        return members.Where(member => member.After is not null && (!isThere || member.Before != member.After))
            .Select(member => new PlanPatch(kind, $"{path}/{member.Member}", member.After));
    }

    private static string? Number(double? number) => number?.ToString("R", CultureInfo.InvariantCulture);

    private static string? Number(int? number) => number?.ToString(CultureInfo.InvariantCulture);
}
