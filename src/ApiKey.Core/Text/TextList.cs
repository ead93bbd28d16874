using System.Collections.ObjectModel;

namespace ApiKey.Text;

/// <summary>A list that reads as its items, joined by commas, where a list can only be text: a cell of Export-Csv, or a column of a
/// table.</summary>
internal sealed class TextList<T> : ReadOnlyCollection<T>
{
    private TextList(IList<T> items)
        : base(items)
    {
    }

    /// <summary>No items: one object, so that records without any are equal.</summary>
    public static new IReadOnlyList<T> Empty { get; } = new TextList<T>([]);

    /// <summary>A list that reads as its items.</summary>
    public static IReadOnlyList<T> Of(IReadOnlyList<T> items) => items.Count == 0 ? Empty : items as TextList<T>
        ?? new TextList<T>([.. items]);

    /// <summary>The items, joined by commas.</summary>
    public override string ToString() => string.Join(", ", this);
}
