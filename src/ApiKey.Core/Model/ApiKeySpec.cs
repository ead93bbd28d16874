using ApiKey.Tags;
using ApiKey.Text;

namespace ApiKey.Model;

/// <summary>
/// What a caller asks a key to be. <b>null means not specified; empty means make it empty.</b> The attributes are those of
/// Terraform's <c>aws_api_gateway_api_key</c>; <c>ApiKeyField.All</c> walks them.
/// </summary>
internal sealed record ApiKeySpec
{
    /// <summary>The description that Terraform gives when none is specified; ours too, so that a key imported there shows no
    /// difference.</summary>
    public const string DefaultDescription = "Managed by Terraform";

    /// <summary>The name, 1 to 1024 characters. Not unique on AWS.</summary>
    public string? Name { get; init; }

    /// <summary>The description, at most 125,000 characters (AWS refuses 125,001).</summary>
    public string? Description { get; init; }

    /// <summary>Whether callers can use the key. AWS's own default is false, Terraform's and ours is true.</summary>
    public bool? Enabled { get; init; }

    /// <summary>The secret itself, 20 to 128 characters; when not specified AWS generates one. It can never change afterwards.</summary>
    public string? Value { get; init; }

    /// <summary>An AWS Marketplace customer identifier.</summary>
    public string? CustomerId { get; init; }

    /// <summary>The key's own tags, without default tags.</summary>
    public TagSet? Tags { get; init; }

    /// <summary>With what a desired state omits: its defaults, then Terraform's.</summary>
    internal ApiKeySpec Complete(ApiKeySpec defaults) => this with
    {
        Description = Description ?? defaults.Description ?? DefaultDescription,
        Enabled = Enabled ?? defaults.Enabled ?? true,
        CustomerId = CustomerId ?? defaults.CustomerId ?? "",
        Tags = Tags ?? defaults.Tags ?? TagSet.Empty,
    };

    /// <summary>The name, never the value.</summary>
    public override string ToString() => Show.Escape($"API key {Show.Quote(Name)}");
}
