using ApiKey.Model;
using ApiKey.Tags;

namespace ApiKey.Calls;

/// <summary>
/// A usage plan as API Gateway answers it, with every tag that is on it. What users hold is made of this in one place, where the
/// tag policy is applied.
/// </summary>
/// <param name="Untagged">All of it but its tags.</param>
/// <param name="AllTags">Every tag on it, whoever manages it.</param>
internal sealed record RawPlan(UsagePlanInfo Untagged, TagSet AllTags)
{
    /// <summary>The id.</summary>
    public string Id => Untagged.Id;
}
