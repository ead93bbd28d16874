using ApiKey.Model;

namespace ApiKey.Service;

/// <summary>
/// The port beside <see cref="IApiKeyService"/>: usage plans, the keys in them, and usage, one method a call. A plan that
/// comes out has every tag that is on it; <see cref="Planning.UsagePlanOperations"/> applies the tag policy.
/// </summary>
/// <remarks>Every method throws <see cref="ApiGatewayException"/> for a call that failed, and nothing else but cancellation.</remarks>
public interface IUsagePlanService
{
    /// <summary>The region the calls go to.</summary>
    string Region { get; }

    /// <summary>CreateUsagePlan: one call.</summary>
    Task<UsagePlanInfo> CreateAsync(UsagePlanSpec spec, CancellationToken cancellationToken);

    /// <summary>GetUsagePlan: one call.</summary>
    Task<UsagePlanInfo> GetAsync(string id, CancellationToken cancellationToken);

    /// <summary>GetUsagePlans: one call for one page of all plans, or of those a key is in.</summary>
    Task<Page<UsagePlanInfo>> ListAsync(string? apiKeyId, string? position, CancellationToken cancellationToken);

    /// <summary>UpdateUsagePlan that takes stages off: one call. AWS allows one in 20 seconds.</summary>
    Task<UsagePlanInfo> RemoveStagesAsync(string id, IReadOnlyCollection<PlanStage> stages, CancellationToken cancellationToken);

    /// <summary>DeleteUsagePlan: one call. AWS refuses it while the plan has stages.</summary>
    Task DeleteAsync(string id, CancellationToken cancellationToken);

    /// <summary>CreateUsagePlanKey: one call.</summary>
    Task<UsagePlanKeyInfo> AddKeyAsync(string planId, string keyId, CancellationToken cancellationToken);

    /// <summary>GetUsagePlanKey: one call.</summary>
    Task<UsagePlanKeyInfo> GetKeyAsync(string planId, string keyId, CancellationToken cancellationToken);

    /// <summary>GetUsagePlanKeys: one call for one page. A plan that is not there has none.</summary>
    /// <param name="planId">The plan.</param>
    /// <param name="namePrefix">Only keys whose name starts with this (case-sensitive, as AWS does it); null for all.</param>
    /// <param name="position">Where the page starts; null for the first one.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<Page<UsagePlanKeyInfo>> ListKeysAsync(string planId, string? namePrefix, string? position, CancellationToken cancellationToken);

    /// <summary>DeleteUsagePlanKey: one call.</summary>
    Task RemoveKeyAsync(string planId, string keyId, CancellationToken cancellationToken);

    /// <summary>GetUsage: one call for one page of keys.</summary>
    Task<Page<KeyUsage>> GetUsageAsync(UsageQuery query, string? position, CancellationToken cancellationToken);

    /// <summary>UpdateUsage: one call. Answers the usage of the day.</summary>
    Task<KeyUsage?> SetRemainingAsync(string planId, string keyId, long remaining, CancellationToken cancellationToken);
}

/// <summary>Both ports of one client.</summary>
/// <param name="Keys">Keys and tags.</param>
/// <param name="Plans">Usage plans, the keys in them, and usage.</param>
public sealed record ApiGatewayServices(IApiKeyService Keys, IUsagePlanService Plans);

/// <summary>One page of a listing.</summary>
/// <param name="Items">What is on it.</param>
/// <param name="Position">Where the next page starts; null on the last one.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Position);

/// <summary>Whose usage of which plan, from the first day to the last.</summary>
/// <param name="PlanId">The plan.</param>
/// <param name="KeyId">The key; null for every key of the plan.</param>
/// <param name="First">The first day.</param>
/// <param name="Last">The last day.</param>
public sealed record UsageQuery(string PlanId, string? KeyId, DateOnly First, DateOnly Last);

/// <summary>A key's usage, day by day from the first one asked for.</summary>
/// <param name="KeyId">The key.</param>
/// <param name="Days">What was used and what was left of each day.</param>
public sealed record KeyUsage(string KeyId, IReadOnlyList<(long Used, long? Remaining)> Days);
