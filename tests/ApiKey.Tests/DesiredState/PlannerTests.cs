using ApiKey.DesiredState;
using ApiKey.Formats;
using ApiKey.Model;
using ApiKey.Tags;

namespace ApiKey.Tests.DesiredState;

/// <summary>The plan as a pure function: which key is meant, what differs, what it costs, and what is refused.</summary>
[Trait(Category.Name, Category.Unit)]
public class PlannerTests
{
    private const string Old = "OldOldOldOldOldOldOld1";
    private const string New = "NewNewNewNewNewNewNew1";

    private static readonly DesiredSource Source = new("keys.json");
    private static readonly TagPolicy Policy = new() { Defaults = TagSet.Parse("team=a"), IgnoredPrefixes = ["k8s/"] };

    [Fact]
    public void EachKeyIsPlannedByWhatDiffers()
    {
        IReadOnlyList<PlannedChange> changes = Good(
            [Wanted("same"), Wanted("new", tags: "x=1"), Wanted("changed", description: "d", tags: "x=2"), Wanted("renamed", id: "k4")],
            [Key("k1", "same"), Key("k2", "other"), Key("k3", "changed", tags: "team=b&x=1&y=1"), Key("k4", "before")]);
        Assert.Equal([PlanAction.None, PlanAction.Create, PlanAction.Update, PlanAction.Update], changes.Select(change => change.Action));
        Assert.Equal([0, 3, 3, 1], changes.Select(change => change.Calls));
        Assert.Equal(
            ["Description 'Managed by Terraform' -> 'd'", "Tags.team 'b' -> 'a'", "Tags.x '1' -> '2'", "Tags.y '1' taken off"],
            changes[2].Differences.Select(difference => difference.ToString()));
        Assert.Equal("Name 'before' -> 'renamed'", Assert.Single(changes[3].Differences).ToString());
        Assert.Equal("1 to create, 2 to change, 0 to replace, 0 to remove, 1 unchanged", PlannedChange.Summarize([.. changes]));
    }

    [Fact]
    public void NamesAreComparedWithCase() => Assert.Equal(PlanAction.Create, Good([Wanted("A")], [Key("k1", "a")])[0].Action);

    [Fact]
    public void ANameHeldByTwoIsRefusedWithTheirIds() =>
        Assert.Contains("2 keys in r have the name 'a' that Line 1 of keys.json gives: k1, k2.",
            Refused("AmbiguousApiKey", [Wanted("a")], [Key("k2", "a"), Key("k1", "a")]));

    [Fact]
    public void DuringARotationTheNameMeansTheSuccessorAndTheOldKeyStays()
    {
        ApiKeyInfo[] actual = [Key("k1", "a", tags: "team=a&apikey:rotated-to=k2"), Key("k2", "a", tags: "team=a&apikey:rotated-from=k1"),
            Key("k3", "gone", tags: "team=a")];
        IReadOnlyList<PlannedChange> changes = Good([Wanted("a")], actual, new PlanRules(PruneTags: TagSet.Parse("team=a")));
        Assert.Equal([(PlanAction.None, "k2"), (PlanAction.Remove, "k3")], changes.Select(change => (change.Action, change.Id!)));
    }

    [Fact]
    public void InTheMiddleOfARotationTheNameMeansTheOldKeyAndTheSuccessorStays()
    {
        ApiKeyInfo[] actual = [Key("k1", "a", value: Old), Key("k2", "a", value: New, tags: "team=a&apikey:rotated-from=k1"),
            Key("k3", "gone")];
        PlanRules rules = new(PruneTags: TagSet.Parse("team=a"), AllowReplace: true);
        Assert.Equal([(PlanAction.None, "k1"), (PlanAction.Remove, "k3")], Good([Wanted("a")], actual, rules)
            .Select(change => (change.Action, change.Id!)));
        Assert.Contains("Invoke-ApiGatewayApiKeyRotation -Id k1", Refused("RotationUnfinished", [Wanted("a", value: New)], actual, rules));
    }

    [Fact]
    public void AKeyThatARotationProtectsDoesNotMakeTheOthersDisposable()
    {
        ApiKeyInfo[] actual = [Key("k1", "a", tags: "team=a&apikey:rotated-to=k2"), Key("k2", "a", tags: "team=a&apikey:rotated-from=k1")];
        Assert.Contains("The only key with the tags",
            Refused("WouldEmptyScope", [Wanted("c", tags: "x=1")], actual, new PlanRules(PruneTags: TagSet.Parse("team=a"))));
    }

    [Fact]
    public void AnOldKeyWhoseSuccessorIsGoneIsAKeyAsAnyOther() =>
        Assert.Equal("k1", Good([Wanted("a")], [Key("k1", "a", tags: "team=a&apikey:rotated-to=k2")])[0].Id);

    [Fact]
    public void AnIdTellsThemApart() => Assert.Equal("k1", Good([Wanted("a", id: "k1")], [Key("k2", "a"), Key("k1", "a")])[0].Id);

    [Fact]
    public void AnIdThatIsNotThereIsRefused()
        => Assert.Contains("does not exist in r", Refused("ApiKeyNotFound", [Wanted("a", id: "gone")], [Key("k1", "a")]));

    [Fact]
    public void AKeyMeantByIdAndByNameIsRefused() =>
        Refused("AmbiguousApiKey", [Wanted("a"), Wanted("b", id: "k1")], [Key("k1", "a")]);

    [Fact]
    public void AnotherValueIsReplacedOnlyWhenAllowed()
    {
        Refused("ReplaceNotAllowed", [Wanted("a", value: New)], [Key("k1", "a", value: Old)]);
        PlannedChange change = Assert.Single(Good([Wanted("a", value: New)], [Key("k1", "a", value: Old)],
            new PlanRules(AllowReplace: true)));
        Assert.Equal((PlanAction.Replace, "k1", 3), (change.Action, change.Id, change.Calls));
        Assert.DoesNotContain(change.Differences, difference => difference.Old == Old || difference.New == New);
        Assert.Equal(PlanAction.None, Good([Wanted("a", value: Old)], [Key("k1", "a", value: Old)])[0].Action);
    }

    [Fact]
    public void AReplacementThatDidNotEndIsFinished()
    {
        PlannedChange change = Assert.Single(Good([Wanted("a", description: "d", value: New)],
            [Key("k2", "a", value: New, age: 1), Key("k1", "a", value: Old, age: 2)], new PlanRules(AllowReplace: true)));
        Assert.Equal((PlanAction.Replace, "k1", 2), (change.Action, change.Id, change.Calls));

        // AWS's dates are whole seconds: both may have been made in the same one.
        Assert.Equal("k1", Assert.Single(Good([Wanted("a", value: New)],
            [Key("k2", "a", value: New, age: 1), Key("k1", "a", value: Old, age: 1)], new PlanRules(AllowReplace: true))).Id);

        // An older holder of the value is no successor of a younger key.
        Refused("AmbiguousApiKey", [Wanted("a", value: New)], [Key("k2", "a", value: New, age: 2), Key("k1", "a", value: Old, age: 1)],
            new PlanRules(AllowReplace: true));
    }

    [Theory]
    [InlineData("ValueIsImmutable", "a", "k1")]
    [InlineData("ApiKeyConflict", "b", null)]
    public void AValueThatCannotBeIsRefused(string errorId, string name, string? id) =>
        Refused(errorId, [Wanted(name, id: id, value: id is null ? Old : New)], [Key("k1", "a", value: Old)],
            new PlanRules(AllowReplace: true));

    [Theory]
    [InlineData(Old, "gives another value for API key 'a (k1)' than it has")]
    [InlineData(null, "gives a value for API key 'a (k1)', and AWS did not show which one it has. Remove the value.")]
    public void WhyAValueIsRefusedDependsOnWhetherAwsShowedTheKeys(string? value, string says) => Assert.Contains(says,
        Refused("ValueIsImmutable", [Wanted("a", id: "k1", value: New)], [Key("k1", "a", value: value)],
            new PlanRules(AllowReplace: true)));

    [Fact]
    public void AValueThatMayBeThatOfTheKeyIsRefused() => Assert.Contains("AWS did not show it. Remove the value.",
        Refused("ApiKeyConflict", [Wanted("a", value: New)], [Key("k1", "a")], new PlanRules(AllowReplace: true)));

    [Fact]
    public void OnlyTheScopeIsPruned()
    {
        PlanRules rules = new(PruneTags: TagSet.Parse("m=1&n="));
        ApiKeyInfo[] actual = [Key("k1", "a", tags: "m=1&n="), Key("k2", "b", tags: "m=1&n=&x=y"), Key("k3", "c", tags: "m=1"),
            Key("k4", "d", tags: "m=2&n=")];
        Assert.Equal(["k2"], Good([Wanted("a")], actual, rules).Where(change => change.Action == PlanAction.Remove)
            .Select(change => change.Id));
        Assert.Contains("Every one of the 2 keys with the tags m=1, n= would be removed",
            Refused("WouldEmptyScope", [Wanted("c")], actual, rules));
        Assert.Equal(["k1", "k2"], Good([Wanted("c")], actual, rules with { AllowEmptyScope = true })
            .Where(change => change.Action == PlanAction.Remove).Select(change => change.Id));
    }

    [Fact]
    public void TagsOthersManageAreNoDifference() =>
        Assert.Equal(PlanAction.None, Good([Wanted("a", tags: "k8s/mine=1")], [Key("k1", "a", tags: "team=a&k8s/x=1&aws:y=2")])[0].Action);

    private static DesiredKey Wanted(string name, string? id = null, string? description = null, string? value = null,
        string tags = "") => new(
        id,
        new ApiKeySpec { Name = name, Description = description, Value = value, Tags = TagSet.Parse(tags) }.Complete(new ApiKeySpec()),
        Source,
        new NodePlace(1, 1));

    private static ApiKeyInfo Key(string id, string name, string? value = null, string tags = "team=a", int age = 0) => new()
    {
        Id = id,
        Name = name,
        Description = ApiKeySpec.DefaultDescription,
        Enabled = true,
        Value = value,
        Arn = "arn",
        Region = "r",
        CreatedDate = DateTimeOffset.UnixEpoch.AddDays(-age),
        Tags = Policy.Own(TagSet.Parse(tags)),
        TagsAll = Policy.Managed(TagSet.Parse(tags)),
        RotatedFrom = TagSet.Parse(tags).ValueOf("apikey:rotated-from"),
        RotatedTo = TagSet.Parse(tags).ValueOf("apikey:rotated-to"),
    };

    private static IReadOnlyList<PlannedChange> Good(IReadOnlyList<DesiredKey> desired, IReadOnlyList<ApiKeyInfo> actual,
        PlanRules? rules = null)
    {
        (IReadOnlyList<PlannedChange> changes, IReadOnlyList<PlanProblem> problems) = KeyPlanner.Plan(desired, actual, "r", Policy,
            rules ?? new PlanRules());
        Assert.Empty(problems);
        return changes;
    }

    private static string Refused(string errorId, IReadOnlyList<DesiredKey> desired, IReadOnlyList<ApiKeyInfo> actual,
        PlanRules? rules = null)
    {
        (IReadOnlyList<PlannedChange> changes, IReadOnlyList<PlanProblem> problems) = KeyPlanner.Plan(desired, actual, "r", Policy,
            rules ?? new PlanRules());
        PlanProblem problem = Assert.Single(problems);
        Assert.Empty(changes);
        Assert.Equal(errorId, problem.ErrorId);
        string message = string.Join('\n', problem.Lines);
        Assert.DoesNotContain(Old, message);
        Assert.DoesNotContain(New, message);
        return message;
    }
}
