using ApiKey.DesiredState;
using ApiKey.Formats;
using ApiKey.Model;
using ApiKey.Tags;

namespace ApiKey.Tests.DesiredState;

/// <summary>Usage plans and keys in them as a pure function: in which order, what is removed, which plans are read, what is
/// refused.</summary>
[Trait(Category.Name, Category.Unit)]
public class UsagePlanPlannerTests
{
    private static readonly DesiredSource Source = new("keys.json");
    private static readonly TagPolicy Policy = new() { Defaults = TagSet.Parse("team=a") };

    [Fact]
    public void PlansAndKeysAreMadeBeforeKeysJoinAndWhatIsRemovedGoesLast()
    {
        DesiredEntries desired = Desired([Plan("new"), Plan("same")], [Key("a", "new", "same"), Key("b")]);
        ActualState actual = Actual([Actual("k1", "b"), Actual("k2", "gone")], [There("p1", "same"), There("p2", "over")], ("p1", "k1"),
            ("p2", "k2"));
        Assert.Equal(
            ["Create usage plan new", "None usage plan same (p1)", "Create a", "None b (k1)", "Remove b (k1) in usage plan same (p1)",
                "Create a in usage plan new", "Create a in usage plan same (p1)", "Remove gone (k2)", "Remove usage plan over (p2)"],
            Good(desired, actual, new PlanRules(PruneTags: TagSet.Parse("team=a"))).Select(change => change.ToString()));
    }

    [Fact]
    public void AStageComesWhenKeysHaveLeftWhereItWas()
    {
        DesiredEntries desired = Desired([Plan("p", "x:p"), Plan("q")], [Key("a", "p")]);
        ActualState actual = Actual([Actual("k1", "a")], [There("p1", "p"), There("p2", "q", "x:p")], ("p2", "k1"));
        Assert.Equal(
            ["Update usage plan q (p2)", "None a (k1)", "Remove a (k1) in usage plan q (p2)", "Update usage plan p (p1)",
                "Create a (k1) in usage plan p (p1)"],
            Good(desired, actual).Select(change => change.ToString()));
        Assert.Equal([1, 0, 1, 1, 1], Good(desired, actual).Select(change => change.Calls));
    }

    [Fact]
    public void AStageThatTwoPlansGetComesWhenAKeyHasLeftOneOfThem()
    {
        DesiredEntries desired = Desired([Plan("p", "x:p"), Plan("q", "x:p")], [Key("a", "p")]);
        ActualState actual = Actual([Actual("k1", "a")], [There("p1", "p"), There("p2", "q")], ("p1", "k1"), ("p2", "k1"));
        Assert.Equal(
            ["None a (k1)", "Remove a (k1) in usage plan q (p2)", "Update usage plan p (p1)", "Update usage plan q (p2)"],
            Good(desired, actual).Select(change => change.ToString()));
    }

    [Fact]
    public void NoListLeavesAKeysPlansAloneAndAnEmptyOneLeavesNone()
    {
        ActualState actual = Actual([Actual("k1", "a"), Actual("k2", "b")], [There("p1", "p")], ("p1", "k1"), ("p1", "k2"));
        DesiredEntries desired = new() { Keys = [Key("a") with { UsagePlans = null }, Key("b")], ListsKeys = true };
        Assert.Equal("Remove b (k2) in usage plan p (p1)",
            Assert.Single(Good(desired, actual), change => change.Action != PlanAction.None).ToString());
    }

    [Fact]
    public void AMemberIsAddedToOtherPlansAndNoneIsTakenAway()
    {
        ActualState actual = Actual([Actual("k1", "a")], [There("p1", "p"), There("p2", "q")], ("p1", "k1"));
        DesiredEntries desired = new()
        {
            Members = [new DesiredMember("k1", null, new PlanReference("p2", PlanReferenceKind.Id, Place), Source, Place)],
        };
        Assert.Equal("Create a (k1) in usage plan q (p2)", Assert.Single(Good(desired, actual)).ToString());
        Assert.Contains("puts API key k9 into a usage plan, and there is no such key in r", Refused("ApiKeyNotFound",
            desired with { Members = [desired.Members[0] with { KeyId = "k9" }] }, actual));
    }

    [Fact]
    public void PlansThatAreNotListedAreNeverRemovedNorThoseOutsideTheScope()
    {
        ActualState actual = Actual([Actual("k1", "a")], [There("p1", "p"), There("p2", "q") with { TagsAll = TagSet.Parse("team=b") }]);
        PlanRules rules = new(PruneTags: TagSet.Parse("team=a"), AllowEmptyScope: true);
        Assert.DoesNotContain(Good(new DesiredEntries { Keys = [Key("a")], ListsKeys = true }, actual, rules),
            change => change.Action == PlanAction.Remove);
        IReadOnlyList<PlannedChange> changes = Good(new DesiredEntries { ListsPlans = true }, actual with { Keys = [] }, rules);
        Assert.Equal("Remove usage plan p (p1)", Assert.Single(changes).ToString());
        Assert.Contains("The only usage plan with the tags team=a would be removed",
            Refused("WouldEmptyScope", new DesiredEntries { ListsPlans = true }, actual, rules with { AllowEmptyScope = false }));
    }

    [Fact]
    public void APlanThatAKeyIsInIsNotRemoved() => Assert.DoesNotContain(
        Good(Desired([], [Key("a", "p")]), Actual([Actual("k1", "a")], [There("p1", "p")], ("p1", "k1")),
            new PlanRules(PruneTags: TagSet.Parse("team=a"), AllowEmptyScope: true)),
        change => change.Action == PlanAction.Remove);

    [Fact]
    public void AnIdComesBeforeANameInReferences()
    {
        ActualState actual = Actual([Actual("k1", "a")], [There("p1", "p2"), There("p2", "q")]);
        Assert.Equal("Create a (k1) in usage plan q (p2)", Joining(PlanReferenceKind.IdOrName));
        Assert.Equal("Create a (k1) in usage plan p2 (p1)", Joining(PlanReferenceKind.Name));
        Assert.Equal("Create a (k1) in usage plan q (p2)", Joining(PlanReferenceKind.Id));

        string Joining(PlanReferenceKind kind) => Assert.Single(
            Good(new DesiredEntries
            {
                Keys = [Key("a") with { UsagePlans = [new PlanReference("p2", kind, Place)] }],
                ListsKeys = true,
            }, actual),
            change => change.Action == PlanAction.Create).ToString();
    }

    [Fact]
    public void WhatIsMeantTwiceOrByNoneIsRefused()
    {
        ActualState actual = Actual([Actual("k1", "a")], [There("p1", "p"), There("p2", "p")]);
        Assert.Contains("2 usage plans in r have the name 'p' that Line 1 of keys.json gives: p1, p2.",
            Refused("AmbiguousUsagePlan", Desired([Plan("p")], []), actual));
        Assert.Contains("2 have that name: p1, p2. Give the id", Refused("AmbiguousUsagePlan", Desired([], [Key("a", "p")]), actual));
        Assert.Contains("neither in the desired state nor in r", Refused("UsagePlanNotFound", Desired([], [Key("a", "none")]), actual));
        Assert.Contains("by its id p9, which does not exist in r",
            Refused("UsagePlanNotFound", Desired([Plan("p") with { Id = "p9" }], []), actual));
        Assert.Contains("Give this one its id too", Refused("AmbiguousUsagePlan",
            Desired([Plan("other") with { Id = "p1" }, Plan("p")], []), actual with { Plans = [actual.Plans[0]] }));
        Assert.Contains("names usage plan 'p' a second time for API key 'a'", Refused("InvalidDesiredState",
            Desired([], [Key("a", "p", "p1")]), actual with { Plans = [actual.Plans[0]] }));
    }

    [Fact]
    public void AKeyInTwoPlansOfOneStageIsRefused() => Assert.Contains(
        "Line 1, column 1 of keys.json: API key 'a' would be in the usage plans 'p' and 'q', which both open the stage x:p",
        Refused("UsagePlanConflict", Desired([Plan("p", "x:p"), Plan("q", "x:p")], [Key("a", "p", "q")]), Actual([], [])));

    [Theory]
    [InlineData(true, "'a (k1)' is in both")]
    [InlineData(false, "'k1' is in both")]
    public void AStageThatAKeyLeftAloneWouldHaveTwiceIsRefused(bool isListed, string says)
    {
        DesiredEntries desired = Desired([Plan("p", "x:p"), Plan("q", "x:p")], []) with { ListsKeys = isListed };
        ActualState actual = Actual(isListed ? [Actual("k1", "a")] : [], [There("p1", "p", "x:p"), There("p2", "q")], ("p1", "k1"),
            ("p2", "k1"));
        string message = Refused("UsagePlanConflict", desired, actual);
        Assert.StartsWith("Line 1 of keys.json gives usage plan 'q' the stage x:p, which usage plan 'p' opens too, and API key ", message);
        Assert.Contains(says, message);
        Assert.Contains("'k1' and 1 more are in both", Refused("UsagePlanConflict", desired with { ListsKeys = false },
            actual with { Keys = [], KeysByPlan = Members(("p1", "k1"), ("p2", "k1"), ("p1", "k2"), ("p2", "k2")) }));

        // Both get it: told once. One of them is nobody's entry, or goes after it: AWS refuses the stage all the same.
        Refused("UsagePlanConflict", desired, actual with { Plans = [There("p1", "p"), There("p2", "q")] });
        Refused("UsagePlanConflict", desired with { Plans = [desired.Plans[1]] }, actual,
            new PlanRules(PruneTags: TagSet.Parse("team=a"), AllowEmptyScope: true));
    }

    [Fact]
    public void AKeyThatLeavesOneOfThemOrIsReplacedHasNoStageTwice()
    {
        DesiredEntries desired = Desired([Plan("p", "x:p"), Plan("q", "x:p")], [Key("a", "p")]);
        ActualState actual = Actual([Actual("k1", "a") with { Value = new string('o', 20) }], [There("p1", "p", "x:p"), There("p2", "q")],
            ("p1", "k1"), ("p2", "k1"));
        Good(desired, actual);
        DesiredKey replaced = Key("a") with { UsagePlans = null };
        Good(desired with { Keys = [replaced with { Spec = replaced.Spec with { Value = new string('n', 20) } }] }, actual,
            new PlanRules(AllowReplace: true));

        // What AWS has already, however it came about, is not ours to refuse.
        Good(desired with { Keys = [] }, actual with { Plans = [There("p1", "p", "x:p"), There("p2", "q", "x:p")] });
    }

    [Fact]
    public void MembersAreReadWhereTheyMatter()
    {
        UsagePlanInfo[] plans = [There("p1", "p", "x:p"), There("p2", "q"), There("p3", "r", "x:p", "y:p"), There("p4", "s", "y:p")];
        Assert.Equal(["p1", "p2", "p3", "p4"], Read(Desired([], [Key("a")])));
        Assert.Empty(Read(Desired([Plan("p", "x:p"), Plan("new", "x:p"), Plan("q", "z:p")], [])));
        Assert.Equal(["p1", "p2", "p3"], Read(Desired([Plan("q", "x:p")], [])));
        Assert.Equal(["p2"], Read(Member("q", PlanReferenceKind.Name)));
        Assert.Equal(["p1", "p3"], Read(Member("p1", PlanReferenceKind.Id)));

        // A plan to come opens y:p, and a key to join it may be where y:p is already.
        DesiredPlan created = Plan("new", "y:p");
        Assert.Equal(["p3", "p4"], Read(Member("new", PlanReferenceKind.Id, created) with { Plans = [created] }));

        IEnumerable<string> Read(DesiredEntries desired) => UsagePlanPlanner.PlansToRead(desired, plans).Select(plan => plan.Id);
    }

    private static NodePlace Place { get; } = new(1, 1);

    private static DesiredEntries Member(string plan, PlanReferenceKind kind, DesiredPlan? entry = null) => new()
    {
        Members = [new DesiredMember("k1", null, new PlanReference(plan, kind, Place, entry), Source, Place)],
    };

    private static DesiredEntries Desired(DesiredPlan[] plans, DesiredKey[] keys) => new()
    {
        Plans = plans,
        Keys = keys,
        ListsKeys = true,
        ListsPlans = true,
    };

    private static DesiredPlan Plan(string name, params string[] stages) =>
        new(null, new UsagePlanSpec { Name = name, ApiStages = Stages(stages) }, Source, Place);

    private static DesiredKey Key(string name, params string[] plans) =>
        new(null, new ApiKeySpec { Name = name }.Complete(new ApiKeySpec()), Source, Place)
        {
            UsagePlans = [.. plans.Select(plan => new PlanReference(plan, PlanReferenceKind.IdOrName, Place))],
        };

    private static ActualState Actual(ApiKeyInfo[] keys, UsagePlanInfo[] plans, params (string Plan, string Key)[] members) =>
        new("r", keys, plans, plans.ToDictionary(plan => plan.Id, plan => (IReadOnlySet<string>)
            members.Where(member => member.Plan == plan.Id).Select(member => member.Key).ToHashSet()));

    private static Dictionary<string, IReadOnlySet<string>> Members(params (string Plan, string Key)[] members) =>
        members.GroupBy(member => member.Plan).ToDictionary(group => group.Key, group => (IReadOnlySet<string>)
            group.Select(member => member.Key).ToHashSet());

    private static ApiKeyInfo Actual(string id, string name) => new()
    {
        Id = id,
        Name = name,
        Description = ApiKeySpec.DefaultDescription,
        Enabled = true,
        Arn = "arn",
        Region = "r",
        TagsAll = TagSet.Parse("team=a"),
    };

    private static UsagePlanInfo There(string id, string name, params string[] stages) => new()
    {
        Id = id,
        Name = name,
        ApiStages = Stages(stages),
        Arn = "arn",
        Region = "r",
        TagsAll = TagSet.Parse("team=a"),
    };

    private static PlanStage[] Stages(string[] stages) =>
        [.. stages.Select(stage => new PlanStage(stage.Split(':')[0], stage.Split(':')[1]))];

    private static IReadOnlyList<PlannedChange> Good(DesiredEntries desired, ActualState actual, PlanRules? rules = null)
    {
        (IReadOnlyList<PlannedChange> changes, IReadOnlyList<PlanProblem> problems) = UsagePlanPlanner.Plan(desired, actual, Policy,
            rules ?? new PlanRules());
        Assert.Empty(problems);
        return changes;
    }

    private static string Refused(string errorId, DesiredEntries desired, ActualState actual, PlanRules? rules = null)
    {
        (IReadOnlyList<PlannedChange> changes, IReadOnlyList<PlanProblem> problems) = UsagePlanPlanner.Plan(desired, actual, Policy,
            rules ?? new PlanRules());
        PlanProblem problem = Assert.Single(problems);
        Assert.Empty(changes);
        Assert.Equal(errorId, problem.ErrorId);
        return string.Join('\n', problem.Lines);
    }
}
