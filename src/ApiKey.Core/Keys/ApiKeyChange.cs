using ApiKey.Attributes;
using ApiKey.Calls;
using ApiKey.Model;
using ApiKey.Tags;

namespace ApiKey.Keys;

/// <summary>What a caller wants changed on an existing key.</summary>
/// <param name="Wanted">The attributes to set; null means leave as it is. <see cref="ApiKeySpec.Tags"/> means exactly these own
/// tags.</param>
internal sealed record ApiKeyChange(ApiKeySpec Wanted)
{
    /// <summary>Tags to put on the key in addition to those it has.</summary>
    public TagSet AddTags { get; init; } = TagSet.Empty;

    /// <summary>Keys of tags to take off the key. Taking off an override of a default tag brings the default back.</summary>
    public IReadOnlyCollection<string> RemoveTags { get; init; } = [];

    /// <summary>The replace operations for the attributes that were specified.</summary>
    public IReadOnlyList<FieldChange> Fields =>
    [
        .. ApiKeyField.All
            .Where(field => field.PatchPath is not null && field.Wanted(Wanted) is not null)
            .Select(field => new FieldChange(field.PatchPath!, field.Wanted(Wanted)!)),
    ];

    /// <summary>Whether tags are to change.</summary>
    public bool ChangesTags => Wanted.Tags is not null || AddTags.Count > 0 || RemoveTags.Count > 0;

    /// <summary>Whether anything is to change.</summary>
    public bool IsEmpty => Fields.Count == 0 && !ChangesTags;

    /// <summary>
    /// The tags to take off and to put on. Without knowledge of the key (null), additions and removals are sent as they were
    /// specified; with it, only what differs.
    /// </summary>
    public (IReadOnlyCollection<string> Remove, TagSet Add) TagSteps(TagPolicy policy, TagSet? onKey)
    {
        if (Wanted.Tags is { } exactly)
        {
            TagSet managed = policy.Managed(onKey
                ?? throw new ArgumentNullException(nameof(onKey), "An exact set of tags is compared with what the key has."));
            TagSet wanted = policy.WithoutIgnored(policy.Merge(exactly));

            // The marks of a rotation go only when they are named: without them an old key in use looks like any other.
            return (managed.RemovedBy(wanted).Without(RotationMarks.All).Keys, managed.UpdatedBy(wanted));
        }

        TagSet add = policy.WithoutIgnored(policy.Defaults.Only(RemoveTags).Merge(AddTags));
        IEnumerable<string> remove = RemoveTags.Where(key => !add.ContainsKey(key) && !policy.IsForeign(key))
            .Distinct(StringComparer.Ordinal);
        return onKey is null
            ? ([.. remove], add)
            : ([.. remove.Where(onKey.ContainsKey)], onKey.UpdatedBy(add));
    }
}
