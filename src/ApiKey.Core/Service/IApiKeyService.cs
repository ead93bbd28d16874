using ApiKey.Model;
using ApiKey.Tags;
using ApiKey.Traffic;

namespace ApiKey.Service;

/// <summary>
/// The port: what the module needs of API Gateway, one method a call. An <see cref="ApiKeyInfo"/> that comes out has every
/// tag that is on the key in <see cref="ApiKeyInfo.Tags"/>; <see cref="Planning.ApiKeyOperations"/> applies the tag policy.
/// </summary>
/// <remarks>Every method throws <see cref="ApiGatewayException"/> for a call that failed, and nothing else but cancellation.</remarks>
public interface IApiKeyService : IDisposable
{
    /// <summary>The region the calls go to.</summary>
    string Region { get; }

    /// <summary>Whose quotas the calls count against. Needs the credentials, and no call to API Gateway.</summary>
    Task<QuotaScope> FindQuotaScopeAsync(CancellationToken cancellationToken);

    /// <summary>CreateApiKey: one call. The answer has the value.</summary>
    Task<ApiKeyInfo> CreateAsync(ApiKeySpec spec, CancellationToken cancellationToken);

    /// <summary>GetApiKey: one call.</summary>
    Task<ApiKeyInfo> GetAsync(string id, bool includeValue, CancellationToken cancellationToken);

    /// <summary>GetApiKeys: one call for one page. A null position asks for the first page.</summary>
    Task<Page<ApiKeyInfo>> ListAsync(ApiKeyQuery query, string? position, CancellationToken cancellationToken);

    /// <summary>UpdateApiKey with a replace operation per change: one call. The answer never has the value.</summary>
    Task<ApiKeyInfo> UpdateAsync(string id, IReadOnlyList<FieldChange> changes, CancellationToken cancellationToken);

    /// <summary>DeleteApiKey: one call.</summary>
    Task DeleteAsync(string id, CancellationToken cancellationToken);

    /// <summary>TagResource: one call.</summary>
    Task TagAsync(string id, TagSet tags, CancellationToken cancellationToken);

    /// <summary>UntagResource: one call.</summary>
    Task UntagAsync(string id, IReadOnlyCollection<string> keys, CancellationToken cancellationToken);

    /// <summary>ImportApiKeys: one call for many keys.</summary>
    /// <param name="keyFile">AWS's key file format: CSV in UTF-8, with a header.</param>
    /// <param name="failOnWarnings">Whether AWS takes everything back when it would warn.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<ImportAnswer> ImportAsync(ReadOnlyMemory<byte> keyFile, bool failOnWarnings, CancellationToken cancellationToken);
}

/// <summary>What ImportApiKeys answers. Which id belongs to which row AWS does not say.</summary>
/// <param name="Ids">The ids of the keys made or overwritten.</param>
/// <param name="Warnings">What AWS has to say about rows.</param>
public sealed record ImportAnswer(IReadOnlyList<string> Ids, IReadOnlyList<string> Warnings);

/// <summary>What a listing asks the service for. Filters the service does not have are applied by the caller.</summary>
/// <param name="NamePrefix">Only keys whose name starts with this (case-sensitive, as AWS does it); null for all.</param>
/// <param name="CustomerId">Only keys of this customer; null for all.</param>
/// <param name="IncludeValues">Whether the answer carries the secrets.</param>
public sealed record ApiKeyQuery(string? NamePrefix = null, string? CustomerId = null, bool IncludeValues = false)
{
    /// <summary>Keys asked for per page: the most AWS gives.</summary>
    public const int PageSize = 500;
}

/// <summary>One replace operation of an update.</summary>
/// <param name="Path">The patch path, for example <c>/description</c>.</param>
/// <param name="Value">The new value as text; empty clears.</param>
public sealed record FieldChange(string Path, string Value);

/// <summary>The AWS side as a whole: loaded on the first call, in an AssemblyLoadContext of its own.</summary>
public interface IApiGatewayAdapter
{
    /// <summary>Makes a client for a connection. Finds region and credentials; makes no API Gateway call.</summary>
    /// <exception cref="ApiGatewayException">Region or credentials cannot be found, or settings contradict each other.</exception>
    ApiGatewayServices Open(ApiGatewayConnection connection);

    /// <summary>Says what is in force for a connection and where each part came from. Makes no call and shows no secret.</summary>
    ConnectionReport Describe(ApiGatewayConnection connection);

    /// <summary>The regions the SDK knows, by name. Makes no call.</summary>
    IReadOnlyList<NamedRegion> ListRegions();

    /// <summary>The profiles of the shared files, or of one file, by name. Makes no call.</summary>
    /// <param name="location">The file; null for the usual ones.</param>
    IReadOnlyList<NamedProfile> ListProfiles(string? location);
}

/// <summary>A region as it is written and as it is called.</summary>
/// <param name="Name">For example <c>eu-central-1</c>.</param>
/// <param name="DisplayName">For example <c>Europe (Frankfurt)</c>.</param>
public sealed record NamedRegion(string Name, string DisplayName);

/// <summary>A profile and what is in it, no secret.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">Its kind of credentials and its region.</param>
public sealed record NamedProfile(string Name, string Description);
