using ApiKey.Text;

namespace ApiKey.Model;

/// <summary>What is looked at to tell whether a key gets in, in this order.</summary>
public enum ApiKeyCheckKind : long
{
    /// <summary>Whether the key exists.</summary>
    Exists,

    /// <summary>Whether it is in the API's region.</summary>
    Region,

    /// <summary>Whether it is enabled.</summary>
    Enabled,

    /// <summary>Whether it is in a usage plan.</summary>
    UsagePlan,

    /// <summary>Whether the API and the stage are there, and a plan of the key opens the stage.</summary>
    Stage,

    /// <summary>Whether the quota has requests left.</summary>
    Quota,

    /// <summary>Whether rate and burst let anything through.</summary>
    Throttle,

    /// <summary>Whether its last change is known everywhere.</summary>
    Settled,

    /// <summary>Whether the method is there and asks for a key.</summary>
    Method,

    /// <summary>Whether the API reads the key from the header.</summary>
    KeySource,

    /// <summary>Whether the stage serves the method as it is now.</summary>
    Deployment,
}

/// <summary>What came of a check.</summary>
public enum ApiKeyCheckResult : long
{
    /// <summary>All is well.</summary>
    Passed,

    /// <summary>The key is refused for this.</summary>
    Failed,

    /// <summary>Worth knowing, but the key is not refused for it, or not for long.</summary>
    Notice,

    /// <summary>It could not be looked at: the credentials do not allow it.</summary>
    NotKnown,

    /// <summary>It was not asked for.</summary>
    NotAsked,
}

/// <summary>One check of a key.</summary>
public sealed class ApiKeyCheck
{
    /// <summary>What was looked at.</summary>
    public required ApiKeyCheckKind Name { get; init; }

    /// <summary>What came of it.</summary>
    public required ApiKeyCheckResult Result { get; init; }

    /// <summary>A sentence about it.</summary>
    public required string Text { get; init; }

    /// <summary>The command that fixes it; null when there is nothing to fix.</summary>
    public string? Remedy { get; init; }

    /// <summary>What was looked at and what came of it.</summary>
    public override string ToString() => Show.Escape($"{Name} {Result}: {Text}");
}

/// <summary>Whether AWS would let a key through, and if not, why.</summary>
public sealed class ApiKeyTestInfo
{
    /// <summary>True when it would, false when it would not, null when that cannot be determined.</summary>
    public bool? IsAllowed { get; init; }

    /// <summary>The answer in a sentence.</summary>
    public required string Answer { get; init; }

    /// <summary>The command that fixes the first cause; null when there is nothing to fix.</summary>
    public string? Remedy { get; init; }

    /// <summary>The key's id; null when it was not found.</summary>
    public string? ApiKeyId { get; init; }

    /// <summary>The key's name; null when it has none or was not found.</summary>
    public string? ApiKeyName { get; init; }

    /// <summary>Where the key is, or where it was looked for first.</summary>
    public required string Region { get; init; }

    /// <summary>The API that was asked about.</summary>
    public string? ApiId { get; init; }

    /// <summary>The stage that was asked about.</summary>
    public string? Stage { get; init; }

    /// <summary>The verb that was asked about.</summary>
    public string? Method { get; init; }

    /// <summary>The path that was asked about.</summary>
    public string? Path { get; init; }

    /// <summary>The checks, in their order.</summary>
    public required IReadOnlyList<ApiKeyCheck> Checks { get; init; }

    /// <summary>The answer.</summary>
    public override string ToString() => Show.Escape(Answer);
}
