using ApiKey.Calls;
using ApiKey.Keys;
using ApiKey.Model;
using ApiKey.Plans;
using ApiKey.Tags;
using Microsoft.Extensions.Time.Testing;

namespace ApiKey.Tests.Unit;

/// <summary>What marks say of a rotation, and when a successor can be relied on.</summary>
[Trait(Category.Name, Category.Unit)]
public class RotationRuleTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("", null, null)]
    [InlineData("apikey:rotated-from=k1", "k1", null)]
    [InlineData("apikey:rotated-to=k3", null, "k3")]
    [InlineData("apikey:rotated-from=k1, apikey:rotated-to=k3", "k1", "k3")]
    [InlineData("apikey:rotated-from=, apikey:rotated-to=", null, null)]
    public void MarksNameBothKeys(string tags, string? predecessor, string? successor)
    {
        RawKey key = new() { Id = "k2", Arn = "", Region = "r", AllTags = TagSet.Parse(tags) };
        Assert.Equal((predecessor, successor), (RotationMarks.PredecessorOf(key), RotationMarks.SuccessorOf(key)));
    }

    [Theory]
    [InlineData(null, null, "")]
    [InlineData("k1", null, "apikey:rotated-from=k1")]
    [InlineData(null, "k3", "apikey:rotated-to=k3")]
    [InlineData("k1", "k3", "apikey:rotated-from=k1, apikey:rotated-to=k3")]
    public void AKeyAsUsersHoldItHasItsMarks(string? from, string? to, string tags) => Assert.Equal(tags, RotationMarks.Of(new ApiKeyInfo
    {
        Id = "k2",
        Arn = "",
        Region = "r",
        RotatedFrom = from,
        RotatedTo = to,
    }).ToText());

    [Theory]
    [InlineData(null, true)]
    [InlineData("k1", true)]
    [InlineData("k2", false)]
    public void ASuccessorNamesTheOldKeyOrNobody(string? predecessor, bool isPair) =>
        Assert.Equal(isPair, RotationMarks.IsPair("k1", predecessor));

    [Fact]
    public void ASuccessorHasTheTagsOfTheOldKeyButAwsOwnAndItsMarks() => Assert.Equal("apikey:rotated-from=k2, env=prod",
        RotationMarks.TagsForSuccessorOf(new RawKey
        {
            Id = "k2",
            Arn = "",
            Region = "r",
            AllTags = TagSet.From(new Dictionary<string, string?>
            {
                ["env"] = "prod",
                ["aws:x"] = "y",
                ["apikey:rotated-from"] = "k1",
                ["apikey:rotated-to"] = "k3",
            }),
        }).ToText());

    [Theory]
    [InlineData(null, null, true, 90)]
    [InlineData(null, null, false, 0)]
    [InlineData(-60, null, true, 30)]
    [InlineData(-60, null, false, -60)]
    [InlineData(60, null, true, 90)]
    [InlineData(-60, -20, true, 70)]
    [InlineData(-20, -60, true, 70)]
    [InlineData(-60, -20, false, -20)]
    public void ASuccessorIsReliableAfterItsLastChange(int? created, int? joined, bool isInPlan, int reliable)
    {
        FakeTimeProvider clock = new(Now.AddMinutes(-2));
        PlanJoins joins = PlanJoins.By(clock);
        if (joined is { } seconds)
        {
            clock.SetUtcNow(Now.AddSeconds(seconds));
            joins.Add("k1");
        }

        clock.SetUtcNow(Now);

        Assert.Equal(Now.AddSeconds(reliable), joins.ReliableFrom("k1", created is { } made ? Now.AddSeconds(made) : null, isInPlan));
    }

    [Fact]
    public void OnlyJoinsThatNoLongerMatterAreForgotten()
    {
        FakeTimeProvider clock = new(Now.AddSeconds(-90.5));
        PlanJoins joins = PlanJoins.By(clock);
        foreach ((string id, double seconds) in new[] { ("over", -90.5), ("last", -90), ("late", -1) })
        {
            clock.SetUtcNow(Now.AddSeconds(seconds));
            joins.Add(id);
        }

        clock.SetUtcNow(Now);
        for (int number = 0; number < 1000; number++)
        {
            joins.Add($"join-{number}");
        }

        Assert.Null(joins.TimeOf("over"));
        Assert.Equal(Now.AddSeconds(-90), joins.TimeOf("last"));
        Assert.Equal(Now.AddSeconds(-1), joins.TimeOf("late"));
        Assert.Equal(Now, joins.TimeOf("join-0"));
    }

    [Fact]
    public void AnotherClockKnowsNothingOfIt()
    {
        PlanJoins joins = PlanJoins.By(new FakeTimeProvider(Now));
        joins.Add("k1");
        Assert.Null(PlanJoins.By(new FakeTimeProvider(Now)).TimeOf("k1"));
        Assert.NotNull(joins.TimeOf("k1"));
    }
}
