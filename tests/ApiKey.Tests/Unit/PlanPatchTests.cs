using ApiKey.Calls;
using ApiKey.Model;
using ApiKey.Plans;

namespace ApiKey.Tests.Unit;

/// <summary>What is sent to make a usage plan what it is to be: every kind of change, patch by patch. The emulator accepts more than
/// AWS does, so what it ends up with would not show.</summary>
[Trait(Category.Name, Category.Unit)]
public class PlanPatchTests
{
    private static readonly UsagePlanInfo Bare = new() { Id = "p1", Name = "p", Arn = "", Region = "eu-central-1" };

    private static readonly UsagePlanInfo Full = Bare with
    {
        Description = "d",
        ProductCode = "c",
        RateLimit = 2.5,
        BurstLimit = 3,
        QuotaLimit = 10,
        QuotaPeriod = QuotaPeriod.Week,
        QuotaOffset = 1,
        ApiStages = [new PlanStage("a", "prod") { Throttle = Throttle(("/x/GET", 1, 1), ("//GET", 2, 2), ("/x/y/GET", 3, 3)) }],
    };

    public static TheoryData<string, string> Changes => new()
    {
        { "nothing", "" },
        { "name", "Replace /name q" },
        { "description", "Replace /description e" },
        { "no description", "Replace /description " },
        { "product code", "Replace /productCode e" },
        { "no product code", "Remove /productCode" },
        { "rate", "Replace /throttle/rateLimit 0.1" },
        { "burst", "Replace /throttle/burstLimit 4" },
        { "both rates", "Replace /throttle/rateLimit 0.1, Replace /throttle/burstLimit 4" },
        { "no throttle", "Remove /throttle" },
        { "quota", "Replace /quota/limit 11" },
        { "period", "Replace /quota/period MONTH" },
        { "offset", "Replace /quota/offset 2" },
        { "no offset", "Replace /quota/offset 0" },
        { "no quota", "Remove /quota" },
        { "another stage", "Remove /apiStages a:prod, Add /apiStages a:test" },
        { "a second stage", "Add /apiStages b:prod, Replace /apiStages/b:prod/throttle/x/GET/rateLimit 5, "
            + "Replace /apiStages/b:prod/throttle/x/GET/burstLimit 6" },
        { "no stage", "Remove /apiStages a:prod" },
        { "another rate of a method", "Replace /apiStages/a:prod/throttle/x/y/GET/rateLimit 4, "
            + "Replace /apiStages/a:prod/throttle/x/y/GET/burstLimit 3" },
        { "another rate of the root", "Replace /apiStages/a:prod/throttle//GET/rateLimit 4, "
            + "Replace /apiStages/a:prod/throttle//GET/burstLimit 2" },
        { "no rate of a method", "Remove /apiStages/a:prod/throttle/x/GET, Remove /apiStages/a:prod/throttle//GET" },
        { "the root written otherwise", "" },
        { "a stage named twice", "" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void OnlyWhatDiffersIsSent(string change, string patches) => Assert.Equal(patches, Told(PlanPatches.Between(Full, change switch
    {
        "nothing" => Same(Full),
        "name" => Same(Full) with { Name = "q" },
        "description" => Same(Full) with { Description = "e" },
        "no description" => Same(Full) with { Description = null },
        "product code" => Same(Full) with { ProductCode = "e" },
        "no product code" => Same(Full) with { ProductCode = null },
        "rate" => Same(Full) with { RateLimit = 0.1 },
        "burst" => Same(Full) with { BurstLimit = 4 },
        "both rates" => Same(Full) with { RateLimit = 0.1, BurstLimit = 4 },
        "no throttle" => Same(Full) with { RateLimit = null, BurstLimit = null },
        "quota" => Same(Full) with { QuotaLimit = 11 },
        "period" => Same(Full) with { QuotaPeriod = QuotaPeriod.Month },
        "offset" => Same(Full) with { QuotaOffset = 2 },
        "no offset" => Same(Full) with { QuotaOffset = null },
        "no quota" => Same(Full) with { QuotaLimit = null, QuotaPeriod = null, QuotaOffset = null },
        "another stage" => Same(Full) with { ApiStages = [new PlanStage("a", "test")] },
        "a second stage" => Same(Full) with
        {
            ApiStages = [.. Full.ApiStages, new PlanStage("b", "prod") { Throttle = Throttle(("/x/GET", 5, 6)) }],
        },
        "no stage" => Same(Full) with { ApiStages = [] },
        "another rate of a method" => WithMethods(("/x/GET", 1, 1), ("//GET", 2, 2), ("/x/y/GET", 4, 3)),
        "another rate of the root" => WithMethods(("/x/GET", 1, 1), ("//GET", 4, 2), ("/x/y/GET", 3, 3)),
        "no rate of a method" => WithMethods(("/x/y/GET", 3, 3)),
        "the root written otherwise" => WithMethods(("x/GET", 1, 1), ("/GET", 2, 2), ("/x/y/GET", 3, 3)),
        "a stage named twice" => Same(Full) with { ApiStages = [new PlanStage("a", "prod"), .. Full.ApiStages] },
        _ => throw new ArgumentOutOfRangeException(nameof(change)),
    })));

    [Fact]
    public void WhatIsMissingAltogetherIsAddedWhole() => Assert.Equal(
        "Replace /description d, Replace /productCode c, Add /apiStages a:prod, "
        + "Replace /apiStages/a:prod/throttle/x/GET/rateLimit 1, Replace /apiStages/a:prod/throttle/x/GET/burstLimit 1, "
        + "Replace /apiStages/a:prod/throttle//GET/rateLimit 2, Replace /apiStages/a:prod/throttle//GET/burstLimit 2, "
        + "Replace /apiStages/a:prod/throttle/x/y/GET/rateLimit 3, Replace /apiStages/a:prod/throttle/x/y/GET/burstLimit 3, "
        + "Add /throttle/rateLimit 2.5, Add /throttle/burstLimit 3, Add /quota/limit 10, Add /quota/period WEEK, Add /quota/offset 1",
        Told(PlanPatches.Between(Bare, Same(Full))));

    [Fact]
    public void WhatIsToBeNoMoreIsRemoved() => Assert.Equal(
        "Replace /description , Remove /productCode, Remove /apiStages a:prod, Remove /throttle, Remove /quota",
        Told(PlanPatches.Between(Full, Same(Bare))));

    [Theory]
    [InlineData(2.5, null, "Replace /throttle/rateLimit 1, Replace /throttle/burstLimit 1")]
    [InlineData(null, 3, "Replace /throttle/rateLimit 1, Replace /throttle/burstLimit 1")]
    [InlineData(null, null, "Add /throttle/rateLimit 1, Add /throttle/burstLimit 1")]
    public void HalfAThrottleIsOne(double? rate, int? burst, string patches)
    {
        UsagePlanInfo plan = Bare with { RateLimit = rate, BurstLimit = burst };
        Assert.Equal(patches, Told(PlanPatches.Between(plan, Same(Bare) with { RateLimit = 1, BurstLimit = 1 })));
        Assert.Equal(patches.StartsWith("Add", StringComparison.Ordinal) ? "" : "Remove /throttle",
            Told(PlanPatches.Between(plan, Same(Bare))));
    }

    [Theory]
    [InlineData(null, null, "")]
    [InlineData(null, 0, "")]
    [InlineData(0, null, "")]
    [InlineData(null, 1, "Replace /quota/offset 1")]
    [InlineData(1, 1, "")]
    public void NoOffsetIsZero(int? before, int? after, string patches) => Assert.Equal(patches,
        Told(PlanPatches.Between(Full with { QuotaOffset = before }, Same(Full) with { QuotaOffset = after })));

    [Fact]
    public void StagesAreTakenOffByName() => Assert.Equal("Remove /apiStages a:prod", Told(PlanPatches.Removing(Full.ApiStages)));

    private static string Told(IEnumerable<PlanPatch> patches) => string.Join(", ", patches.Select(patch =>
        $"{patch.Kind} {patch.Path}{(patch.Value is null ? "" : $" {patch.Value}")}"));

    private static UsagePlanSpec WithMethods(params (string Method, double Rate, int Burst)[] methods) =>
        Same(Full) with { ApiStages = [new PlanStage("a", "prod") { Throttle = Throttle(methods) }] };

    private static UsagePlanSpec Same(UsagePlanInfo plan) => new()
    {
        Name = plan.Name!,
        Description = plan.Description,
        ProductCode = plan.ProductCode,
        RateLimit = plan.RateLimit,
        BurstLimit = plan.BurstLimit,
        QuotaLimit = plan.QuotaLimit,
        QuotaPeriod = plan.QuotaPeriod,
        QuotaOffset = plan.QuotaOffset,
        ApiStages = plan.ApiStages,
    };

    private static Dictionary<string, ThrottleLimits> Throttle(params (string Method, double Rate, int Burst)[] methods) =>
        methods.ToDictionary(method => method.Method, method => new ThrottleLimits(method.Rate, method.Burst), StringComparer.Ordinal);
}
