using System.Globalization;
using ApiKey.Text;

namespace ApiKey.Model;

/// <summary>What a plan does with a key.</summary>
public enum PlanAction : long
{
    /// <summary>Nothing: it is as it should be.</summary>
    None,

    /// <summary>It is made.</summary>
    Create,

    /// <summary>It is changed in place.</summary>
    Update,

    /// <summary>A new key is made and the old one removed, because a value cannot change.</summary>
    Replace,

    /// <summary>It is removed.</summary>
    Remove,
}

/// <summary>What a change is about, as Terraform's types of resources tell them apart.</summary>
public enum PlannedResource : long
{
    /// <summary>An API key.</summary>
    ApiKey,

    /// <summary>A usage plan.</summary>
    UsagePlan,

    /// <summary>A key in a usage plan: it is put into the plan, or taken out of it.</summary>
    UsagePlanKey,
}

/// <summary>How far a change has come.</summary>
public enum ChangeStatus : long
{
    /// <summary>It is a plan.</summary>
    Planned,

    /// <summary>It was made.</summary>
    Done,

    /// <summary>It was not made, or not to its end; an error says why when it was tried.</summary>
    NotDone,
}

/// <summary>How one attribute differs.</summary>
/// <param name="Field">The attribute, for example <c>Description</c>; a tag is <c>Tags.env</c>.</param>
/// <param name="Old">What it is; null when it is not there.</param>
/// <param name="New">What it should be; null when it should go.</param>
public sealed record FieldDifference(string Field, string? Old, string? New)
{
    /// <summary>Stands for a value, which is never shown.</summary>
    public const string Sensitive = "(sensitive)";

    /// <summary>For reading: <c>Description 'a' -> 'b'</c>.</summary>
    public override string ToString() => (Old, New) switch
    {
        (null, _) => $"{Attribute} = {Quote(New)}",
        (_, null) => $"{Attribute} {Quote(Old)} taken off",
        _ => $"{Attribute} {Quote(Old)} -> {Quote(New)}",
    };

    // It has a tag's key in it.
    private string Attribute => Show.Escape(Field);

    // One line whatever is in it.
    private static string Quote(string? text)
    {
        const int Longest = 60;
        string all = text ?? "";
        string start = all.Length > Longest ? $"{all[..(Longest - 3)]}..." : all;
        return all == Sensitive ? all : $"'{Show.Escape(start)}'";
    }
}

/// <summary>An id that is known from the start, or once the thing is made.</summary>
internal sealed class MadeId
{
    /// <summary>The id; null while the thing is not made.</summary>
    public string? Id { get; set; }
}

/// <summary>What a plan does with one key, one usage plan or one key in a usage plan, and what came of it.</summary>
public sealed record PlannedChange
{
    private readonly IReadOnlyList<FieldDifference> _differences = TextList<FieldDifference>.Empty;

    /// <summary>What it is about.</summary>
    public PlannedResource Resource { get; init; }

    /// <summary>What is done.</summary>
    public required PlanAction Action { get; init; }

    /// <summary>The name of the key or the usage plan, the wanted one when it changes.</summary>
    public required string Name { get; init; }

    /// <summary>The id of what is there; null when it is made.</summary>
    public string? Id { get; init; }

    /// <summary>The usage plan that a key is put into or taken out of: its name, and its id where there is one. Null for anything
    /// else.</summary>
    public string? UsagePlan { get; init; }

    /// <summary>The region.</summary>
    public required string Region { get; init; }

    /// <summary>How its attributes differ. A value is <c>(sensitive)</c>.</summary>
    public IReadOnlyList<FieldDifference> Differences
    {
        get => _differences;
        init => _differences = TextList<FieldDifference>.Of(value);
    }

    /// <summary>Why, in a sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>Whether it was done.</summary>
    public ChangeStatus Status { get; init; }

    /// <summary>The key as it is after the change; its value is there only when it was asked for. Null before, and when it was
    /// removed.</summary>
    public ApiKeyInfo? Key { get; init; }

    /// <summary>The usage plan as it is after the change. Null before, and when it was removed.</summary>
    public UsagePlanInfo? Plan { get; init; }

    /// <summary>How many calls it takes.</summary>
    public int Calls { get; init; }

    /// <summary>The whole plan in a line, on the last of its changes.</summary>
    public string? Summary { get; init; }

    /// <summary>What the key should be.</summary>
    internal ApiKeySpec? Wanted { get; init; }

    /// <summary>The key that is changed or removed.</summary>
    internal ApiKeyInfo? Current { get; init; }

    /// <summary>The key that takes its place, when a replacement that did not end has made it already.</summary>
    internal ApiKeyInfo? Successor { get; init; }

    /// <summary>Whether a new key takes the place of one, and nothing says which usage plans it is to be in: then it is in none.</summary>
    internal bool LeavesPlans { get; init; }

    /// <summary>What is changed in place.</summary>
    internal ApiKeySpec? Update { get; init; }

    /// <summary>The usage plan that should be.</summary>
    internal UsagePlanSpec? WantedPlan { get; init; }

    /// <summary>The usage plan that is changed or removed.</summary>
    internal UsagePlanInfo? CurrentPlan { get; init; }

    /// <summary>The id of the key or usage plan, also when this change is what makes it.</summary>
    internal MadeId? Made { get; init; }

    /// <summary>The id of the plan that a key is put into or taken out of.</summary>
    internal MadeId? MadePlan { get; init; }

    /// <summary>Whether a create leaves it to one look for all to find what another run made at the same time.</summary>
    internal bool LooksTogether { get; init; }

    /// <summary>Whether a change of a plan waits until keys have left other plans.</summary>
    internal bool IsLate { get; init; }

    /// <summary>
    /// When it is its turn: what is of an earlier turn is done before. Plans and keys are there before keys join; keys leave one plan
    /// right before they join another; and what is removed goes last.
    /// </summary>
    internal int Turn => (Resource, Action) switch
    {
        (PlannedResource.UsagePlan, PlanAction.Remove) => 6,
        (PlannedResource.ApiKey, PlanAction.Remove) => 5,
        (PlannedResource.UsagePlanKey, PlanAction.Create) => 4,
        (PlannedResource.UsagePlan, _) when IsLate => 3,
        (PlannedResource.UsagePlanKey, _) => 2,
        (PlannedResource.ApiKey, _) => 1,
        _ => 0,
    };

    /// <summary>What to call it: its name, and its id where there is one; and what it is, where that is not a key.</summary>
    public string Title => Resource switch
    {
        PlannedResource.UsagePlan => $"usage plan {Subject}",
        PlannedResource.UsagePlanKey => $"{Subject} in usage plan {Show.Escape(UsagePlan ?? "")}",
        _ => Subject,
    };

    private string Subject => Show.Escape(Id is null ? Name : $"{Name} ({Id})");

    /// <summary>Name, id and what is done, never the value.</summary>
    public override string ToString() => $"{Action} {Title}";

    /// <summary>The change in a line: <c>Change API key 'a (k1)' in us-east-1: Description 'x' -> 'y'</c>.</summary>
    internal string Describe()
    {
        string differences = string.Join(", ", Differences);
        string what = Resource switch
        {
            PlannedResource.UsagePlan => $"{Verb} usage plan '{Subject}'",
            PlannedResource.UsagePlanKey when Action == PlanAction.Create
                => $"Put API key '{Subject}' into usage plan '{Show.Escape(UsagePlan ?? "")}'",
            PlannedResource.UsagePlanKey => $"Take API key '{Subject}' out of usage plan '{Show.Escape(UsagePlan ?? "")}'",
            _ => $"{Verb} API key '{Subject}'",
        };
        return $"{what} in {Region}{(differences.Length == 0 ? "" : ": ")}{differences}";
    }

    private string Verb => Action switch
    {
        PlanAction.Create => "Create",
        PlanAction.Update => "Change",
        PlanAction.Replace => "Replace",
        PlanAction.Remove => "Remove",
        _ => "Keep",
    };

    /// <summary>A line that sums changes up.</summary>
    /// <param name="changes">All of a plan's changes.</param>
    internal static string Summarize(IReadOnlyCollection<PlannedChange> changes)
    {
        bool planned = changes.All(change => change.Action == PlanAction.None || change.Status == ChangeStatus.Planned);
        int Count(PlanAction action) => changes.Count(change => change.Action == action && (planned || change.Status == ChangeStatus.Done));
        int unchanged = changes.Count(change => change.Action == PlanAction.None);
        int notDone = changes.Count(change => change.Status == ChangeStatus.NotDone);
        (string create, string update, string replace, string remove) = planned
            ? ("to create", "to change", "to replace", "to remove")
            : ("created", "changed", "replaced", "removed");
        string rest = notDone == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {notDone} not done");
        return string.Create(CultureInfo.InvariantCulture,
            $"{Count(PlanAction.Create)} {create}, {Count(PlanAction.Update)} {update}, {Count(PlanAction.Replace)} {replace}, "
            + $"{Count(PlanAction.Remove)} {remove}, {unchanged} unchanged{rest}");
    }
}
