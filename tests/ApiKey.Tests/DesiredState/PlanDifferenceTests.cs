using ApiKey.DesiredState;
using ApiKey.Model;
using ApiKey.Tags;

namespace ApiKey.Tests.DesiredState;

/// <summary>What a plan shows of a usage plan: every setting that differs, each by its own name, and nothing else.</summary>
[Trait(Category.Name, Category.Unit)]
public class PlanDifferenceTests
{
    private static readonly UsagePlanSpec Now = new()
    {
        Name = "gold",
        Description = "d",
        ProductCode = "c",
        RateLimit = 5,
        BurstLimit = 10,
        QuotaLimit = 100,
        QuotaPeriod = QuotaPeriod.Month,
        QuotaOffset = 3,
        ApiStages = [new PlanStage("a1", "prod")],
        Tags = TagSet.Parse("env=prod"),
    };

    private static readonly (UsagePlanSpec Wanted, string Shown)[] All =
    [
        (Now, ""),
        (Now with { Name = "other" }, "Name 'gold' -> 'other'"),
        (Now with { Description = null }, "Description 'd' taken off"),
        (Now with { ProductCode = "x" }, "ProductCode 'c' -> 'x'"),
        (Now with { RateLimit = 2.5 }, "RateLimit '5' -> '2.5'"),
        (Now with { BurstLimit = 11 }, "BurstLimit '10' -> '11'"),
        (Now with { QuotaLimit = 101 }, "QuotaLimit '100' -> '101'"),
        (Now with { QuotaPeriod = QuotaPeriod.Week }, "QuotaPeriod 'Month' -> 'Week'"),
        (Now with { QuotaOffset = 0 }, "QuotaOffset '3' taken off"),
        (Now with { QuotaLimit = null, QuotaPeriod = null, QuotaOffset = null },
            "QuotaLimit '100' taken off; QuotaPeriod 'Month' taken off; QuotaOffset '3' taken off"),
        (Now with { ApiStages = [new PlanStage("a1", "test")] }, "ApiStages 'a1:prod' -> 'a1:test'"),
        (Now with { Tags = TagSet.Parse("env=test") }, "Tags.env 'prod' -> 'test'"),
    ];

    public static TheoryData<int> Wanted => [.. Enumerable.Range(0, All.Length)];

    [Theory]
    [MemberData(nameof(Wanted))]
    public void WhatDiffersIsShownByItsName(int at)
    {
        UsagePlanInfo current = new()
        {
            Id = "p1",
            Arn = "",
            Region = "r",
            Name = Now.Name,
            Description = Now.Description,
            ProductCode = Now.ProductCode,
            RateLimit = Now.RateLimit,
            BurstLimit = Now.BurstLimit,
            QuotaLimit = Now.QuotaLimit,
            QuotaPeriod = Now.QuotaPeriod,
            QuotaOffset = Now.QuotaOffset,
            ApiStages = Now.ApiStages,
            Tags = Now.Tags,
            TagsAll = Now.Tags,
        };
        UsagePlanComparison comparison = new(All[at].Wanted, current, TagPolicy.None);
        Assert.Equal(All[at].Shown, string.Join("; ", comparison.Differences));
        Assert.Equal(All[at].Shown.Length == 0 ? 0 : 1, comparison.Calls);
    }

    [Fact]
    public void ANewPlanShowsAllOfIt() => Assert.Equal(
        "Description = 'd'; ProductCode = 'c'; RateLimit = '5'; BurstLimit = '10'; QuotaLimit = '100'; QuotaPeriod = 'Month'; "
        + "QuotaOffset = '3'; ApiStages = 'a1:prod'; Tags.env = 'prod'",
        string.Join("; ", UsagePlanComparison.OfNew(Now, TagPolicy.None)));
}
