using ApiKey.Model;
using ApiKey.Tags;

namespace ApiKey.Calls;

/// <summary>CreateUsagePlan. Names are not unique and nothing else marks a plan as ours.</summary>
internal sealed record CreatePlan(UsagePlanSpec Spec) : Call<RawPlan>
{
    public override CallEffect Effect => CallEffect.Once;

    public override string Verb => "POST";
}

/// <summary>GetUsagePlan.</summary>
internal sealed record GetPlan(string Id) : Call<RawPlan>;

/// <summary>GetUsagePlans: one page of all plans, or of those a key is in.</summary>
internal sealed record ListPlans(string? ApiKeyId, string? Position) : Call<Page<RawPlan>>
{
    public override string? Secret => Position;
}

/// <summary>UpdateUsagePlan: all patches or none.</summary>
internal sealed record UpdatePlan(string Id, IReadOnlyList<PlanPatch> Patches) : Call<RawPlan>
{
    public override CallKind Kind => CallKind.UpdatePlan;

    public override CallEffect Effect => CallEffect.Repeatable;

    public override string Verb => "PATCH";
}

/// <summary>TagResource on a plan.</summary>
internal sealed record TagPlan(string Id, TagSet Tags) : Call<Nothing>
{
    public override CallEffect Effect => CallEffect.Repeatable;

    public override string Verb => "PUT";
}

/// <summary>UntagResource on a plan.</summary>
internal sealed record UntagPlan(string Id, IReadOnlyCollection<string> Keys) : Call<Nothing>
{
    public override CallEffect Effect => CallEffect.Repeatable;

    public override string Verb => "DELETE";
}

/// <summary>DeleteUsagePlan. AWS refuses it while the plan has stages.</summary>
internal sealed record DeletePlan(string Id) : Call<Nothing>
{
    public override CallEffect Effect => CallEffect.Removes;

    public override string Verb => "DELETE";
}

/// <summary>CreateUsagePlanKey. A conflict after a lost answer may mean that the key is in the plan by now, or that another plan of it
/// opens the same stage.</summary>
internal sealed record AddPlanKey(string PlanId, string KeyId) : Call<UsagePlanKeyInfo>
{
    public override CallKind Kind => CallKind.PlanKey;

    public override CallEffect Effect => CallEffect.Repeatable;

    public override string Verb => "POST";

    public override Call<UsagePlanKeyInfo> LookAfterConflict => new GetPlanKey(PlanId, KeyId);
}

/// <summary>GetUsagePlanKey.</summary>
internal sealed record GetPlanKey(string PlanId, string KeyId) : Call<UsagePlanKeyInfo>;

/// <summary>GetUsagePlanKeys: one page. A plan that is not there has none.</summary>
/// <param name="PlanId">The plan.</param>
/// <param name="NamePrefix">Only keys whose name starts with this (case-sensitive, as AWS does it); null for all.</param>
/// <param name="Position">Where the page starts; null for the first one.</param>
internal sealed record ListPlanKeys(string PlanId, string? NamePrefix, string? Position) : Call<Page<UsagePlanKeyInfo>>
{
    public override string? Secret => Position;
}

/// <summary>DeleteUsagePlanKey.</summary>
internal sealed record RemovePlanKey(string PlanId, string KeyId) : Call<Nothing>
{
    public override CallKind Kind => CallKind.PlanKey;

    public override CallEffect Effect => CallEffect.Removes;

    public override string Verb => "DELETE";
}

/// <summary>GetUsage: one page of keys.</summary>
internal sealed record GetPlanUsage(UsageQuery Query, string? Position) : Call<Page<KeyUsage>>
{
    public override string? Secret => Position;
}

/// <summary>UpdateUsage: sets what a key has left. Answers the usage of the day; with null when there is none.</summary>
internal sealed record SetRemaining(string PlanId, string KeyId, long Remaining) : Call<KeyUsage?>
{
    public override CallEffect Effect => CallEffect.Repeatable;

    public override string Verb => "PATCH";
}
