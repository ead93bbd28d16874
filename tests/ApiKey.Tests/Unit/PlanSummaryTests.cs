using ApiKey.Model;

namespace ApiKey.Tests.Unit;

/// <summary>The line that sums a plan up speaks of what is to come until something was tried, and of what came of it after that.</summary>
[Trait(Category.Name, Category.Unit)]
public class PlanSummaryTests
{
    private static readonly PlannedChange Create = new() { Action = PlanAction.Create, Name = "a", Region = "r", Reason = "" };
    private static readonly PlannedChange Update = Create with { Action = PlanAction.Update };
    private static readonly PlannedChange Unchanged = Create with { Action = PlanAction.None };

    public static TheoryData<string> Sums => [.. All.Keys];

    private static Dictionary<string, PlannedChange[]> All => new()
    {
        ["0 to create, 0 to change, 0 to replace, 0 to remove, 0 unchanged"] = [],
        ["0 to create, 0 to change, 0 to replace, 0 to remove, 2 unchanged"] = [Unchanged, Unchanged],
        ["1 to create, 1 to change, 0 to replace, 0 to remove, 1 unchanged"] = [Create, Unchanged, Update],

        // What is as it should be is done from the start.
        ["1 to create, 0 to change, 0 to replace, 0 to remove, 1 unchanged"] = [Create, Done(Unchanged)],
        ["1 created, 1 changed, 0 replaced, 0 removed, 0 unchanged"] = [Done(Create), Done(Update)],
        ["1 created, 0 changed, 0 replaced, 0 removed, 1 unchanged"] = [Done(Create), Unchanged],
        ["1 created, 0 changed, 0 replaced, 0 removed, 0 unchanged, 1 not done"] = [Done(Create), NotDone(Update)],
        ["0 created, 0 changed, 0 replaced, 0 removed, 0 unchanged, 2 not done"] = [NotDone(Create), NotDone(Update)],
        ["0 created, 1 changed, 1 replaced, 1 removed, 0 unchanged"] = [Done(Update), Done(Create with { Action = PlanAction.Replace }),
            Done(Create with { Action = PlanAction.Remove })],
    };

    [Theory]
    [MemberData(nameof(Sums))]
    public void APlanIsSummedUp(string sum) => Assert.Equal(sum, PlannedChange.Summarize(All[sum]));

    private static PlannedChange Done(PlannedChange change) => change with { Status = ChangeStatus.Done };

    private static PlannedChange NotDone(PlannedChange change) => change with { Status = ChangeStatus.NotDone };
}
