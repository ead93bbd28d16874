using ApiKey.Calls;
using ApiKey.Model;
using ApiKey.Plans;
using ApiKey.Service;
using ApiKey.Tags;

namespace ApiKey.Tests.Unit;

/// <summary>What rules say where something breaks one, and where they begin to.</summary>
[Trait(Category.Name, Category.Unit)]
public class RuleTextTests
{
    private static readonly DateOnly Today = new(2026, 6, 30);

    [Theory]
    [InlineData(null, null, -29, 0)]
    [InlineData(null, -3, -32, -3)]
    [InlineData(-5, null, -5, 0)]
    [InlineData(-5, -3, -5, -3)]
    public void ARangeOfDaysIsThirtyUpToToday(int? first, int? last, int start, int end)
    {
        DateTime noon = Today.ToDateTime(new TimeOnly(12, 0));
        (DateOnly from, DateOnly to) = UsagePlanRules.RangeOf(first is { } one ? noon.AddDays(one) : null,
            last is { } other ? noon.AddDays(other) : null, Today);
        Assert.Equal((Today.AddDays(start), Today.AddDays(end)), (from, to));
    }

    [Theory]
    [InlineData(0, 0, "")]
    [InlineData(1, 1, "")]
    [InlineData(0, 2, "EndDate 2026-07-02 is in the future; today is 2026-06-30 in UTC.")]
    [InlineData(1, 2, "EndDate 2026-07-02 is in the future; today is 2026-06-30 in UTC.")]
    [InlineData(2, 2, "StartDate 2026-07-02 is in the future; today is 2026-06-30 in UTC.")]
    [InlineData(0, -1, "EndDate 2026-06-29 is before StartDate 2026-06-30. Swap the two dates.")]
    [InlineData(-89, 0, "")]
    [InlineData(-90, -1, "")]
    [InlineData(-90, 0, "From 2026-04-01 to 2026-06-30 are 91 days; AWS answers at most 90. Ask for a shorter range.")]
    [InlineData(-91, -91, "StartDate 2026-03-31 is too long ago: AWS keeps usage for 90 days, so since 2026-04-01.")]
    public void ARangeOfDaysIsOneThatAwsAnswers(int first, int last, string says)
    {
        string told = UsagePlanRules.ProblemOfRange(Today.AddDays(first), Today.AddDays(last), Today) ?? "";
        Assert.Equal(says, told.Replace("-EndDate", "EndDate", StringComparison.Ordinal)
            .Replace("-StartDate", "StartDate", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/a/GET", 1.0, 1, 0)]
    [InlineData("*/*", 0.0, 0, 0)]
    [InlineData("//GET", 1.0, 1, 0)]
    [InlineData("GET", 1.0, 1, 1)]
    [InlineData("/a/", 1.0, 1, 1)]
    [InlineData("/a/GET", double.NaN, 1, 1)]
    [InlineData("/a/GET", null, 1, 1)]
    [InlineData("/a/GET", 1.0, null, 1)]
    [InlineData("/a/GET", -0.1, 1, 1)]
    [InlineData("/a/GET", 1.0, -1, 1)]
    public void TheThrottleOfAMethodIsWhole(string method, double? rate, int? burst, int problems) => Assert.Equal(problems,
        UsagePlanRules.ProblemsOf(new UsagePlanSpec
        {
            Name = "p",
            ApiStages = [new PlanStage("a", "prod") { Throttle = new Dictionary<string, ThrottleLimits> { [method] = new(rate, burst) } }],
        }, TagPolicy.None).Count);

    [Theory]
    [InlineData("a:prod", 0)]
    [InlineData("a:prod b:prod", 0)]
    [InlineData("a:prod a:test", 0)]
    [InlineData("a:prod a:prod", 1)]
    [InlineData("a:", 1)]
    [InlineData(":prod", 1)]
    public void AStageIsWholeAndNamedOnce(string stages, int problems) => Assert.Equal(problems,
        UsagePlanRules.ProblemsOf(new UsagePlanSpec
        {
            Name = "p",
            ApiStages = [.. stages.Split(' ').Select(stage => stage.Split(':')).Select(parts => new PlanStage(parts[0], parts[1]))],
        }, TagPolicy.None).Count);

    [Theory]
    [InlineData("p", 0)]
    [InlineData("", 1)]
    [InlineData(" ", 1)]
    public void APlanHasAName(string name, int problems) =>
        Assert.Equal(problems, UsagePlanRules.ProblemsOf(new UsagePlanSpec { Name = name }, TagPolicy.None).Count);

    [Theory]
    [InlineData(QuotaPeriod.Day, "Omit it: AWS allows none.")]
    [InlineData(QuotaPeriod.Week, "AWS allows 0 to 6.")]
    [InlineData(QuotaPeriod.Month, "AWS allows 0 to 27.")]
    public void AnOffsetThatIsTooHighIsToldWithTheHighest(QuotaPeriod period, string says) => Assert.EndsWith(says,
        Assert.Single(UsagePlanRules.ProblemsOf(new UsagePlanSpec { Name = "p", QuotaLimit = 1, QuotaPeriod = period, QuotaOffset = 28 },
            TagPolicy.None)), StringComparison.Ordinal);

    [Theory]
    [InlineData(31, true)]
    [InlineData(32, false)]
    public void ALongTagKeyIsShortened(int rest, bool isWhole)
    {
        string key = "aws:tag: " + string.Concat(Enumerable.Repeat("a ", rest / 2)) + (rest % 2 == 0 ? "" : "b");
        string problem = Assert.Single(TagRules.ProblemsOfKey(key));
        Assert.Contains(isWhole ? $"'{key}'" : $"'{key[..37]}...'", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("aws:x", true)]
    [InlineData("env", true)]
    [InlineData("kube/a", true)]
    [InlineData("envy", false)]
    [InlineData("team", false)]
    public void TagsOfOthersAreAwsOwnAndTheIgnored(string key, bool isForeign)
    {
        TagPolicy policy = TagPolicy.None with { IgnoredKeys = ["env"], IgnoredPrefixes = ["kube/"] };
        Assert.Equal(isForeign, policy.IsForeign(key));
        (IReadOnlyCollection<string> remove, _) = new TagChange(null, TagSet.Empty, [key]).Steps(policy, present: null, []);
        Assert.Equal(isForeign ? 0 : 1, remove.Count);
    }

    [Theory]
    [InlineData(120, true)]
    [InlineData(121, false)]
    public void AServerIsWaitedForTwoMinutes(int seconds, bool isWaitedFor) => Assert.Equal(isWaitedFor,
        RetryRules.Delay(new ApiGatewayException(ApiGatewayErrorKind.Throttled, "x.") { RetryAfter = TimeSpan.FromSeconds(seconds) },
            tries: 1, maxTries: 5, jitter: 0) is not null);

    [Fact]
    public async Task WorkIsUnderWayWithinItsWindowAndHandedOnInOrder()
    {
        List<int> begun = [];
        List<string> seen = [];
        await foreach (int result in InOrder.SelectAsync(Enumerable.Range(1, 5), 2, item =>
        {
            begun.Add(item);
            return Task.FromResult(item * 10);
        }))
        {
            seen.Add($"{result}:{begun.Count}");
        }

        Assert.Equal(["10:2", "20:3", "30:4", "40:5", "50:5"], seen);
    }
}
