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
    public bool ChangesTags => !Tags.IsEmpty;

    /// <summary>What changes about the tags.</summary>
    public TagChange Tags => new(Wanted.Tags, AddTags, RemoveTags);

    /// <summary>Whether anything is to change.</summary>
    public bool IsEmpty => Fields.Count == 0 && !ChangesTags;

    /// <summary>What is to change, in words.</summary>
    public IReadOnlyList<string> Parts => [.. Fields.Select(field => field.Path[1..]), .. ChangesTags ? ["tags"] : Array.Empty<string>()];

    /// <summary>What AWS would not accept of it, each problem a sentence.</summary>
    public IReadOnlyList<string> ProblemsOf(TagPolicy policy) =>
        [.. ApiKeyField.ProblemsOf(Wanted with { Tags = null }, TagPolicy.None), .. TagRules.ProblemsOf(Tags, policy)];

    /// <summary>
    /// The tags to take off and to put on. Without knowledge of the key (null), additions and removals are sent as they were
    /// specified; with it, only what differs.
    /// </summary>
    public (IReadOnlyCollection<string> Remove, TagSet Add) TagSteps(TagPolicy policy, TagSet? onKey) =>
        // The marks of a rotation go only when they are named: without them an old key in use looks like any other.
        Tags.Steps(policy, onKey, RotationMarks.All);
}
