namespace ApiKey.Model;

/// <summary>What is to become of a key that has a successor.</summary>
public enum OldKeyAction : long
{
    /// <summary>It goes on working next to its successor.</summary>
    Keep,

    /// <summary>It is disabled: its callers are refused, and it can be enabled again.</summary>
    Disable,

    /// <summary>It is deleted.</summary>
    Remove,
}

/// <summary>What has become of a key that has a successor.</summary>
public enum OldKeyState : long
{
    /// <summary>It is enabled, as before.</summary>
    Kept,

    /// <summary>It is enabled, and the command will disable or remove it before it ends, once its successor can be relied on.</summary>
    Waiting,

    /// <summary>It is disabled. At AWS it may be accepted for another minute and a half.</summary>
    Disabled,

    /// <summary>It is deleted. At AWS it may be accepted for another minute and a half.</summary>
    Removed,
}

/// <summary>
/// A rotation: the successor is in place. The old key is disabled or removed later when callers would be cut off otherwise;
/// <see cref="Old"/> and <see cref="OldKey"/> change when that is done.
/// </summary>
public sealed record ApiKeyRotationInfo
{
    /// <summary>The old key as it is now, or as it was when it was deleted. Null when it was gone already and was named by its id
    /// alone.</summary>
    public ApiKeyInfo? Old { get; internal set; }

    /// <summary>The successor, with its value.</summary>
    public required ApiKeyInfo New { get; init; }

    /// <summary>What has become of the old key.</summary>
    public OldKeyState OldKey { get; internal set; }

    /// <summary>
    /// When the successor can be relied on, in UTC: 90 seconds after it joined its last usage plan, because AWS refuses it for
    /// 21 to 85 seconds. For a successor in no plan, when it was made.
    /// </summary>
    public DateTimeOffset ReliableFrom { get; init; }

    /// <summary>Both keys by name and id, never a value.</summary>
    public override string ToString() => $"{Old?.ToString() ?? "(removed)"} -> {New}";
}
