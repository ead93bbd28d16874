using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ApiKey.Text;

/// <summary>
/// How somebody else's text is shown. Characters that a terminal, an editor or the order of letters obeys are written out, so that a
/// name cannot move the cursor, change what the line says, or pretend to be another line. In a message, what may be a key's value is
/// not repeated either: in a file whose columns are shifted, or an argument in the wrong place, any text may be one.
/// </summary>
internal static partial class Show
{
    private const int Longest = 120;
    private const char ZeroWidthNonJoiner = '\u200C';
    private const char ZeroWidthJoiner = '\u200D';

    /// <summary>Text in quotation marks: what a user, a file or AWS gave. Whatever could be a value is replaced by its length.</summary>
    public static string Quote(string? text) => $"'{Plain(text)}'";

    /// <summary>A path in quotation marks, whole, unless what should be the file's name could be a value that was given in its
    /// place.</summary>
    public static string QuotePath(string path)
    {
        string name = Path.GetFileName(path);
        return AnyRun().Match(name) is { Success: true } run && run.Length == name.Length ? Quote(name) : $"'{path}'";
    }

    /// <summary>A text as <see cref="Quote"/> shows it, without the marks.</summary>
    public static string Plain(string? text)
    {
        string masked = AnyRun().Replace(text ?? "", Mask);
        return Escape(masked.Length > Longest ? $"{masked[..Longest]}…" : masked);
    }

    /// <summary>A text as an error's target: whole, so that it can be given again, unless what a message would not repeat is in
    /// it.</summary>
    public static string Target(string text) => AnyRun().Replace(text, Mask);

    /// <summary>
    /// A whole message on its way out. Here a run of letters without a digit stays, because names of commands and types are such;
    /// where a message repeats what somebody gave, <see cref="Quote"/> is stricter.
    /// </summary>
    public static string Message(string message) =>
        EscapeLines(AnyRun().Replace(message,
            run => run.ValueSpan.ContainsAnyInRange('0', '9') && !run.ValueSpan.Contains('-') ? MaskWithin(message, run) : run.Value));

    // An id stands in parentheses after its key's name: one pair is enough.
    private static string MaskWithin(string message, Match run)
    {
        int end = run.Index + run.Length;
        bool isWithin = run.Index > 0 && message[run.Index - 1] == '(' && end < message.Length && message[end] == ')';
        return isWithin ? Mask(run)[1..^1] : Mask(run);
    }

    /// <summary>A message of several lines on its way out. A line break within one of them came with somebody else's text and is written
    /// out.</summary>
    public static string Lines(IEnumerable<string> lines) => string.Join(Environment.NewLine, lines.Select(line => Escape(Message(line))));

    private static string Mask(Match run) => string.Create(CultureInfo.InvariantCulture, $"({run.Length} letters and digits)");

    // AWS documents 20 to 128 letters and digits; a UUID is what people like to choose, and AWS takes it.
    [GeneratedRegex("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}|[A-Za-z0-9]{20,}",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex AnyRun();

    /// <summary>
    /// The text with control characters, line and paragraph separators, invisible formatting (bidirectional overrides too) and halves
    /// of surrogate pairs written as JSON writes them: <c>\n</c>, <c>\t</c>, <c>\u001b</c>. All other text comes back unchanged.
    /// </summary>
    public static string Escape(string? text) => Escape(text, keepsLines: false);

    /// <summary>The same for a text of several lines, whose line breaks are ours.</summary>
    public static string EscapeLines(string? text) => Escape(text, keepsLines: true);

    private static string Escape(string? text, bool keepsLines)
    {
        text ??= "";
        if (IsPlain(text))
        {
            return text;
        }

        StringBuilder plain = new(text.Length);
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

    // Printable ASCII, by far the most, is distinguished without looking anything up.
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
