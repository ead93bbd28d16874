using System.Collections.ObjectModel;

namespace ApiKey.Tags;

/// <summary>
/// An immutable set of tags: ordinal (case-sensitive) keys in ordinal order, as AWS keeps them, with the set operations
/// that Terraform's AWS provider defines on tags. It is an <see cref="System.Collections.IDictionary"/> too, so that
/// <c>$key.Tags.env</c> and <c>$key.Tags['env']</c> work in PowerShell.
/// </summary>
/// <remarks>A null value is a key given without a value. What a user gives never holds one (<see cref="WithoutNulls"/>).</remarks>
public sealed class TagSet : ReadOnlyDictionary<string, string?>, IEquatable<TagSet>, ITagDictionary
{
    /// <summary>The prefix of tags that AWS keeps for itself; they can be read, never written.</summary>
    internal const string SystemPrefix = "aws:";

    private TagSet(SortedList<string, string?> tags)
        : base(tags)
    {
    }

    /// <summary>No tags.</summary>
    public static new TagSet Empty { get; } = new(new SortedList<string, string?>(StringComparer.Ordinal));

    /// <summary>Copies tags into a set; of entries with the same key the last one stays.</summary>
    public static TagSet From(IEnumerable<KeyValuePair<string, string?>>? tags)
    {
        SortedList<string, string?>? copy = null;
        foreach ((string key, string? value) in tags ?? [])
        {
            (copy ??= new(StringComparer.Ordinal))[key] = value;
        }

        return copy is null ? Empty : new TagSet(copy);
    }

    /// <summary>The value of a tag; null when it has none or is not there.</summary>
    public string? ValueOf(string key) => TryGetValue(key, out string? value) ? value : null;

    /// <summary>This set with the other's tags laid over it.</summary>
    internal TagSet Merge(TagSet other) => other.Count == 0 ? this : From(this.Concat(other));

    /// <summary>The tags whose keys are named.</summary>
    internal TagSet Only(IReadOnlyCollection<string> keys)
        => Where(keys, static (tag, keys) => keys.Contains(tag.Key, StringComparer.Ordinal));

    /// <summary>The tags whose keys are not named.</summary>
    internal TagSet Without(IReadOnlyCollection<string> keys) => keys.Count == 0 ? this
        : Where(keys, static (tag, keys) => !keys.Contains(tag.Key, StringComparer.Ordinal));

    /// <summary>The tags whose keys start with none of the prefixes.</summary>
    internal TagSet WithoutPrefixes(IReadOnlyCollection<string> prefixes) => prefixes.Count == 0 ? this
        : Where(prefixes, static (tag, prefixes) => !prefixes.Any(prefix => tag.Key.StartsWith(prefix, StringComparison.Ordinal)));

    /// <summary>The tags that AWS did not put there itself.</summary>
    internal TagSet WithoutSystem() => Where(SystemPrefix, static (tag, prefix) => !tag.Key.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>The tags that have a value.</summary>
    internal TagSet WithoutNulls() => Where("", static (tag, _) => tag.Value is not null);

    /// <summary>The tags that are not in the other set with the same value.</summary>
    internal TagSet Except(TagSet other) => other.Count == 0 ? this : Where(other, static (tag, other) =>
        !(other.TryGetValue(tag.Key, out string? value) && string.Equals(value, tag.Value, StringComparison.Ordinal)));

    /// <summary>What must be taken off a resource that has these tags so that only the wanted keys stay.</summary>
    internal TagSet RemovedBy(TagSet wanted) => Where(wanted, static (tag, wanted) => !wanted.ContainsKey(tag.Key));

    /// <summary>What must be put on a resource that has these tags so that the wanted ones are there.</summary>
    internal TagSet UpdatedBy(TagSet wanted) => wanted.Except(this);

    /// <summary>Whether every tag of the other set is here with the same value.</summary>
    public bool ContainsAll(TagSet other) => other.Except(this).Count == 0;

    /// <summary>Whether every key of the other set is here.</summary>
    internal bool ContainsAllKeys(TagSet other) => other.Keys.All(ContainsKey);

    /// <summary>One line of text that holds any tags: <c>env=prod, team=payments</c>. <see cref="Parse"/> reads it back.</summary>
    public string ToText() => TagText.Write(WithoutNulls());

    /// <summary>Reads what <see cref="ToText"/> writes and what a user types like it, or with <c>&amp;</c> between tags. Doubtful text is
    /// refused.</summary>
    /// <exception cref="FormatException">It is not certain which tags are meant, or a key is given twice.</exception>
    public static TagSet Parse(string text) => TagText.Read(text);

    /// <inheritdoc/>
    public bool Equals(TagSet? other) => other is not null && Count == other.Count && ContainsAll(other);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as TagSet);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach ((string key, string? value) in this)
        {
            hash.Add(key, StringComparer.Ordinal);
            hash.Add(value, StringComparer.Ordinal);
        }

        return hash.ToHashCode();
    }

    /// <summary>The same as <see cref="ToText"/>: what a view or Export-Csv shows can be given back.</summary>
    public override string ToString() => ToText();

    // A listing filters each key several times, and most sets are empty or pass whole: no set is made then, and no closure.
    private TagSet Where<T>(T than, Func<KeyValuePair<string, string?>, T, bool> keep)
    {
        foreach (KeyValuePair<string, string?> tag in this)
        {
            if (!keep(tag, than))
            {
                return From(Kept(than, keep));
            }
        }

        return this;
    }

    private IEnumerable<KeyValuePair<string, string?>> Kept<T>(T than, Func<KeyValuePair<string, string?>, T, bool> keep)
    {
        foreach (KeyValuePair<string, string?> tag in this)
        {
            if (keep(tag, than))
            {
                yield return tag;
            }
        }
    }
}
