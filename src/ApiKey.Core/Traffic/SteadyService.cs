using ApiKey.Model;
using ApiKey.Service;
using ApiKey.Tags;

namespace ApiKey.Traffic;

/// <summary>The port to keys as one command uses it: where repeating is safe, and what a repeated call's answer means.</summary>
/// <param name="inner">The client; it is not disposed with this.</param>
/// <param name="runner">Paces and repeats.</param>
internal sealed class SteadyService(IApiKeyService inner, SteadyRunner runner) : IApiKeyService
{
    public string Region => inner.Region;

    public Task<QuotaScope> FindQuotaScopeAsync(CancellationToken cancellationToken) => inner.FindQuotaScopeAsync(cancellationToken);

    /// <summary>A create names its value, so it may be repeated: AWS takes a value only once, and no second key can come of it.</summary>
    /// <exception cref="ArgumentNullException">No value is named.</exception>
    public async Task<ApiKeyInfo> CreateAsync(ApiKeySpec spec, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(spec.Value);
        bool lost = false;
        try
        {
            return await runner.RunAsync(
                CallKind.Create,
                token => inner.CreateAsync(spec, token),
                cancellationToken,
                failure => (lost |= failure.MayHaveHappened) || true);
        }
        catch (ApiGatewayException failure) when (lost && !failure.MayHaveHappened)
        {
            throw failure.AfterLostAnswer();
        }
    }

    public Task<ApiKeyInfo> GetAsync(string id, bool includeValue, CancellationToken cancellationToken) =>
        runner.ReadAsync(token => inner.GetAsync(id, includeValue, token), cancellationToken);

    public Task<Page<ApiKeyInfo>> ListAsync(ApiKeyQuery query, string? position, CancellationToken cancellationToken) =>
        runner.ReadAsync(token => inner.ListAsync(query, position, token), cancellationToken);

    public Task<ApiKeyInfo> UpdateAsync(string id, IReadOnlyList<FieldChange> changes, CancellationToken cancellationToken) =>
        runner.RunAsync(CallKind.Other, token => inner.UpdateAsync(id, changes, token), cancellationToken);

    /// <summary>A key that is gone after an answer was lost was deleted by the try whose answer was lost.</summary>
    public Task DeleteAsync(string id, CancellationToken cancellationToken) =>
        runner.RunUntilGoneAsync(CallKind.Delete, token => inner.DeleteAsync(id, token), cancellationToken);

    public Task TagAsync(string id, TagSet tags, CancellationToken cancellationToken) =>
        runner.RunAsync(CallKind.Other, token => inner.TagAsync(id, tags, token), cancellationToken);

    public Task UntagAsync(string id, IReadOnlyCollection<string> keys, CancellationToken cancellationToken) =>
        runner.RunAsync(CallKind.Other, token => inner.UntagAsync(id, keys, token), cancellationToken);

    /// <summary>An import may be repeated: a row whose value exists overwrites that key with the same content.</summary>
    public Task<ImportAnswer> ImportAsync(ReadOnlyMemory<byte> keyFile, bool failOnWarnings, CancellationToken cancellationToken) =>
        runner.RunAsync(CallKind.Other, token => inner.ImportAsync(keyFile, failOnWarnings, token), cancellationToken);

    public void Dispose()
    {
        // The client belongs to the pool.
    }
}
