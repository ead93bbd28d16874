using ApiKey.Model;

namespace ApiKey.Formats;

/// <summary>The keys of a configuration, without their values, each once, with the usage plans they are in.</summary>
internal sealed class ExportedKeys
{
    private readonly Dictionary<string, (ApiKeyInfo Key, IReadOnlyList<UsagePlanInfo> Plans)> _keys = new(StringComparer.Ordinal);

    /// <summary>How many keys there are.</summary>
    public int Count => _keys.Count;

    /// <summary>The keys.</summary>
    public IEnumerable<ApiKeyInfo> Keys => _keys.Values.Select(one => one.Key);

    /// <summary>The oldest first, so that a key made later changes nobody's label.</summary>
    public IEnumerable<(ApiKeyInfo Key, IReadOnlyList<UsagePlanInfo> Plans)> OldestFirst =>
        _keys.Values.OrderBy(one => one.Key.CreatedDate).ThenBy(one => one.Key.Id, StringComparer.Ordinal);

    /// <summary>Adds a key. One that is there already stays as it is.</summary>
    public void Add(ApiKeyInfo key, IReadOnlyList<UsagePlanInfo>? plans) => _keys.TryAdd(key.Id, (key with { Value = null }, plans ?? []));
}
