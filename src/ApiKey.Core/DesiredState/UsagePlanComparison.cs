using System.Globalization;
using ApiKey.Calls;
using ApiKey.Model;
using ApiKey.Plans;
using ApiKey.Tags;

namespace ApiKey.DesiredState;

/// <summary>How a usage plan differs from what it should be, and the calls that make up for it.</summary>
internal sealed class UsagePlanComparison
{
    /// <summary>Compares.</summary>
    /// <param name="wanted">What the plan should be.</param>
    /// <param name="current">What it is.</param>
    /// <param name="policy">The tag policy.</param>
    public UsagePlanComparison(UsagePlanSpec wanted, UsagePlanInfo current, TagPolicy policy)
    {
        Patches = PlanPatches.Between(current, wanted);
        (RemovedTags, AddedTags) = new TagChange(wanted.Tags, TagSet.Empty, []).Steps(policy, current.TagsAll, kept: []);
        Calls = (Patches.Count > 0 ? 1 : 0) + (RemovedTags.Count > 0 ? 1 : 0) + (AddedTags.Count > 0 ? 1 : 0);
        UsagePlanSpec now = new()
        {
            Name = current.Name ?? "",
            Description = current.Description,
            ProductCode = current.ProductCode,
            ApiStages = current.ApiStages,
            RateLimit = current.RateLimit,
            BurstLimit = current.BurstLimit,
            QuotaLimit = current.QuotaLimit,
            QuotaPeriod = current.QuotaPeriod,
            QuotaOffset = current.QuotaOffset,
        };
        Differences = Between(Settings(now, current.TagsAll),
            Settings(wanted, current.TagsAll.Without(RemovedTags).Merge(AddedTags)));
    }

    /// <summary>The patches of its settings.</summary>
    public IReadOnlyList<PlanPatch> Patches { get; }

    /// <summary>Tags to take off.</summary>
    public IReadOnlyCollection<string> RemovedTags { get; }

    /// <summary>Tags to put on.</summary>
    public TagSet AddedTags { get; }

    /// <summary>How many calls the change takes.</summary>
    public int Calls { get; }

    /// <summary>What differs, for people.</summary>
    public IReadOnlyList<FieldDifference> Differences { get; }

    /// <summary>What a plan that is made says, for people.</summary>
    public static IReadOnlyList<FieldDifference> OfNew(UsagePlanSpec spec, TagPolicy policy) =>
        [.. Between([], Settings(spec, policy.Merge(spec.Tags))).Where(difference => difference.Field != nameof(UsagePlanSpec.Name))];

    private static IReadOnlyList<FieldDifference> Between(Dictionary<string, string> old, Dictionary<string, string> wanted) =>
    [
        .. old.Keys.Union(wanted.Keys, StringComparer.Ordinal)
            .Select(field => new FieldDifference(field, old.GetValueOrDefault(field), wanted.GetValueOrDefault(field)))
            .Where(difference => difference.Old != difference.New),
    ];

    private static Dictionary<string, string> Settings(UsagePlanSpec spec, TagSet tags)
    {
        Dictionary<string, string> settings = new(StringComparer.Ordinal);
        Put(nameof(spec.Name), spec.Name);
        Put(nameof(spec.Description), spec.Description);
        Put(nameof(spec.ProductCode), spec.ProductCode);
        Put(nameof(spec.RateLimit), spec.RateLimit?.ToString(CultureInfo.InvariantCulture));
        Put(nameof(spec.BurstLimit), spec.BurstLimit?.ToString(CultureInfo.InvariantCulture));
        Put(nameof(spec.QuotaLimit), spec.QuotaLimit?.ToString(CultureInfo.InvariantCulture));
        Put(nameof(spec.QuotaPeriod), spec.QuotaLimit is null ? null : spec.QuotaPeriod?.ToString());
        Put(nameof(spec.QuotaOffset), spec.QuotaOffset is > 0 ? spec.QuotaOffset?.ToString(CultureInfo.InvariantCulture) : null);
        Put(nameof(spec.ApiStages), string.Join(", ", spec.ApiStages.Select(stage => stage.ToString()).Order(StringComparer.Ordinal)));
        foreach (PlanStage stage in spec.ApiStages.OrderBy(stage => stage.ToString(), StringComparer.Ordinal))
        {
            foreach ((string method, ThrottleLimits limits) in PlanPatches.Methods(stage).OrderBy(one => one.Key, StringComparer.Ordinal))
            {
                Put($"Throttle.{stage}{method}", limits.ToString());
            }
        }

        foreach ((string key, string? value) in tags.OrderBy(tag => tag.Key, StringComparer.Ordinal))
        {
            settings[$"Tags.{key}"] = value ?? "";
        }

        return settings;

        void Put(string field, string? text)
        {
            if (!string.IsNullOrEmpty(text))
            {
                settings[field] = text;
            }
        }
    }
}
