using ApiKey.Attributes;
using ApiKey.Keys;
using ApiKey.Model;
using ApiKey.Tags;

namespace ApiKey.DesiredState;

/// <summary>How a key differs from what it should be, and the change that makes up for it. Tags are compared as Terraform's
/// tags_all.</summary>
internal sealed class KeyComparison
{
    /// <summary>Compares.</summary>
    /// <param name="wanted">What the key should be, every attribute but the value specified.</param>
    /// <param name="current">What it is.</param>
    /// <param name="policy">The tag policy.</param>
    public KeyComparison(ApiKeySpec wanted, ApiKeyInfo current, TagPolicy policy)
    {
        // What a rotation marks its keys with does not concern a desired state.
        wanted = wanted with { Tags = current.TagsAll.Only(RotationMarks.All).Merge(wanted.Tags!.Without(RotationMarks.All)) };
        ApiKeyField[] fields = [.. ApiKeyField.All.Where(field => field.PatchPath
            is not null && !string.Equals(field.Wanted(wanted), field.Current(current), StringComparison.Ordinal))];
        Kept = [.. fields.Where(field => !field.CanBeCleared && string.IsNullOrEmpty(field.Wanted(wanted)))];
        fields = [.. fields.Except(Kept)];
        (IReadOnlyCollection<string> remove, TagSet add) = new ApiKeyChange(new ApiKeySpec { Tags = wanted.Tags })
            .TagSteps(policy, current.TagsAll);
        TagSet? tags = remove.Count > 0 || add.Count > 0 ? wanted.Tags : null;
        Change = new ApiKeyChange(fields.Aggregate(new ApiKeySpec { Tags = tags },
            (spec, field) => field.Read(spec, field.Wanted(wanted)!)));
        Calls = (fields.Length > 0 ? 1 : 0) + (remove.Count > 0 ? 1 : 0) + (add.Count > 0 ? 1 : 0);
        Differences =
        [
            .. fields.Select(field => new FieldDifference(field.Name, field.Current(current), field.Wanted(wanted))),
            .. DifferencesOf(current.TagsAll, current.TagsAll.Without(remove).Merge(add)),
        ];
    }

    /// <summary>Only what differs.</summary>
    public ApiKeyChange Change { get; }

    /// <summary>What should be empty and cannot be cleared, so that it stays.</summary>
    public IReadOnlyList<ApiKeyField> Kept { get; }

    /// <summary>How many calls the change takes: at most one for attributes, one to take tags off and one to put tags on.</summary>
    public int Calls { get; }

    /// <summary>What differs, for people.</summary>
    public IReadOnlyList<FieldDifference> Differences { get; }

    /// <summary>What a key that is made says, for people.</summary>
    public static IReadOnlyList<FieldDifference> OfNew(ApiKeySpec spec, TagPolicy policy) =>
    [
        .. ApiKeyField.All
            .Where(field => field.Kind != FieldKind.Tags && field.Name != nameof(ApiKeySpec.Name) && field.Wanted(spec) is { Length: > 0 })
            .Select(field => new FieldDifference(field.Name, null,
                field.Update == FieldUpdate.Never ? FieldDifference.Sensitive : field.Wanted(spec))),
        .. DifferencesOf(TagSet.Empty, policy.Merge(spec.Tags!).Without(RotationMarks.All)),
    ];

    private static IEnumerable<FieldDifference> DifferencesOf(TagSet old, TagSet wanted)
        => old.Keys.Union(wanted.Keys, StringComparer.Ordinal)
        .Order(StringComparer.Ordinal)
        .Where(tag => !string.Equals(old.ValueOf(tag), wanted.ValueOf(tag), StringComparison.Ordinal))
        .Select(tag => new FieldDifference($"Tags.{tag}", old.ValueOf(tag), wanted.ValueOf(tag)));
}
