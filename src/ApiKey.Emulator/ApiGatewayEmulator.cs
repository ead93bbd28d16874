using System.Collections.Concurrent;

namespace ApiKey.Emulator;

/// <summary>
/// An API Gateway in memory. It answers the key and tag operations as AWS does: status codes, fields present, error texts,
/// paging. Each region has keys of its own; the region is the one the request was signed for. Safe for concurrent use.
/// </summary>
/// <remarks>What AWS does was taken from recordings of real answers first, then from its documentation.</remarks>
public sealed class ApiGatewayEmulator
{
    private readonly ConcurrentDictionary<string, RegionStore> _regions = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _counts = new(StringComparer.Ordinal);
    private readonly TimeProvider _clock;
    private long _requestCount;

    /// <summary>An empty emulator.</summary>
    /// <param name="clock">What time it is; the system's when left out.</param>
    public ApiGatewayEmulator(TimeProvider? clock = null)
    {
        _clock = clock ?? TimeProvider.System;
    }

    /// <summary>How many requests came in all, refused ones too.</summary>
    public long RequestCount => Interlocked.Read(ref _requestCount);

    private long Now => _clock.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>How many requests of an operation came in, for example <c>CreateApiKey</c>.</summary>
    public long CountOf(string operation) => _counts.GetValueOrDefault(operation);

    /// <summary>Answers a request. Never throws for what is in it.</summary>
    public EmulatorResponse Handle(EmulatorRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        Interlocked.Increment(ref _requestCount);
        string requestId = Guid.NewGuid().ToString();
        try
        {
            RegionStore store = StoreOf(SignatureScope.RegionOf(request));
            (Operation operation, Call call) = Operation.Match(request);
            _counts.AddOrUpdate(operation.Name, 1, (_, count) => count + 1);
            return new EmulatorResponse(operation.SuccessStatus, operation.Run(store, call, Now), null, requestId);
        }
        catch (ServiceError error)
        {
            ReadOnlyMemory<byte> body = Call.Json(writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("message", error.Message);
                writer.WriteEndObject();
            });
            return new EmulatorResponse(error.Status, body, error.ErrorType, requestId);
        }
    }

    /// <summary>Puts a key in without a call; gives back its id.</summary>
    /// <exception cref="ArgumentException">The id or the value is used already.</exception>
    public string Seed(SeedKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        RegionStore store = StoreOf(key.Region);
        lock (store.Gate)
        {
            long created = key.CreatedDate?.ToUnixTimeSeconds() ?? Now;
            StoredKey stored = new()
            {
                Id = key.Id ?? store.NewId(),
                Value = key.Value ?? RegionStore.NewValue(),
                Sequence = store.NextSequence,
                CreatedDate = created,
                LastUpdatedDate = created,
                Name = key.Name ?? "",
                Description = key.Description ?? "",
                CustomerId = key.CustomerId ?? "",
                Enabled = key.Enabled,
                Tags = new SortedDictionary<string, string>(key.Tags.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal),
            };
            store.Add(stored);
            return stored.Id;
        }
    }

    /// <summary>Every tag on a key, AWS's own included.</summary>
    /// <exception cref="KeyNotFoundException">There is no such key.</exception>
    public IReadOnlyDictionary<string, string> TagsOf(string region, string id)
    {
        RegionStore store = StoreOf(region);
        lock (store.Gate)
        {
            try
            {
                return store.Find(id).Tags.ToDictionary(StringComparer.Ordinal);
            }
            catch (ServiceError missing)
            {
                throw new KeyNotFoundException($"There is no key {id} in {region}.", missing);
            }
        }
    }

    private RegionStore StoreOf(string region) => _regions.GetOrAdd(region, name => new RegionStore(name));
}
