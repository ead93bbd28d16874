namespace ApiKey.Tags;

/// <summary>What a caller wants changed about the tags on something.</summary>
/// <param name="Exactly">Exactly these own tags; null for some of them only.</param>
/// <param name="Add">Tags to put on next to those that are there.</param>
/// <param name="Remove">Keys of tags to take off. Taking off an override of a default tag brings the default back.</param>
internal sealed record TagChange(TagSet? Exactly, TagSet Add, IReadOnlyCollection<string> Remove)
{
    /// <summary>No change.</summary>
    public static TagChange None { get; } = new(null, TagSet.Empty, []);

    /// <summary>Whether nothing is to change.</summary>
    public bool IsEmpty => Exactly is null && Add.Count == 0 && Remove.Count == 0;

    /// <summary>Every key of a tag that is named.</summary>
    public IEnumerable<string> Named => Add.Merge(Exactly ?? TagSet.Empty).Keys.Concat(Remove);

    /// <summary>
    /// The tags to take off and to put on. Without knowledge of what is there (null), additions and removals are sent as they were
    /// given; with it, only what differs.
    /// </summary>
    /// <param name="policy">The tag policy in force.</param>
    /// <param name="present">Every tag that is there; null when it is not known.</param>
    /// <param name="kept">Keys of tags that go only when they are named.</param>
    public (IReadOnlyCollection<string> Remove, TagSet Add) Steps(TagPolicy policy, TagSet? present, IReadOnlyCollection<string> kept)
    {
        if (Exactly is { } exactly)
        {
            TagSet managed = policy.Managed(present
                ?? throw new ArgumentNullException(nameof(present), "An exact set of tags is compared with what is there."));
            TagSet wanted = policy.WithoutIgnored(policy.Merge(exactly));
            return (managed.RemovedBy(wanted).Without(kept).Keys, managed.UpdatedBy(wanted));
        }

        TagSet add = policy.WithoutIgnored(policy.Defaults.Only(Remove).Merge(Add));
        IEnumerable<string> remove = Remove.Where(key => !add.ContainsKey(key) && !policy.IsForeign(key)).Distinct(StringComparer.Ordinal);
        return present is null
            ? ([.. remove], add)
            : ([.. remove.Where(present.ContainsKey)], present.UpdatedBy(add));
    }
}
