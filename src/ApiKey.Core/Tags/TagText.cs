using System.Globalization;
using System.Text;
using ApiKey.Text;

namespace ApiKey.Tags;

/// <summary>
/// The one text form of tags, for views, cells of files and what a user types: <c>env=prod, team=a</c>. A character that means
/// something there is written as %XX (UTF-8): <c>%</c>, <c>,</c>, <c>=</c>, <c>&amp;</c>, control characters, and blanks at
/// either end. All else stands for itself, a <c>+</c> too. Files of earlier versions, with <c>&amp;</c> between tags, are read.
/// </summary>
internal static class TagText
{
    private const string Example = "Write tags as key=value with commas between them, for example env=prod, team=payments";
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text of tags.</summary>
    public static string Write(TagSet tags)
    {
        List<string> texts = [];
        foreach ((string key, string? value) in tags)
        {
            texts.Add($"{Escape(key)}={Escape(value ?? "")}");
        }

        return string.Join(", ", texts);
    }

    /// <summary>The tags of a text.</summary>
    /// <exception cref="FormatException">It is not certain which tags are meant, or a key is given twice.</exception>
    public static TagSet Read(string text)
    {
        Dictionary<string, string?> tags = new(StringComparer.Ordinal);
        foreach (string part in Split(text))
        {
            (string key, string value) = ReadTag(part);
            if (!tags.TryAdd(key, value))
            {
                throw new FormatException($"The tag {Show.Quote(key)} is given twice. Keep one of the two.");
            }
        }

        return TagSet.From(tags);
    }

    private static string[] Split(string text)
    {
        if (text.Contains('&', StringComparison.Ordinal))
        {
            return text.Contains(',', StringComparison.Ordinal)
                ? throw new FormatException(
                    $"The tags have both , and &, so it is not certain where one ends. {Example}; write %2C for a comma and %26 for & in a "
                    + "key or a value.")
                : text.Split('&', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        }

        return string.IsNullOrWhiteSpace(text) ? [] : text.Split(',', StringSplitOptions.TrimEntries);
    }

    private static (string Key, string Value) ReadTag(string part)
    {
        int equals = part.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0)
        {
            throw new FormatException($"{Show.Quote(part)} is not a tag. {Example}; write %2C for a comma in a value.");
        }

        string value = part[(equals + 1)..].Trim();
        int further = value.TrimEnd('=').IndexOf('=', StringComparison.Ordinal);
        return further >= 0 && value.AsSpan(0, further).ContainsAny(" ;\t")
            ? throw new FormatException($"{Show.Quote(part)} may be one tag or several. {Example}; write %3D for = in a value.")
            : (Unescape(part[..equals].Trim()), Unescape(value));
    }

    private static string Escape(string text)
    {
        StringBuilder escaped = new(text.Length);
        for (int at = 0; at < text.Length; at++)
        {
            char letter = text[at];
            bool isAtAnEnd = at == 0 || at == text.Length - 1;
            if (letter is '%' or ',' or '='
                or '&' || char.IsControl(letter) || (char.IsWhiteSpace(letter) && (isAtAnEnd || letter != ' ')) || IsBlankUpTo(text, at))
            {
                foreach (byte one in Utf8.GetBytes([letter]))
                {
                    escaped.Append(CultureInfo.InvariantCulture, $"%{one:X2}");
                }
            }
            else
            {
                escaped.Append(letter);
            }
        }

        return escaped.ToString();
    }

    // A run of blanks at either end is escaped whole, so that every part of it is seen.
    private static bool IsBlankUpTo(string text, int at) =>
        text[at] == ' ' && (string.IsNullOrWhiteSpace(text[..at]) || string.IsNullOrWhiteSpace(text[at..]));

    private static string Unescape(string text)
    {
        if (!text.Contains('%', StringComparison.Ordinal))
        {
            return text;
        }

        StringBuilder plain = new(text.Length);
        List<byte> bytes = [];
        for (int at = 0; at < text.Length; at++)
        {
            if (text[at] == '%' && at + 2 < text.Length
                && byte.TryParse(text.AsSpan(at + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte one))
            {
                bytes.Add(one);
                at += 2;
            }
            else
            {
                Flush();
                plain.Append(text[at]);
            }
        }

        Flush();
        return plain.ToString();

        void Flush()
        {
            try
            {
                plain.Append(Utf8.GetString([.. bytes]));
                bytes.Clear();
            }
            catch (DecoderFallbackException problem)
            {
                throw new FormatException($"{Show.Quote(text)} has an escape that is not UTF-8. Write %25 for a percent sign.", problem);
            }
        }
    }
}
