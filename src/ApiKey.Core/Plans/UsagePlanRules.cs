using System.Globalization;
using ApiKey.Model;
using ApiKey.Tags;
using ApiKey.Text;

namespace ApiKey.Plans;

/// <summary>What a usage plan, and a range of days of usage, must not be. Checked before any call.</summary>
internal static class UsagePlanRules
{
    /// <summary>Days of usage that AWS keeps, and the longest range it answers.</summary>
    public const int UsageDays = 90;

    private const int DefaultDays = 30;

    private const string Tagged = "a usage plan";

    /// <summary>What is wrong with a plan, each problem a sentence that says what to do; nothing when all is well.</summary>
    public static IReadOnlyList<string> ProblemsOf(UsagePlanSpec spec, TagPolicy policy) =>
    [
        .. ProblemsOfName(spec.Name),
        .. ProblemsOfLimits(spec),
        .. spec.ApiStages.SelectMany(ProblemsOfStage),
        .. spec.ApiStages.GroupBy(stage => stage.ToString(), StringComparer.Ordinal).Where(stages => stages.Count() > 1)
            .Select(stages => $"The stage {stages.Key} is given twice. Keep one of the two."),
        .. TagRules.ProblemsOf(policy.Merge(spec.Tags), Tagged),
    ];

    /// <summary>What is wrong with a change, whatever the plan is: each problem a sentence; nothing when all is well so far.</summary>
    public static IReadOnlyList<string> ProblemsOf(UsagePlanChange change, TagPolicy policy)
    {
        // Only what was given is judged here: a quota may be the plan's in part.
        UsagePlanSpec given = new()
        {
            Name = change.Name ?? "-",
            RateLimit = change.Throttle?.RateLimit,
            BurstLimit = change.Throttle?.BurstLimit,
            QuotaLimit = change.QuotaLimit ?? (change.QuotaPeriod is null && change.QuotaOffset is null ? null : 0),
            QuotaPeriod = change.QuotaPeriod ?? (change.QuotaLimit is null && change.QuotaOffset is null ? null : QuotaPeriod.Month),
            QuotaOffset = change.QuotaOffset,
            ApiStages = [.. change.ApiStages ?? [], .. change.AddStages, .. change.RemoveStages],
        };
        return
        [
            .. ProblemsOf(given, TagPolicy.None),
            .. TagRules.ProblemsOf(change.Tags, policy, Tagged),
        ];
    }

    /// <summary>The days that are meant: up to today when no last day is given, and thirty when no first one is.</summary>
    public static (DateOnly First, DateOnly Last) RangeOf(DateTime? first, DateTime? last, DateOnly today)
    {
        DateOnly end = last is { } lastDay ? DateOnly.FromDateTime(lastDay) : today;
        return (first is { } firstDay ? DateOnly.FromDateTime(firstDay) : end.AddDays(1 - DefaultDays), end);
    }

    /// <summary>What is wrong with a range of days; null when nothing is.</summary>
    /// <param name="first">The first day.</param>
    /// <param name="last">The last day.</param>
    /// <param name="today">Today in UTC.</param>
    public static string? ProblemOfRange(DateOnly first, DateOnly last, DateOnly today)
    {
        // A caller east of Greenwich may write tomorrow's date and mean today.
        DateOnly newest = today.AddDays(1);
        if (first > newest || last > newest)
        {
            (string name, DateOnly day) = first > newest ? (StartDate, first) : (EndDate, last);
            return string.Create(CultureInfo.InvariantCulture,
                $"{Words.Typed.Setting(name)} {day:yyyy-MM-dd} is in the future; today is {today:yyyy-MM-dd} in UTC.");
        }

        if (last < first)
        {
            return string.Create(CultureInfo.InvariantCulture,
                $"{Words.Typed.Setting(EndDate)} {last:yyyy-MM-dd} is before {Words.Typed.Setting(StartDate)} {first:yyyy-MM-dd}. "
                + $"Swap the two dates.");
        }

        int days = last.DayNumber - first.DayNumber + 1;
        if (days > UsageDays)
        {
            return string.Create(CultureInfo.InvariantCulture,
                $"From {first:yyyy-MM-dd} to {last:yyyy-MM-dd} are {days} days; AWS answers at most {UsageDays}. Ask for a shorter range.");
        }

        DateOnly oldest = today.AddDays(-UsageDays);
        return first < oldest ? string.Create(CultureInfo.InvariantCulture,
            $"{Words.Typed.Setting(StartDate)} {first:yyyy-MM-dd} is too long ago: AWS keeps usage for {UsageDays} days, so since "
            + $"{oldest:yyyy-MM-dd}.") : null;
    }

    private const string StartDate = nameof(StartDate);
    private const string EndDate = nameof(EndDate);

    private static IEnumerable<string> ProblemsOfName(string name)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            yield return "The name is empty. Give the plan a name.";
        }
    }

    private static IEnumerable<string> ProblemsOfLimits(UsagePlanSpec spec)
    {
        if (spec.RateLimit is { } rate && !double.IsFinite(rate))
        {
            yield return "The rate is not a number. Give 0 or more requests a second, or leave it out for no limit.";
        }

        if (spec.RateLimit is < 0 || spec.BurstLimit is < 0 || spec.QuotaLimit is < 0 || spec.QuotaOffset is < 0)
        {
            yield return "A rate, a burst or a quota is negative. Give 0 or more, or leave it out for no limit.";
        }

        if ((spec.RateLimit is null) != (spec.BurstLimit is null))
        {
            yield return $"{Rate()} and {Burst()} go together: AWS stores 0 for the one that is omitted. Specify both, for example "
                + $"{Rate("5")} {Burst("10")}, or neither for no limit.";
        }

        if ((spec.QuotaLimit is null) != (spec.QuotaPeriod is null))
        {
            yield return $"{Limit()} and {Period()} go together. Give both, for example {Limit("10000")} "
                + $"{Period(nameof(QuotaPeriod.Month))}, or neither.";
        }

        if (spec.QuotaOffset is not null && spec.QuotaLimit is null)
        {
            yield return $"{Offset()} goes with {Limit()} and {Period()}. Specify all three, or omit it.";
        }

        if (spec is { QuotaOffset: > 0 and { } offset, QuotaPeriod: { } period } && offset > HighestOffset(period))
        {
            yield return $"{Offset(offset.ToString(CultureInfo.InvariantCulture))} is too high for {Period(period.ToString())}. "
                + (period == QuotaPeriod.Day ? "Omit it: AWS allows none."
                    : string.Create(CultureInfo.InvariantCulture, $"AWS allows 0 to {HighestOffset(period)}."));
        }
    }

    private static string Rate(string? value = null) => Words.Typed.Setting(nameof(UsagePlanSpec.RateLimit), value);

    private static string Burst(string? value = null) => Words.Typed.Setting(nameof(UsagePlanSpec.BurstLimit), value);

    private static string Limit(string? value = null) => Words.Typed.Setting(nameof(UsagePlanSpec.QuotaLimit), value);

    private static string Period(string? value = null) => Words.Typed.Setting(nameof(UsagePlanSpec.QuotaPeriod), value);

    private static string Offset(string? value = null) => Words.Typed.Setting(nameof(UsagePlanSpec.QuotaOffset), value);

    private static int HighestOffset(QuotaPeriod period) => period switch
    {
        QuotaPeriod.Day => 0,
        QuotaPeriod.Week => 6,
        _ => 27,
    };

    private static IEnumerable<string> ProblemsOfStage(PlanStage stage)
    {
        if (stage.ApiId.Length == 0 || stage.Stage.Length == 0)
        {
            yield return $"The stage '{stage}' lacks the API's id or the stage's name. Write apiId:stage, for example a1b2c3d4e5:prod.";
        }

        foreach ((string method, ThrottleLimits limits) in stage.Throttle)
        {
            int slash = method.LastIndexOf('/');
            if (slash < 0 || slash == method.Length - 1)
            {
                yield return $"'{method}' is not a method of stage {stage}. Write its path and verb, for example /pets/GET, or */* for "
                    + "all.";
            }

            if (limits.RateLimit is { } rate && !double.IsFinite(rate))
            {
                yield return $"The rate of {method} on stage {stage} is not a number. Give 0 or more requests a second.";
            }

            if (limits.RateLimit is null or < 0 || limits.BurstLimit is null or < 0)
            {
                yield return $"The throttle of {method} on stage {stage} needs a RateLimit and a BurstLimit, neither of them negative: AWS "
                    + "stores 0 for one that is omitted.";
            }
        }
    }
}
