using System.Diagnostics;
using ApiKey.Service;
using ApiKey.Tags;
using ApiKey.Text;

namespace ApiKey.Model;

/// <summary>
/// An API key as it is: what the commands emit. Terraform's spellings (<c>tags_all</c>, <c>customer_id</c>, …) are alias
/// properties of it in PowerShell.
/// </summary>
public sealed record ApiKeyInfo
{
    private readonly IReadOnlyList<string> _stageKeys = TextList<string>.Empty;

    /// <summary>The id. Usually ten lower-case letters and digits; keys from before 2016 have an id equal to their value.</summary>
    public required string Id { get; init; }

    /// <summary>The name; null when the key has none.</summary>
    public string? Name { get; init; }

    /// <summary>The description; null when the key has none.</summary>
    public string? Description { get; init; }

    /// <summary>Whether callers can use the key.</summary>
    public bool Enabled { get; init; }

    /// <summary>The AWS Marketplace customer identifier; null when the key has none.</summary>
    public string? CustomerId { get; init; }

    /// <summary>The secret. Null unless it was asked for; no view, message or <see cref="ToString"/> shows it.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? Value { get; init; }

    /// <summary>When the key was made, in UTC, to the second.</summary>
    public DateTimeOffset? CreatedDate { get; init; }

    /// <summary>When the key last changed, in UTC, to the second.</summary>
    public DateTimeOffset? LastUpdatedDate { get; init; }

    /// <summary><c>arn:{partition}:apigateway:{region}::/apikeys/{id}</c>, without an account id, as API Gateway writes it.</summary>
    public required string Arn { get; init; }

    /// <summary>The region the key lives in.</summary>
    public required string Region { get; init; }

    /// <summary>The profile the key was read with; null when none was named.</summary>
    public string? ProfileName => Connection?.ProfileName;

    /// <summary>The stages a key from before usage plans is tied to, as <c>apiId/stage</c>.</summary>
    public IReadOnlyList<string> StageKeys
    {
        get => _stageKeys;
        init => _stageKeys = TextList<string>.Of(value);
    }

    /// <summary>The key's own tags: those on it less AWS's own, ignored ones, and those equal to a default tag.</summary>
    public TagSet Tags { get; init; } = TagSet.Empty;

    /// <summary>Terraform's <c>tags_all</c>: own and default tags, less AWS's own and ignored ones.</summary>
    public TagSet TagsAll { get; init; } = TagSet.Empty;

    /// <summary>
    /// The id of the key that a rotation made this one from; null for none. Read from what is on the key, whichever tags the
    /// connection ignores.
    /// </summary>
    public string? RotatedFrom { get; init; }

    /// <summary>
    /// The id of the key that a rotation made to take the place of this one; null for none. Read from what is on the key,
    /// whichever tags the connection ignores.
    /// </summary>
    public string? RotatedTo { get; init; }

    /// <summary>
    /// The CloudFormation stack that owns the key; null for none. What is changed here and not in its template is drift: the next
    /// update of the stack may undo it, or fail. Read from the tag that CloudFormation puts on it.
    /// </summary>
    public string? StackName { get; init; }

    /// <summary>The connection the key was read through, so that it goes back to where it lives when piped on.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    internal ApiGatewayConnection? Connection { get; init; }

    /// <summary>The name and the id, never the value.</summary>
    public override string ToString() => Label(Name, Id);

    /// <summary>A key as messages name it.</summary>
    internal static string Label(string? name, string id)
        => Show.Escape(name is null ? Show.Plain(id) : $"{name} ({Show.Plain(id).Trim('(', ')')})");
}
