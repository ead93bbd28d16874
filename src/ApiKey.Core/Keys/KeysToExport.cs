using System.Collections.Concurrent;
using ApiKey.Calls;
using ApiKey.Model;
using ApiKey.Plans;
using ApiKey.Service;
using ApiKey.Text;

namespace ApiKey.Keys;

/// <summary>Reads keys with the usage plans they are in. The plans of a region are read once, with all of their keys, so that nobody asks
/// key by key.</summary>
/// <param name="includeValues">Whether values are read.</param>
/// <param name="includePlans">Whether plans are; otherwise nobody looks.</param>
/// <param name="cancellationToken">Ends the reading.</param>
internal sealed class KeysToExport(bool includeValues, bool includePlans, CancellationToken cancellationToken)
{
    private readonly ConcurrentDictionary<UsagePlanOperations, SharedRead<PlanMembers?>> _members = [];

    /// <summary>Every key of a region, page by page.</summary>
    public IAsyncEnumerable<IReadOnlyList<ApiKeyInfo>> ListAsync(ApiKeyOperations keys) =>
        keys.ListAsync(new ApiKeyQuery(IncludeValues: includeValues), cancellationToken);

    /// <summary>A key as it was given, or read: one call when only the id is known, or the value is wanted and not known.</summary>
    public async Task<(ApiKeyInfo Key, IReadOnlyList<UsagePlanInfo>? Plans)> GetAsync(ApiKeyIdentity identity, ApiKeyOperations keys,
        UsagePlanOperations plans)
    {
        // First what may not be allowed, and is read once: without it there is no export.
        PlanMembers? members = await ReadMembersAsync(plans);
        ApiKeyInfo key = identity.Key is { } known && (known.Value is not null || !includeValues) ? known
            : await keys.GetAsync(identity.Id, includeValues, cancellationToken);
        return (key, members?.PlansOf(key.Id));
    }

    /// <summary>Every usage plan of a region, and which keys are in it; null where nobody looks.</summary>
    public Task<PlanMembers?> ReadMembersAsync(UsagePlanOperations plans) => includePlans
        ? _members.GetOrAdd(plans, new SharedRead<PlanMembers?>(() => ReadAsync(plans))).GetAsync() : Task.FromResult<PlanMembers?>(null);

    private async Task<PlanMembers?> ReadAsync(UsagePlanOperations plans)
    {
        try
        {
            return await PlanMembers.ReadAsync(plans, cancellationToken);
        }
        catch (ApiGatewayException denied) when (denied.Kind == ApiGatewayErrorKind.AccessDenied)
        {
            throw denied.Because($"{denied.Message.TrimEnd('.')}. To export keys without their usage plans, use "
                + $"{Words.Typed.Setting("SkipUsagePlan")}.");
        }
    }
}
