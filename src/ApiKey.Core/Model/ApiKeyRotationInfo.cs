namespace ApiKey.Model;

/// <summary>What becomes of a key that has a successor.</summary>
public enum OldKeyFate
{
    /// <summary>It goes on working beside its successor.</summary>
    Keep,

    /// <summary>It is disabled: its callers are refused, and it can be enabled again.</summary>
    Disable,

    /// <summary>It is deleted.</summary>
    Remove,
}

/// <summary>A rotation with everything done.</summary>
public sealed record ApiKeyRotationInfo
{
    /// <summary>The old key as it is now, or as it was when it was deleted. Null when it was gone already and was named by its id alone.</summary>
    public ApiKeyInfo? Old { get; init; }

    /// <summary>The successor, with its value.</summary>
    public required ApiKeyInfo New { get; init; }

    /// <summary>What became of the old key.</summary>
    public OldKeyFate OldKey { get; init; }

    /// <summary>Both keys by name and id, never a value.</summary>
    public override string ToString() => $"{Old?.ToString() ?? "(removed)"} -> {New}";
}
