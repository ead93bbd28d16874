using ApiKey.Model;

namespace ApiKey.Access;

/// <summary>Whether a key gets in, and where: as far as it is known.</summary>
/// <param name="KeyId">The key's id; null when its value is given.</param>
/// <param name="Value">The key's value; null when its id is given.</param>
/// <param name="ApiId">The API.</param>
/// <param name="Stage">The stage.</param>
/// <param name="Method">The verb of the request.</param>
/// <param name="Path">The path of the request.</param>
internal sealed record AccessQuestion(string? KeyId, string? Value, string? ApiId, string? Stage, string? Method, string? Path)
{
    /// <summary>Nothing of the value.</summary>
    public override string ToString() => $"{KeyId} at {ApiId}:{Stage}";
}

/// <summary>What was determined, from which the advice is made.</summary>
internal sealed record AccessFindings
{
    /// <summary>The key; null when it was not found.</summary>
    public ApiKeyInfo? Key { get; init; }

    /// <summary>Where the key is, or where it was looked for first.</summary>
    public required string Region { get; init; }

    /// <summary>Where the API is; null when it is not known.</summary>
    public string? ApiRegion { get; init; }

    /// <summary>The plan that counts; null for none.</summary>
    public UsagePlanInfo? Plan { get; init; }

    /// <summary>The plan that the advice is about; null for none.</summary>
    public UsagePlanInfo? AdvisedPlan { get; init; }

    /// <summary>Whether the API is there, and has no such stage.</summary>
    public bool IsStageMissing { get; init; }

    /// <summary>The method whose own throttle lets nothing through, as the plan names it; null for none.</summary>
    public string? ShutMethod { get; init; }

    /// <summary>The method as it is now; null when it is not known.</summary>
    public Calls.ApiMethod? Method { get; init; }

    /// <summary>The checks, in their order.</summary>
    public IReadOnlyList<AccessCheck> Checks { get; init; } = [];
}

/// <summary>One thing that was looked at.</summary>
/// <param name="Kind">What.</param>
/// <param name="Result">What came of it.</param>
/// <param name="Text">A sentence about it.</param>
/// <param name="IsDoubtful">Whether it was otherwise a moment ago, and may still be so where requests arrive.</param>
internal sealed record AccessCheck(ApiKeyCheckKind Kind, ApiKeyCheckResult Result, string Text, bool IsDoubtful = false);
