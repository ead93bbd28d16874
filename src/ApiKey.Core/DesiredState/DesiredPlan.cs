using ApiKey.Formats;
using ApiKey.Model;
using ApiKey.Text;

namespace ApiKey.DesiredState;

/// <summary>
/// One usage plan that should be. Its spec says all of it: what an entry omits is none, as in a resource block of Terraform.
/// </summary>
/// <param name="Id">The plan meant; null to mean it by its name.</param>
/// <param name="Spec">What it should be.</param>
/// <param name="Source">Where the entry stands.</param>
/// <param name="Place">Where in it.</param>
internal sealed record DesiredPlan(string? Id, UsagePlanSpec Spec, DesiredSource Source, NodePlace Place)
{
    /// <summary>The region the entry is about; null for the connection's.</summary>
    public string? Region { get; init; }

    /// <summary>Where it stands, for example <c>Line 4 of keys.json</c>.</summary>
    public string Origin => Source.Origin(Place);

    /// <summary>The name.</summary>
    public override string ToString() => Show.Escape($"Usage plan {Show.Quote(Spec.Name)}");

    /// <summary>Notes with its source each entry that says what an earlier one says already.</summary>
    public static void FindDoubles(IReadOnlyList<DesiredPlan> plans, bool isOneRegion)
    {
        Dictionary<(string?, string), DesiredPlan> ids = [];
        foreach (DesiredPlan plan in plans.Where(plan => plan.Id is not null && !ids.TryAdd((RegionOf(plan), plan.Id), plan)))
        {
            plan.Source.Add(plan.Place, $"{ids[(RegionOf(plan), plan.Id!)].Origin} has the same id. Keep one of the two.");
        }

        foreach (DesiredPlan[] same in plans.GroupBy(plan => (RegionOf(plan), plan.Spec.Name)).Select(group => group.ToArray())
            .Where(same => same.Length > 1 && same.Any(plan => plan.Id is null)))
        {
            foreach (DesiredPlan plan in same.Skip(1))
            {
                plan.Source.Add(plan.Place, $"{same[0].Origin} has the same name, {Show.Quote(plan.Spec.Name)}, so the name does not tell "
                    + "which usage plan is meant. Give each of them its id, or keep one.");
            }
        }

        string? RegionOf(DesiredPlan plan) => isOneRegion ? null : plan.Region;
    }
}

/// <summary>How a usage plan is referred to.</summary>
internal enum PlanReferenceKind
{
    /// <summary>By its id, or by its name: what it fits decides, and it must fit just one plan.</summary>
    IdOrName,

    /// <summary>By its id.</summary>
    Id,

    /// <summary>By its name.</summary>
    Name,
}

/// <summary>Which usage plan an entry refers to: one of the same document, or one that is there.</summary>
/// <param name="Text">The id or name; with <paramref name="Plan"/> only for people.</param>
/// <param name="Kind">Which of the two.</param>
/// <param name="Place">Where it stands.</param>
/// <param name="Plan">The entry that is meant, where the document says it otherwise, as Terraform does for plans to come.</param>
internal sealed record PlanReference(string Text, PlanReferenceKind Kind, NodePlace Place, DesiredPlan? Plan = null);

/// <summary>A key that should be in a usage plan, whatever other plans it is in: what Terraform's aws_api_gateway_usage_plan_key
/// says.</summary>
/// <param name="KeyId">The key's id; null where <paramref name="Key"/> says which.</param>
/// <param name="Key">The entry that is the key; null where it is only known by its id.</param>
/// <param name="Plan">The usage plan.</param>
/// <param name="Source">Where the entry stands.</param>
/// <param name="Place">Where in it.</param>
internal sealed record DesiredMember(string? KeyId, DesiredKey? Key, PlanReference Plan, DesiredSource Source, NodePlace Place)
{
    /// <summary>The region the entry is about; null for the connection's.</summary>
    public string? Region { get; init; }
}

/// <summary>What a desired state says: keys, usage plans, and which key is in which plan.</summary>
internal sealed record DesiredEntries
{
    /// <summary>Nothing specified.</summary>
    public static DesiredEntries None { get; } = new();

    /// <summary>The keys that should be. A key's own list of plans, where it has one, is with it.</summary>
    public IReadOnlyList<DesiredKey> Keys { get; init; } = [];

    /// <summary>The usage plans that should be.</summary>
    public IReadOnlyList<DesiredPlan> Plans { get; init; } = [];

    /// <summary>Keys that should be in plans in addition to what the keys' own lists say.</summary>
    public IReadOnlyList<DesiredMember> Members { get; init; } = [];

    /// <summary>Whether keys are listed at all, none included: otherwise keys are not looked at.</summary>
    public bool ListsKeys { get; init; }

    /// <summary>Whether usage plans are listed at all, none included: otherwise none is made, changed or removed.</summary>
    public bool ListsPlans { get; init; }

    /// <summary>Whether anything is specified of usage plans or of keys in them.</summary>
    public bool TouchesPlans => ListsPlans || Members.Count > 0 || Keys.Any(key => key.UsagePlans is not null);

    /// <summary>Both together.</summary>
    public DesiredEntries With(DesiredEntries other) => new()
    {
        Keys = [.. Keys, .. other.Keys],
        Plans = [.. Plans, .. other.Plans],
        Members = [.. Members, .. other.Members],
        ListsKeys = ListsKeys || other.ListsKeys,
        ListsPlans = ListsPlans || other.ListsPlans,
    };

    /// <summary>Notes with its source each entry that means what an earlier one means.</summary>
    /// <param name="isOneRegion">Whether all of them are of one region, whether they say so or not.</param>
    public void FindDoubles(bool isOneRegion = false)
    {
        DesiredKey.FindDoubles(Keys, isOneRegion);
        DesiredPlan.FindDoubles(Plans, isOneRegion);
    }
}
