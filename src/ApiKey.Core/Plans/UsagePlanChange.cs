using ApiKey.Model;
using ApiKey.Tags;

namespace ApiKey.Plans;

/// <summary>What a caller wants changed on a usage plan. Null means leave it as it is.</summary>
internal sealed record UsagePlanChange
{
    /// <summary>The new name.</summary>
    public string? Name { get; init; }

    /// <summary>The new description; empty clears it.</summary>
    public string? Description { get; init; }

    /// <summary>The new AWS Marketplace product code; empty clears it.</summary>
    public string? ProductCode { get; init; }

    /// <summary>The new rate and burst, which go together.</summary>
    public ThrottleLimits? Throttle { get; init; }

    /// <summary>Whether the rate and the burst go.</summary>
    public bool RemovesThrottle { get; init; }

    /// <summary>The new quota.</summary>
    public int? QuotaLimit { get; init; }

    /// <summary>The new period of the quota.</summary>
    public QuotaPeriod? QuotaPeriod { get; init; }

    /// <summary>The new offset of the quota.</summary>
    public int? QuotaOffset { get; init; }

    /// <summary>Whether the quota goes.</summary>
    public bool RemovesQuota { get; init; }

    /// <summary>Exactly these stages, with exactly these throttles of methods.</summary>
    public IReadOnlyList<PlanStage>? ApiStages { get; init; }

    /// <summary>Stages to open, and throttles of methods to set on stages that are open already.</summary>
    public IReadOnlyList<PlanStage> AddStages { get; init; } = [];

    /// <summary>Stages to open no more.</summary>
    public IReadOnlyList<PlanStage> RemoveStages { get; init; } = [];

    /// <summary>The change of its tags.</summary>
    public TagChange Tags { get; init; } = TagChange.None;

    /// <summary>Whether anything but tags is to change.</summary>
    public bool ChangesSettings => this with { Tags = TagChange.None } != Nothing;

    /// <summary>What is to change, in words.</summary>
    public IReadOnlyList<string> Parts =>
    [
        .. from part in new (string Name, bool Changes)[]
           {
               ("name", Name is not null),
               ("description", Description is not null),
               ("rate and burst", Throttle is not null || RemovesThrottle),
               ("quota", QuotaLimit is not null || QuotaPeriod is not null || QuotaOffset is not null || RemovesQuota),
               ("stages", ApiStages is not null || AddStages.Count + RemoveStages.Count > 0),
               ("product code", ProductCode is not null),
               ("tags", !Tags.IsEmpty),
           }
           where part.Changes
           select part.Name,
    ];

    private static UsagePlanChange Nothing { get; } = new();

    /// <summary>The settings the plan is to have.</summary>
    /// <param name="plan">The plan as it is.</param>
    public UsagePlanSpec Over(UsagePlanInfo plan)
    {
        QuotaPeriod? period = RemovesQuota ? null : QuotaPeriod ?? plan.QuotaPeriod;

        // An offset belongs to its period: another period starts with none.
        int? offset = period is null ? QuotaOffset : QuotaOffset ?? (period == plan.QuotaPeriod ? plan.QuotaOffset : null);
        return new UsagePlanSpec
        {
            Name = Name ?? plan.Name ?? "",
            Description = Description ?? plan.Description,
            ProductCode = ProductCode ?? plan.ProductCode,
            RateLimit = RemovesThrottle ? null : Throttle?.RateLimit ?? plan.RateLimit,
            BurstLimit = RemovesThrottle ? null : Throttle?.BurstLimit ?? plan.BurstLimit,
            QuotaLimit = RemovesQuota ? null : QuotaLimit ?? plan.QuotaLimit,
            QuotaPeriod = period,
            QuotaOffset = RemovesQuota ? null : offset,
            ApiStages = ApiStages ?? [.. StagesOver(plan.ApiStages)],
        };
    }

    private IEnumerable<PlanStage> StagesOver(IReadOnlyList<PlanStage> present)
    {
        HashSet<string> removed = RemoveStages.Select(stage => stage.ToString()).ToHashSet(StringComparer.Ordinal);
        Dictionary<string, PlanStage> added = AddStages.ToDictionary(stage => stage.ToString(), StringComparer.Ordinal);
        foreach (PlanStage stage in present.Where(stage => !removed.Contains(stage.ToString())))
        {
            yield return added.Remove(stage.ToString(), out PlanStage? more)
                ? stage with { Throttle = Join(PlanPatches.Methods(stage), PlanPatches.Methods(more)) }
                : stage;
        }

        foreach (PlanStage stage in AddStages.Where(stage => added.ContainsKey(stage.ToString())))
        {
            yield return stage;
        }
    }

    private static Dictionary<string, ThrottleLimits> Join(IEnumerable<KeyValuePair<string, ThrottleLimits>> present,
        IEnumerable<KeyValuePair<string, ThrottleLimits>> more) => present.Concat(more)
            .GroupBy(method => method.Key, StringComparer.Ordinal)
            .ToDictionary(methods => methods.Key, methods => methods.Last().Value, StringComparer.Ordinal);
}
