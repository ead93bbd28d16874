using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using ApiKey.Emulator.Faults;
using ApiKey.Emulator.Service;
using ApiKey.Emulator.Store;
using ApiKey.Emulator.Wire;

namespace ApiKey.Emulator;

/// <summary>
/// An API Gateway in memory. It answers the operations on keys, tags and usage plans as AWS does: status codes, fields present, error
/// texts,
/// paging. Each region has keys of its own; the region is the one the request was signed for. Safe for concurrent use.
/// </summary>
/// <remarks>What AWS does was taken from recordings of real answers first, then from its documentation.</remarks>
public sealed class ApiGatewayEmulator : IDisposable
{
    private readonly ConcurrentDictionary<string, RegionStore> _regions = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _counts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<int, long> _statusCounts = new();
    private readonly TimeProvider _clock;
    private readonly EmulatorQuotas? _quotas;
    private readonly EmulatorCredential? _credential;
    private readonly FaultPlan _faults;
    private readonly StateFile? _state;
    private readonly TimeSpan _propagation;
    private long _requestCount;

    /// <summary>An empty emulator.</summary>
    /// <param name="clock">What time it is; the system's when omitted. A clock of a test's own drives quotas and late answers,
    /// too.</param>
    /// <param name="quotas">The quotas to enforce; none when omitted.</param>
    /// <param name="faults">What goes wrong; nothing when omitted.</param>
    /// <param name="credential">The credentials requests must be signed with; any when omitted.</param>
    /// <param name="statePath">The file that keeps keys and plans; none when omitted. It holds values and is readable by its owner
    /// only.</param>
    /// <param name="propagation">How long callers of stages do not meet a change of what keys open, as on AWS; not at all when left
    /// out.</param>
    /// <exception cref="ArgumentException">A fault is described wrongly.</exception>
    /// <exception cref="InvalidDataException">The state file is damaged or of a newer version; it is left as it is.</exception>
    /// <exception cref="StateFileException">The state file cannot be used: another emulator has it, or its folder does not allow
    /// it.</exception>
    public ApiGatewayEmulator(
        TimeProvider? clock = null,
        EmulatorQuotas? quotas = null,
        IReadOnlyCollection<EmulatorFault>? faults = null,
        EmulatorCredential? credential = null,
        string? statePath = null,
        TimeSpan propagation = default)
    {
        if (faults?.Select(fault => fault.FindProblem()).FirstOrDefault(wrong => wrong is not null) is { } message)
        {
            throw new ArgumentException(message, nameof(faults));
        }

        _faults = new FaultPlan(faults ?? []);
        _clock = clock ?? TimeProvider.System;
        _quotas = quotas;
        _credential = credential;
        _propagation = propagation;
        if (statePath is not null)
        {
            _state = StateFile.Open(statePath, () => _regions.Values, StoreOf);
            foreach (RegionStore store in _regions.Values)
            {
                store.Access.Settle();
            }
        }
    }

    /// <summary>What makes the ids, by their length; random ones when omitted. A test's own gives the same ids again.</summary>
    public Func<int, string>? NewId { get; init; }

    /// <summary>How many requests came in all, refused ones too.</summary>
    public long RequestCount => Interlocked.Read(ref _requestCount);

    /// <summary>What time it is.</summary>
    internal TimeProvider Clock => _clock;

    private long Now => _clock.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>How many requests of an operation came in, for example <c>CreateApiKey</c>.</summary>
    public long CountOf(string operation) => _counts.GetValueOrDefault(operation);

    /// <summary>How many requests were answered with a status, for example 429.</summary>
    public long CountOf(int status) => _statusCounts.GetValueOrDefault(status);

    /// <summary>The last error of the emulator's own, which a client saw as a 500; null when there was none. It is worth a
    /// report.</summary>
    public Exception? UnexpectedFailure { get; private set; }

    /// <summary>Why the state file could not be written lately, a sentence. It is tried again until it can; null when nothing is
    /// wrong.</summary>
    public string? StateProblem => _state?.Problem;

    /// <summary>Writes what the state file does not have yet; false when that failed, for the reason in <see
    /// cref="StateProblem"/>.</summary>
    public bool SaveState() => _state?.Save() ?? true;

    /// <summary>Answers a request. Never throws for what is in it.</summary>
    public EmulatorResponse Handle(EmulatorRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        EmulatorResponse answer;
        try
        {
            if (DataPlane.PathOf(request) is { } path)
            {
                return AnswerCaller(request, path);
            }

            answer = Answer(request);
        }
        catch (Exception failure)
        {
            answer = Fail(failure);
        }

        _statusCounts.AddOrUpdate(answer.Status, 1, (_, count) => count + 1);
        return answer;
    }

    /// <summary>Calls a stage as a client does, without a socket.</summary>
    /// <param name="apiId">The id of the REST API.</param>
    /// <param name="stage">The name of its stage.</param>
    /// <param name="path">The path under the stage.</param>
    /// <param name="key">The value of an API key, sent as <c>x-api-key</c>; null or empty for none.</param>
    /// <param name="method">The HTTP method.</param>
    public StageAnswer Invoke(string apiId, string stage, string path = "/", string? key = null, string method = "GET")
    {
        string target = DataPlane.TargetOf(apiId, stage, path ?? "");
        EmulatorResponse answer = Handle(new EmulatorRequest(method, target, name => name == "x-api-key" ? key : null, default));
        return new StageAnswer(answer.Status, Encoding.UTF8.GetString(answer.Body.Span), answer.ErrorType);
    }

    /// <summary>For reading: what it has answered so far.</summary>
    public override string ToString() => RequestCount == 1 ? "1 request answered"
        : string.Create(CultureInfo.InvariantCulture, $"{RequestCount} requests answered");

    /// <summary>Writes what the state file does not have yet, and lets go of the file.</summary>
    public void Dispose() => _state?.Dispose();

    /// <summary>The answer to a request that the emulator failed at by an error of its own.</summary>
    internal EmulatorResponse Fail(Exception failure)
    {
        UnexpectedFailure = failure;
        return new ServiceError(500, "InternalFailure", "Internal server error").ToResponse(Guid.NewGuid().ToString());
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
            _state?.MarkChanged();
            return stored.Id;
        }
    }

    /// <summary>Puts a stage of a REST API in without a call. From then on plans of this region accept only stages that are
    /// there.</summary>
    public void SeedStage(string region, string apiId, string stage)
    {
        RegionStore store = StoreOf(region);
        lock (store.Gate)
        {
            StoredApi? api = store.FindApi(apiId);
            if (api is null)
            {
                store.Apis.Add(apiId, api =
                    new StoredApi { Shape = new JsonObject { ["id"] = apiId, ["name"] = apiId, ["createdDate"] = Now } });
            }

            JsonObject added = StageOperations.NewStage(stage, Now);
            added["deploymentId"] = "seeded";
            api.Stages[stage] = added;
            _state?.MarkChanged();
        }
    }

    /// <summary>Puts usage of a key in a plan in, for one day.</summary>
    /// <exception cref="KeyNotFoundException">There is no such plan, or the key is not in it.</exception>
    public void SeedUsage(string region, string usagePlanId, string keyId, DateOnly day, long used)
    {
        RegionStore store = StoreOf(region);
        lock (store.Gate)
        {
            StoredPlan? plan = store.TryFindPlan(usagePlanId);
            if (plan is null || !plan.Keys.ContainsKey(keyId))
            {
                throw new KeyNotFoundException($"There is no plan {usagePlanId} with key {keyId} in {region}.");
            }

            plan.Used[(keyId, day)] = used;
            _state?.MarkChanged();
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

    // A caller is not a client of the management: it is not counted, and nothing goes wrong on demand.
    private EmulatorResponse AnswerCaller(EmulatorRequest request, string path)
    {
        string requestId = Guid.NewGuid().ToString();
        try
        {
            EmulatorResponse answer = DataPlane.Answer(_regions.Values, request, path, requestId, _clock.GetUtcNow());
            _state?.MarkChanged();
            return answer;
        }
        catch (ServiceError refusal)
        {
            return refusal.ToResponse(requestId);
        }
    }

    private EmulatorResponse Answer(EmulatorRequest request)
    {
        Interlocked.Increment(ref _requestCount);
        string requestId = Guid.NewGuid().ToString();
        TimeSpan delay = TimeSpan.Zero;
        try
        {
            RegionStore store = StoreOf(SignatureScope.RegionOf(request));
            if (_credential is not null)
            {
                SignatureCheck.Require(request, _credential, _clock.GetUtcNow());
            }

            (Operation operation, Call call) = Operation.Match(request);
            _counts.AddOrUpdate(operation.Name, 1, (_, count) => count + 1);
            (delay, EmulatorFaultKind? fault) = _faults.Decide(operation.Name);
            if (FaultPlan.Before(fault, request, store.Region, requestId, _clock) is { } instead)
            {
                return instead with { Delay = delay };
            }

            store.Quota?.Enter(operation.Name);
            call.Delay = delay;
            try
            {
                ReadOnlyMemory<byte> body = operation.Run(store, call, Now);
                return FaultPlan.After(fault, new EmulatorResponse(operation.SuccessStatus, body, null, requestId) { Delay = call.Delay });
            }
            finally
            {
                // A refusal may come after a part was done, as of an import.
                if (request.Method != "GET")
                {
                    lock (store.Gate)
                    {
                        store.Access.Observe();
                    }

                    _state?.MarkChanged();
                }
            }
        }
        catch (ServiceError error)
        {
            return error.ToResponse(requestId) with { Delay = delay };
        }
    }

    private RegionStore StoreOf(string region)
        => _regions.GetOrAdd(region, name => new RegionStore(name, _quotas, _clock, NewId, _propagation));
}
