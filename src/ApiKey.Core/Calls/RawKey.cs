using System.Diagnostics;
using ApiKey.Model;
using ApiKey.Tags;

namespace ApiKey.Calls;

/// <summary>
/// An API key as API Gateway answers it, with every tag that is on it. What users hold is an <see cref="ApiKeyInfo"/>, made of
/// this in one place, where the tag policy is applied.
/// </summary>
internal sealed record RawKey
{
    /// <summary>The id.</summary>
    public required string Id { get; init; }

    /// <summary>The name; null for none.</summary>
    public string? Name { get; init; }

    /// <summary>The description; null for none.</summary>
    public string? Description { get; init; }

    /// <summary>Whether callers can use it.</summary>
    public bool Enabled { get; init; }

    /// <summary>The AWS Marketplace customer identifier; null for none.</summary>
    public string? CustomerId { get; init; }

    /// <summary>The secret; null unless it was asked for.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? Value { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? CreatedDate { get; init; }

    /// <summary>When it last changed.</summary>
    public DateTimeOffset? LastUpdatedDate { get; init; }

    /// <summary>Its ARN.</summary>
    public required string Arn { get; init; }

    /// <summary>The region it lives in.</summary>
    public required string Region { get; init; }

    /// <summary>The stages a key from before usage plans is tied to.</summary>
    public IReadOnlyList<string> StageKeys { get; init; } = [];

    /// <summary>Every tag on it, whoever manages it.</summary>
    public TagSet AllTags { get; init; } = TagSet.Empty;

    /// <summary>The name and the id, never the value.</summary>
    public override string ToString() => ApiKeyInfo.Label(Name, Id);
}
