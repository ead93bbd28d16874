using ApiKey.Service;

namespace ApiKey.Calls;

/// <summary>
/// The port: sends calls to API Gateway in one region. A key or plan that comes out has every tag that is on it; the operations
/// apply the tag policy.
/// </summary>
internal interface IApiGateway : IDisposable
{
    /// <summary>The region the calls go to.</summary>
    string Region { get; }

    /// <summary>Whose quotas the calls count against. Needs the credentials, and no call to API Gateway.</summary>
    Task<QuotaScope> FindQuotaScopeAsync(CancellationToken cancellationToken);

    /// <summary>Sends a call, once.</summary>
    /// <exception cref="ApiGatewayException">It failed; nothing else comes out but cancellation.</exception>
    Task<T> SendAsync<T>(Call<T> call, CancellationToken cancellationToken);
}
