using System.Collections.Concurrent;
using ApiKey.Calls;

namespace ApiKey.Access;

/// <summary>What is read of APIs over one connection: each thing once for all keys of a command.</summary>
/// <param name="calls">Sends the calls.</param>
internal sealed class ApiReads(CallRunner calls)
{
    private readonly ConcurrentDictionary<Call, object> _reads = new();

    /// <summary>Whether an API takes keys from its authorizer: one call.</summary>
    public Task<ApiKeySource> GetKeySourceAsync(string api, CancellationToken cancellationToken) =>
        ReadAsync(new GetKeySource(api), cancellationToken);

    /// <summary>The methods that a stage serves: two calls.</summary>
    public async Task<IReadOnlyList<ApiMethod>> GetDeployedAsync(string api, string stage, CancellationToken cancellationToken)
    {
        StageDeployment deployment = await ReadAsync(new GetStageDeployment(api, stage), cancellationToken);
        return await ReadAsync(new GetDeployedMethods(api, deployment.Id), cancellationToken);
    }

    /// <summary>The methods of an API as they are now: a call for 500 resources.</summary>
    public async Task<IReadOnlyList<ApiMethod>> ListMethodsAsync(string api, CancellationToken cancellationToken)
    {
        List<ApiMethod> methods = [];
        IAsyncEnumerable<IReadOnlyList<ApiMethod>> pages = Pages.ReadAsync(
            position => ReadAsync(new ListMethods(api, position), cancellationToken), method => method.ToString());
        await foreach (IReadOnlyList<ApiMethod> page in pages)
        {
            methods.AddRange(page);
        }

        return methods;
    }

    private Task<T> ReadAsync<T>(Call<T> call, CancellationToken cancellationToken) =>
        ((SharedRead<T>)_reads.GetOrAdd(call, _ => new SharedRead<T>(() => calls.SendAsync(call, cancellationToken)))).GetAsync();
}
