namespace ApiKey.Calls;

/// <summary>What ImportApiKeys answers. Which id belongs to which row AWS does not say.</summary>
/// <param name="Ids">The ids of the keys made or overwritten.</param>
/// <param name="Warnings">What AWS has to say about rows.</param>
internal sealed record ImportAnswer(IReadOnlyList<string> Ids, IReadOnlyList<string> Warnings);

/// <summary>What a listing asks the service for. Filters the service does not have are applied by the caller.</summary>
/// <param name="NamePrefix">Only keys whose name starts with this (case-sensitive, as AWS does it); null for all.</param>
/// <param name="CustomerId">Only keys of this customer; null for all.</param>
/// <param name="IncludeValues">Whether the answer carries the secrets.</param>
internal sealed record ApiKeyQuery(string? NamePrefix = null, string? CustomerId = null, bool IncludeValues = false)
{
    /// <summary>Keys asked for per page: the most AWS gives.</summary>
    public const int PageSize = 500;
}

/// <summary>One replace operation of an update.</summary>
/// <param name="Path">The patch path, for example <c>/description</c>.</param>
/// <param name="Value">The new value as text; empty clears.</param>
internal sealed record FieldChange(string Path, string Value);

/// <summary>What a patch of a usage plan does.</summary>
internal enum PlanPatchKind
{
    /// <summary>Puts something in.</summary>
    Add,

    /// <summary>Puts something in place of what is there.</summary>
    Replace,

    /// <summary>Takes something off.</summary>
    Remove,
}

/// <summary>One operation of an update of a usage plan.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Path">The patch path, for example <c>/quota/limit</c>.</param>
/// <param name="Value">The value as text; null for none.</param>
internal sealed record PlanPatch(PlanPatchKind Kind, string Path, string? Value = null);

/// <summary>One page of a listing.</summary>
/// <param name="Items">What is on it.</param>
/// <param name="Position">Where the next page starts; null on the last one.</param>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? Position);

/// <summary>Whose usage of which plan, from the first day to the last.</summary>
/// <param name="PlanId">The plan.</param>
/// <param name="KeyId">The key; null for every key of the plan.</param>
/// <param name="First">The first day.</param>
/// <param name="Last">The last day.</param>
internal sealed record UsageQuery(string PlanId, string? KeyId, DateOnly First, DateOnly Last);

/// <summary>A key's usage, day by day from the first one asked for.</summary>
/// <param name="KeyId">The key.</param>
/// <param name="Days">What was used and what was left of each day.</param>
internal sealed record KeyUsage(string KeyId, IReadOnlyList<(long Used, long? Remaining)> Days);
