using System.Collections.ObjectModel;

namespace ApiKey.Text;

/// <summary>A map that reads as its entries, <c>name=value</c> joined by commas, where a map can only be text: see
/// <see cref="TextList{T}"/>.</summary>
internal sealed class TextMap<T> : ReadOnlyDictionary<string, T>
{
    private TextMap(IDictionary<string, T> entries)
        : base(entries)
    {
    }

    /// <summary>No entries: one object, so that records without any are equal.</summary>
    public static new TextMap<T> Empty { get; } = new(new Dictionary<string, T>(StringComparer.Ordinal));

    /// <summary>A map that reads as its entries.</summary>
    public static TextMap<T> Of(IReadOnlyDictionary<string, T> entries) => entries.Count == 0 ? Empty : entries as TextMap<T>
        ?? new TextMap<T>(new Dictionary<string, T>(entries, StringComparer.Ordinal));

    /// <summary>The entries, joined by commas.</summary>
    public override string ToString() => string.Join(", ", this.Select(entry => $"{entry.Key}={entry.Value}"));
}
