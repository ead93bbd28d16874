using ApiKey.Text;

namespace ApiKey.Binding;

/// <summary>Reads one of some words strictly. PowerShell alone would drop another word of a row without telling.</summary>
/// <param name="words">The enumeration that has the words.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TransformChoiceAttribute(Type words) : GivenAttribute
{
    /// <summary>The enumeration that has the words.</summary>
    public Type Words { get; } = words;

    /// <inheritdoc/>
    protected override object Read(object input) => Input.Unwrap(input) switch
    {
        string text => Array.Find(Enum.GetNames(Words), word => string.Equals(word, text.Trim(), StringComparison.OrdinalIgnoreCase))
            is { } word
            ? Enum.Parse(Words, word)
            : throw new FormatException($"{Show.Quote(text)} is not one of {string.Join(", ", Enum.GetNames(Words))}."),
        object other when other.GetType() == Words || other is Enum => other,
        object other => throw new FormatException(
            $"{Input.Describe(other)} is not one of {string.Join(", ", Enum.GetNames(Words))}. Put the word in quotes."),
        null => throw new FormatException($"Nothing is not one of {string.Join(", ", Enum.GetNames(Words))}."),
    };
}
