using System.Security.Cryptography;

namespace ApiKey.Emulator;

/// <summary>
/// The keys of one region, newest first. Keys are appended in the order they are made and deleted ones only marked, so a page
/// costs what is on it however many keys there are, and paging is stable while keys come and go.
/// </summary>
internal sealed class RegionStore(string region)
{
    private const string IdCharacters = "abcdefghijklmnopqrstuvwxyz0123456789";
    private const string ValueCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private readonly Dictionary<string, StoredKey> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StoredKey> _byValue = new(StringComparer.Ordinal);
    private readonly List<StoredKey> _inOrder = [];
    private int _deleted;

    public string Region { get; } = region;

    /// <summary>What guards the store and every key in it.</summary>
    public object Gate { get; } = new();

    /// <summary>The sequence number the next key gets.</summary>
    public long NextSequence { get; private set; }

    public static string NewValue() => RandomNumberGenerator.GetString(ValueCharacters, 40);

    public string NewId()
    {
        string id;
        do
        {
            id = RandomNumberGenerator.GetString(IdCharacters, 10);
        }
        while (_byId.ContainsKey(id));
        return id;
    }

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
