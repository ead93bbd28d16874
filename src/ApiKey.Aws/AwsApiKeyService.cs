using System.Globalization;
using Amazon.APIGateway;
using Amazon.APIGateway.Model;
using ApiKey.Model;
using ApiKey.Service;
using ApiKey.Tags;
using ApiKey.Traffic;
using WireKey = Amazon.APIGateway.Model.ApiKey;

namespace ApiKey.Aws;

/// <summary>The port on the service client: one call a method, tried once, failures in the module's own terms.</summary>
internal sealed class AwsApiKeyService : IApiKeyService
{
    private readonly IAmazonAPIGateway _client;
    private readonly Func<string, CancellationToken, Task<QuotaScope>> _findScope;
    private readonly string _serviceArn;
    private readonly string _arnPrefix;

    public AwsApiKeyService(IAmazonAPIGateway client, string region, Func<string, CancellationToken, Task<QuotaScope>> findScope)
    {
        _client = client;
        _findScope = findScope;
        _serviceArn = Wire.ServiceArn(region);
        _arnPrefix = _serviceArn + "/apikeys/";
        Region = region;
    }

    public string Region { get; }

    public Task<QuotaScope> FindQuotaScopeAsync(CancellationToken cancellationToken) =>
        ServiceCall.RunAsync($"apigateway:GET on {_serviceArn}/apikeys", () => _findScope(Region, cancellationToken), cancellationToken);

    public Task<ApiKeyInfo> CreateAsync(ApiKeySpec spec, CancellationToken cancellationToken)
    {
        CreateApiKeyRequest request = new()
        {
            Name = spec.Name,
            Description = spec.Description,
            Enabled = spec.Enabled,
            Value = Wire.NullIfEmpty(spec.Value),
            CustomerId = Wire.NullIfEmpty(spec.CustomerId),
            Tags = spec.Tags is { Count: > 0 } tags ? Wire.ToWire(tags) : null,
        };
        string action = $"apigateway:POST on {_serviceArn}/apikeys";
        return ServiceCall.RunAsync(
            request.Tags is null ? action : $"{action} and apigateway:PUT for its tags",
            async () =>
            {
                CreateApiKeyResponse key = await _client.CreateApiKeyAsync(request, cancellationToken);
                return ToInfo(key.Id, key.Name, key.Description, key.Enabled, key.CustomerId, key.Value, key.CreatedDate, key.LastUpdatedDate, key.StageKeys, key.Tags, isChange: true);
            },
            cancellationToken,
            new Secrets(spec.Value));
    }

    public Task<ApiKeyInfo> GetAsync(string id, bool includeValue, CancellationToken cancellationToken) => ServiceCall.RunAsync(
        OnKey("GET", id),
        async () =>
        {
            GetApiKeyResponse key = await _client.GetApiKeyAsync(new GetApiKeyRequest { ApiKey = id, IncludeValue = includeValue }, cancellationToken);
            return ToInfo(Wire.Same(id, key.Id), key.Name, key.Description, key.Enabled, key.CustomerId, key.Value, key.CreatedDate, key.LastUpdatedDate, key.StageKeys, key.Tags);
        },
        cancellationToken);

    public Task<Page<ApiKeyInfo>> ListAsync(ApiKeyQuery query, string? position, CancellationToken cancellationToken) => ServiceCall.RunAsync(
        $"apigateway:GET on {_serviceArn}/apikeys",
        async () =>
        {
            GetApiKeysResponse page = await _client.GetApiKeysAsync(
                new GetApiKeysRequest
                {
                    NameQuery = query.NamePrefix,
                    CustomerId = query.CustomerId,
                    IncludeValues = query.IncludeValues,
                    Limit = ApiKeyQuery.PageSize,
                    Position = position,
                },
                cancellationToken);
            return new Page<ApiKeyInfo>([.. Wire.List(page.Items).Select(ToInfo)], Wire.NullIfEmpty(page.Position));
        },
        cancellationToken,
        new Secrets(position));

    public Task<ApiKeyInfo> UpdateAsync(string id, IReadOnlyList<FieldChange> changes, CancellationToken cancellationToken) => ServiceCall.RunAsync(
        OnKey("PATCH", id),
        async () =>
        {
            UpdateApiKeyResponse key = await _client.UpdateApiKeyAsync(
                new UpdateApiKeyRequest
                {
                    ApiKey = id,
                    PatchOperations = [.. changes.Select(change => new PatchOperation { Op = Op.Replace, Path = change.Path, Value = change.Value })],
                },
                cancellationToken);

            // AWS never answers an update with the value; other servers do, and it was not asked for.
            return ToInfo(Wire.Same(id, key.Id), key.Name, key.Description, key.Enabled, key.CustomerId, null, key.CreatedDate, key.LastUpdatedDate, key.StageKeys, key.Tags);
        },
        cancellationToken);

    public Task DeleteAsync(string id, CancellationToken cancellationToken) => ServiceCall.RunAsync(
        OnKey("DELETE", id),
        () => _client.DeleteApiKeyAsync(new DeleteApiKeyRequest { ApiKey = id }, cancellationToken),
        cancellationToken);

    public Task TagAsync(string id, TagSet tags, CancellationToken cancellationToken) => ServiceCall.RunAsync(
        OnTags("PUT", id),
        () => _client.TagResourceAsync(new TagResourceRequest { ResourceArn = _arnPrefix + id, Tags = Wire.ToWire(tags) }, cancellationToken),
        cancellationToken);

    public async Task UntagAsync(string id, IReadOnlyCollection<string> keys, CancellationToken cancellationToken)
    {
        foreach (List<string> group in SignableGroups(keys))
        {
            await ServiceCall.RunAsync(
                OnTags("DELETE", id),
                () => _client.UntagResourceAsync(new UntagResourceRequest { ResourceArn = _arnPrefix + id, TagKeys = group }, cancellationToken),
                cancellationToken);
        }
    }

    public Task<ImportAnswer> ImportAsync(ReadOnlyMemory<byte> keyFile, bool failOnWarnings, CancellationToken cancellationToken) => ServiceCall.RunAsync(
        $"apigateway:POST on {_serviceArn}/apikeys",
        async () =>
        {
            using MemoryStream body = new(keyFile.ToArray(), writable: false);
            ImportApiKeysResponse answer = await _client.ImportApiKeysAsync(
                new ImportApiKeysRequest { Body = body, Format = ApiKeysFormat.Csv, FailOnWarnings = failOnWarnings },
                cancellationToken);
            return new ImportAnswer(answer.Ids ?? [], answer.Warnings ?? []);
        },
        cancellationToken,
        new Secrets(null, keyFile));

    public void Dispose() => _client.Dispose();

    // AWSSDK.Core signs the values of a repeated query parameter in the order of their plain text, SigV4 wants that of their
    // encoded text ("a1" and "a:b" are such a pair). Nearly always the two agree and this is one group, so one call.
    private static List<List<string>> SignableGroups(IEnumerable<string> keys)
    {
        List<List<string>> groups = [];
        string? last = null;
        foreach (string key in keys.Order(StringComparer.Ordinal))
        {
            string encoded = Uri.EscapeDataString(key);
            if (last is null || string.CompareOrdinal(encoded, last) < 0)
            {
                groups.Add([]);
            }

            groups[^1].Add(key);
            last = encoded;
        }

        return groups;
    }

    private string OnKey(string verb, string id) => string.Create(CultureInfo.InvariantCulture, $"apigateway:{verb} on {_arnPrefix}{id}");

    private string OnTags(string verb, string id) =>
        string.Create(CultureInfo.InvariantCulture, $"apigateway:{verb} on {_serviceArn}/tags/{Uri.EscapeDataString(_arnPrefix + id)}");

    private ApiKeyInfo ToInfo(WireKey key) =>
        ToInfo(key.Id, key.Name, key.Description, key.Enabled, key.CustomerId, key.Value, key.CreatedDate, key.LastUpdatedDate, key.StageKeys, key.Tags);

    // The SDK has no common type for an API key in a listing and in single answers.
    private ApiKeyInfo ToInfo(
        string? id,
        string? name,
        string? description,
        bool? enabled,
        string? customerId,
        string? value,
        DateTime? created,
        DateTime? updated,
        List<string>? stageKeys,
        Dictionary<string, string>? tags,
        bool isChange = false)
    {
        return new ApiKeyInfo
        {
            Id = Wire.Id(id, "an API key", isChange),
            Name = Wire.NullIfEmpty(name),
            Description = Wire.NullIfEmpty(description),
            Enabled = enabled ?? false,
            CustomerId = Wire.NullIfEmpty(customerId),
            Value = Wire.NullIfEmpty(value),
            CreatedDate = ToUtc(created),
            LastUpdatedDate = ToUtc(updated),
            Arn = _arnPrefix + id,
            Region = Region,
            StageKeys = stageKeys ?? [],
            Tags = Wire.ToTags(tags),
        };
    }

    private static DateTimeOffset? ToUtc(DateTime? time) => time is { } known ? new DateTimeOffset(known.ToUniversalTime()) : null;
}
