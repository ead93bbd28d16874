using System.Globalization;
using System.Text;

namespace ApiKey.Text;

/// <summary>
/// Somebody else's text on a terminal: characters that a terminal, an editor or the order of letters obeys are written out, so that
/// a name cannot move the cursor, change what the line says, or pretend to be another line.
/// </summary>
public static class PlainText
{
    private const char ZeroWidthNonJoiner = '\u200C';
    private const char ZeroWidthJoiner = '\u200D';

    /// <summary>
    /// The text with control characters, line and paragraph separators, invisible formatting (bidirectional overrides too) and halves
    /// of surrogate pairs written as JSON writes them: <c>\n</c>, <c>\t</c>, <c>\u001b</c>. All other text comes back unchanged.
    /// </summary>
    public static string Escape(string? text) => Escape(text, keepsLines: false);

    /// <summary>The same for a text of several lines, whose line breaks are ours.</summary>
    public static string EscapeLines(string? text) => Escape(text, keepsLines: true);

    private static string Escape(string? text, bool keepsLines)
    {
        if (string.IsNullOrEmpty(text) || IsPlain(text))
        {
            return text ?? "";
        }

        StringBuilder plain = new(text.Length + 16);
        for (int at = 0; at < text.Length;)
        {
            bool isWhole = Rune.TryGetRuneAt(text, at, out Rune rune);
            int length = isWhole ? rune.Utf16SequenceLength : 1;
            ReadOnlySpan<char> letters = text.AsSpan(at, length);
            if (isWhole && (!IsObeyed(rune) || (keepsLines && rune.Value is '\n' or '\r' && IsLineBreak(text, at))))
            {
                plain.Append(letters);
            }
            else
            {
                AppendEscaped(plain, letters);
            }

            at += length;
        }

        return plain.ToString();
    }

    // Printable ASCII, by far the most, is told apart without looking anything up.
    private static bool IsPlain(string text) => text.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0;

    // A carriage return alone takes the cursor back to the start of the line.
    private static bool IsLineBreak(string text, int at) => text[at] == '\n' || (at + 1 < text.Length && text[at + 1] == '\n');

    private static bool IsObeyed(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,

        // The joiners belong to the spelling of Persian, to Indic scripts and to emoji.
        UnicodeCategory.Format => rune.Value is not (ZeroWidthNonJoiner or ZeroWidthJoiner),
        _ => false,
    };

    private static void AppendEscaped(StringBuilder plain, ReadOnlySpan<char> letters)
    {
        foreach (char letter in letters)
        {
            _ = letter switch
            {
                '\n' => plain.Append(@"\n"),
                '\r' => plain.Append(@"\r"),
                '\t' => plain.Append(@"\t"),
                _ => plain.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}"),
            };
        }
    }
}
