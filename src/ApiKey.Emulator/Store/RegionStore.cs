using System.Security.Cryptography;
using ApiKey.Emulator.Service;
using ApiKey.Model;

namespace ApiKey.Emulator.Store;

/// <summary>
/// The keys of one region, newest first. Keys are appended in the order they are made and deleted ones only marked, so a page
/// costs what is on it however many keys there are, and paging is stable while keys come and go.
/// </summary>
internal sealed class RegionStore(string region, EmulatorQuotas? limits = null, TimeProvider? clock = null)
{
    private const string IdCharacters = "abcdefghijklmnopqrstuvwxyz0123456789";

    private readonly Dictionary<string, StoredKey> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StoredKey> _byValue = new(StringComparer.Ordinal);
    private readonly List<StoredKey> _inOrder = [];
    private readonly SortedDictionary<long, StoredPlan> _plans = [];
    private long _planSequence;
    private int _deleted;

    public string Region { get; } = region;

    /// <summary>How many keys and plans there may be; null for any number.</summary>
    public EmulatorQuotas? Limits { get; } = limits;

    /// <summary>What counts calls; null when nothing does.</summary>
    public QuotaGate? Quota { get; } = limits is null ? null : new QuotaGate(limits, clock ?? TimeProvider.System);

    /// <summary>What guards the store and every key in it.</summary>
    public object Gate { get; } = new();

    /// <summary>The sequence number the next key gets.</summary>
    public long NextSequence { get; private set; }

    public static string NewValue() => ApiKeyValue.Generate();

    public string NewId() => NewId(10, _byId.ContainsKey);

    public string NewPlanId() => NewId(6, id => _plans.Values.Any(plan => plan.Id == id));

    /// <summary>The number the next plan, or key in a plan, gets.</summary>
    public long NextPlanSequence() => _planSequence++;

    /// <summary>Every plan, newest first.</summary>
    public IEnumerable<StoredPlan> Plans => _plans.Values.Reverse();

    /// <summary>The plans a key is in.</summary>
    public IReadOnlyCollection<StoredPlan> PlansOf(StoredKey key) => [.. _plans.Values.Where(plan => plan.Keys.Exists(member => member.Key == key))];

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

    public StoredKey? FindByValue(string value) => _byValue.GetValueOrDefault(value);

    public StoredKey Find(string id) => _byId.GetValueOrDefault(id) ?? throw ServiceError.UnknownKey();

    public bool HoldsValue(string value) => _byValue.ContainsKey(value);

    public void Add(StoredKey key)
    {
        _byId.Add(key.Id, key);
        _byValue.Add(key.Value, key);
        _inOrder.Add(key);
        NextSequence = key.Sequence + 1;
    }

    public void Remove(StoredKey key)
    {
        _byId.Remove(key.Id);
        _byValue.Remove(key.Value);
        key.Deleted = true;

        // AWS takes a deleted key out of its plans.
        foreach (StoredPlan plan in _plans.Values)
        {
            plan.Keys.RemoveAll(member => member.Key == key);
        }

        if (++_deleted > 1000 && _deleted > _inOrder.Count / 2)
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

    private static string NewId(int length, Func<string, bool> isTaken)
    {
        string id;
        do
        {
            id = RandomNumberGenerator.GetString(IdCharacters, length);
        }
        while (isTaken(id));
        return id;
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
