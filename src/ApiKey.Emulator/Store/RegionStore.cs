using System.Security.Cryptography;
using ApiKey.Emulator.Wire;
using ApiKey.Keys;

namespace ApiKey.Emulator.Store;

/// <summary>
/// The keys of one region, newest first. Keys are appended in the order they are made and deleted ones only marked, so a page
/// costs what is on it however many keys there are, and paging is stable while keys come and go.
/// </summary>
internal sealed class RegionStore(string region, EmulatorQuotas? limits = null, TimeProvider? clock = null, Func<int, string>? newId = null,
    TimeSpan propagation = default)
{
    private const string IdCharacters = "abcdefghijklmnopqrstuvwxyz0123456789";

    private readonly Dictionary<string, StoredKey> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StoredKey> _byValue = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StoredKey> _shown = new(StringComparer.Ordinal);
    private readonly List<StoredKey> _inOrder = [];

    // Made when a list by name is asked for and dropped when a name changes.
    private List<StoredKey>? _byName;

    private readonly SortedDictionary<long, StoredPlan> _plans = [];
    private static readonly Comparer<StoredKey> ByNameThenNewest = Comparer<StoredKey>.Create((one, other) =>
        string.CompareOrdinal(one.Name, other.Name) is int order and not 0 ? order : other.Sequence.CompareTo(one.Sequence));

    private KeyAccess? _access;
    private long _planSequence;
    private int _deleted;

    public string Region { get; } = region;

    /// <summary>How many keys and plans there may be; null for any number.</summary>
    public EmulatorQuotas? Limits { get; } = limits;

    /// <summary>What counts calls; null when nothing does.</summary>
    public QuotaGate? Quota { get; } = limits is null ? null : new QuotaGate(limits, clock ?? TimeProvider.System);

    /// <summary>What callers' keys open.</summary>
    public KeyAccess Access => _access ??= new KeyAccess(this, clock ?? TimeProvider.System, propagation);

    /// <summary>What counts callers' requests.</summary>
    public CallerThrottle Throttle { get; } = new(clock ?? TimeProvider.System);

    /// <summary>What guards the store and every key in it.</summary>
    public object Gate { get; } = new();

    /// <summary>The sequence number the next key gets.</summary>
    public long NextSequence { get; private set; }

    public static string NewValue() => ApiKeyValue.Generate();

    public string NewId() => NewId(10, _byId.ContainsKey);

    public string NewApiId() => NewId(10, Apis.ContainsKey);

    public string NewPlanId() => NewId(6, id => _plans.Values.Any(plan => plan.Id == id));

    /// <summary>The REST APIs by id.</summary>
    public SortedDictionary<string, StoredApi> Apis { get; } = new(StringComparer.Ordinal);

    public StoredApi? FindApi(string id) => Apis.GetValueOrDefault(id);

    /// <summary>Whether an API has a stage: <c>api:stage</c>.</summary>
    public bool HasStage(string stage) => stage.Split(':') is [string api, string name] && FindApi(api)?.Stages.ContainsKey(name) == true;

    /// <summary>Takes a stage that was deleted out of every plan and key, as AWS does after a few seconds.</summary>
    public void ForgetStage(string api, string stage)
    {
        foreach (StoredKey key in _byId.Values.Where(key => key.StageKeys.Contains($"{api}/{stage}", StringComparer.Ordinal)))
        {
            key.StageKeys = [.. key.StageKeys.Where(known => known != $"{api}/{stage}")];
        }

        foreach (StoredPlan plan in _plans.Values)
        {
            plan.Settings.Stages.RemoveAll(known => known.ApiId == api && known.Stage == stage);
        }
    }

    /// <summary>The number the next plan gets.</summary>
    public long NextPlanSequence() => _planSequence++;

    /// <summary>Every plan, newest first.</summary>
    public IEnumerable<StoredPlan> Plans => _plans.Values.Reverse();

    /// <summary>The plans a key is in.</summary>
    public IReadOnlyCollection<StoredPlan> PlansOf(StoredKey key) => [.. _plans.Values.Where(plan => plan.Keys.ContainsKey(key.Id))];

    public StoredPlan? TryFindPlan(string id) => _plans.Values.FirstOrDefault(plan => plan.Id == id);

    public StoredPlan FindPlan(string id) => TryFindPlan(id) ?? throw ServiceError.UnknownPlan();

    public void Add(StoredPlan plan) => _plans.Add(plan.Sequence, plan);

    public void Remove(StoredPlan plan) => _plans.Remove(plan.Sequence);

    /// <summary>Refuses a key too many.</summary>
    public void RefuseWhenFull(int more = 1)
    {
        if (Limits is { } limits && _byId.Count + more > limits.Keys)
        {
            throw ServiceError.LimitExceeded("API keys");
        }
    }

    /// <summary>Notes that a page ended with a key, so that its place is known when the key is gone.</summary>
    public void MarkShown(StoredKey key) => _shown[key.Value] = key;

    /// <summary>The key that a page ended with; null when nothing of that value was there.</summary>
    public StoredKey? FindShown(string value) => FindByValue(value) ?? _shown.GetValueOrDefault(value);

    public StoredKey? FindByValue(string value) => _byValue.GetValueOrDefault(value);

    public StoredKey Find(string id) => _byId.GetValueOrDefault(id) ?? throw ServiceError.UnknownKey();

    public bool HoldsValue(string value) => _byValue.ContainsKey(value);

    /// <summary>The keys whose names start with a text, by name; those of one name newest first.</summary>
    public IEnumerable<StoredKey> ByName(string prefix, StoredKey? after)
    {
        _byName ??= [.. _byId.Values.Where(key => key.Name.Length > 0).Order(ByNameThenNewest)];
        int index = after is null ? Lowest(prefix) : _byName.BinarySearch(after, ByNameThenNewest);
        for (index = after is null ? index : index < 0 ? ~index : index + 1;
            index < _byName.Count && _byName[index].Name.StartsWith(prefix, StringComparison.Ordinal); index++)
        {
            yield return _byName[index];
        }
    }

    /// <summary>Gives a key another name.</summary>
    public void Rename(StoredKey key, string name)
    {
        key.Name = name;
        _byName = null;
    }

    public void Add(StoredKey key)
    {
        _byName = null;
        _byId.Add(key.Id, key);
        _byValue.Add(key.Value, key);
        _inOrder.Add(key);
        NextSequence = key.Sequence + 1;
    }

    public void Remove(StoredKey key)
    {
        _byId.Remove(key.Id);
        _byValue.Remove(key.Value);
        _byName = null;
        key.Deleted = true;

        // AWS takes a deleted key out of its plans.
        foreach (StoredPlan plan in _plans.Values)
        {
            plan.Keys.Remove(key.Id);
        }

        if (++_deleted > _inOrder.Count / 2)
        {
            _inOrder.RemoveAll(stored => stored.Deleted);
            _deleted = 0;
        }
    }

    /// <summary>The keys older than a sequence number, newest first.</summary>
    public IEnumerable<StoredKey> OlderThan(long sequence)
    {
        for (int index = CountBelow(sequence) - 1; index >= 0; index--)
        {
            if (!_inOrder[index].Deleted)
            {
                yield return _inOrder[index];
            }
        }
    }

    private string NewId(int length, Func<string, bool> isTaken)
    {
        string id;
        do
        {
            id = newId?.Invoke(length) ?? RandomNumberGenerator.GetString(IdCharacters, length);
        }
        while (isTaken(id));
        return id;
    }

    // The first key whose name is not below the text.
    private int Lowest(string text)
    {
        (int low, int high) = (0, _byName!.Count);
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (string.CompareOrdinal(_byName[middle].Name, text) < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private int CountBelow(long sequence)
    {
        (int low, int high) = (0, _inOrder.Count);
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_inOrder[middle].Sequence < sequence)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
