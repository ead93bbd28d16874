using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ApiKey.Model;

/// <summary>
/// How text that came from outside stands in a message. What may be a key's value is not repeated: in a file whose columns are
/// shifted, or an argument in the wrong place, any text may be one. Control characters are written out, not obeyed.
/// </summary>
internal static partial class Show
{
    private const int Longest = 120;

    /// <summary>Text in quotation marks: what a user, a file or AWS gave. Whatever could be a value is replaced by its length.</summary>
    public static string Quote(string? text) => $"'{Plain(text)}'";

    /// <summary>The same without the marks.</summary>
    public static string Plain(string? text)
    {
        string masked = AnyRun().Replace(text ?? "", Mask);
        return WithoutControls(masked.Length > Longest ? $"{masked[..Longest]}…" : masked, lineBreaks: false);
    }

    /// <summary>
    /// A whole message on its way out. Here a run of letters without a digit stays, because names of commands and types are such;
    /// where a message repeats what somebody gave, <see cref="Quote"/> is stricter.
    /// </summary>
    public static string Message(string message) =>
        WithoutControls(AnyRun().Replace(message, run => run.ValueSpan.ContainsAnyInRange('0', '9') && !run.ValueSpan.Contains('-') ? Mask(run) : run.Value), lineBreaks: true);

    private static string Mask(Match run) => string.Create(CultureInfo.InvariantCulture, $"({run.Length} letters and digits)");

    private static string WithoutControls(string text, bool lineBreaks)
    {
        if (!text.Any(IsHidden))
        {
            return text;
        }

        StringBuilder shown = new(text.Length);
        foreach (char letter in text)
        {
            if (IsHidden(letter) && !(lineBreaks && (letter is '\r' or '\n' or '\t')))
            {
                shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}");
            }
            else
            {
                shown.Append(letter);
            }
        }

        return shown.ToString();
    }

    // Control characters, line and paragraph separators, and those that turn the direction of text.
    private static bool IsHidden(char letter) => char.IsControl(letter) || letter is '\u2028' or '\u2029' or '\u200e' or '\u200f' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');

    // AWS documents 20 to 128 letters and digits; a UUID is what people like to choose, and AWS takes it.
    [GeneratedRegex("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}|[A-Za-z0-9]{20,}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AnyRun();
}
