namespace ApiKey.Emulator;

/// <summary>A key to put into an emulator without a call. What is omitted is made up as CreateApiKey would.</summary>
public sealed record SeedKey
{
    /// <summary>The region it lives in.</summary>
    public required string Region { get; init; }

    /// <summary>The id; keys from before 2016 have one equal to their value.</summary>
    public string? Id { get; init; }

    /// <summary>The secret.</summary>
    public string? Value { get; init; }

    /// <summary>The name.</summary>
    public string? Name { get; init; }

    /// <summary>The description.</summary>
    public string? Description { get; init; }

    /// <summary>The AWS Marketplace customer identifier.</summary>
    public string? CustomerId { get; init; }

    /// <summary>Whether callers can use it.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>When it was made; now when omitted.</summary>
    public DateTimeOffset? CreatedDate { get; init; }

    /// <summary>Its tags; tags of AWS's own (<c>aws:</c>) can be put on only here.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
