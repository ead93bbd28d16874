using System.Text;
using System.Text.RegularExpressions;
using ApiKey.Model;

namespace ApiKey.Leaks;

/// <summary>The byte sequences that a value can be found as.</summary>
internal static partial class NeedleForms
{
    private const int BitsOfByte = 8;
    private const int BitsOfDigit = 6;

    // One that is not ASCII would be found as these in files of other encodings as well.
    private static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    /// <summary>All of them; those that are the same as another one of the value come once.</summary>
    /// <param name="value">The number of the value.</param>
    /// <param name="text">The value.</param>
    /// <param name="encoded">Whether base64 and percent-encoded forms are sought as well.</param>
    public static IEnumerable<(Needle Needle, byte[] Bytes)> Of(int value, string text, bool encoded)
    {
        IEnumerable<(string Text, ApiKeyLeakForm Form, int Alignment, bool IsOfUtf16)> forms = [(text, ApiKeyLeakForm.Plain, 0, false)];
        if (encoded)
        {
            forms = forms.Concat(PercentForms(text).Select(form => (form, ApiKeyLeakForm.PercentEncoded, 0, false)))
                .Concat(Base64Forms(text, isOfUtf16: false)).Concat(Base64Forms(text, isOfUtf16: true));
        }

        return forms.DistinctBy(form => form.Text, StringComparer.Ordinal)
            .SelectMany(form => LayoutsOf(form.Text)
                .Select(laid => (new Needle(value, form.Form, laid.Layout, form.Alignment, form.IsOfUtf16), laid.Bytes)));
    }

    /// <summary>The digits of base64 that a value alone decides: those before and after hold bits of its neighbours, too.</summary>
    /// <param name="alignment">How many bytes stand before the value in its group of three.</param>
    /// <param name="length">Bytes of the value.</param>
    public static (int First, int End) WholeDigits(int alignment, int length)
        => (((alignment * BitsOfByte) + BitsOfDigit - 1) / BitsOfDigit, (alignment + length) * BitsOfByte / BitsOfDigit);

    // PowerShell's -EncodedCommand is base64 of UTF-16.
    private static IEnumerable<(string Text, ApiKeyLeakForm Form, int Alignment, bool IsOfUtf16)> Base64Forms(string text, bool isOfUtf16)
    {
        byte[] bytes = (isOfUtf16 ? Encoding.Unicode : Utf8).GetBytes(text);
        for (int alignment = 0; alignment < 3; alignment++)
        {
            (int first, int end) = WholeDigits(alignment, bytes.Length);
            if (end > first)
            {
                string digits = Convert.ToBase64String([.. new byte[alignment], .. bytes, 0, 0])[first..end];
                yield return (digits, ApiKeyLeakForm.Base64, alignment, isOfUtf16);
                yield return (digits.Replace('+', '-').Replace('/', '_'), ApiKeyLeakForm.Base64, alignment, isOfUtf16);
            }
        }
    }

    // As URIs, forms and JavaScript write it, with every byte encoded, and with hexadecimal digits of either case.
    private static IEnumerable<string> PercentForms(string text)
    {
        string uri = Uri.EscapeDataString(text);
        string all = string.Concat(Utf8.GetBytes(text).Select(letter => $"%{letter:X2}"));
        string script = uri.Replace("%21", "!", StringComparison.Ordinal).Replace("%27", "'", StringComparison.Ordinal)
            .Replace("%28", "(", StringComparison.Ordinal).Replace("%29", ")", StringComparison.Ordinal)
            .Replace("%2A", "*", StringComparison.Ordinal);
        string form = uri.Replace("%20", "+", StringComparison.Ordinal).Replace("~", "%7E", StringComparison.Ordinal);
        string[] upper = [uri, script, form, all];
        return upper.Concat(upper.Select(one => Escape().Replace(one, digits => digits.Value.ToLowerInvariant())));
    }

    private static IEnumerable<(Layout Layout, byte[] Bytes)> LayoutsOf(string text)
    {
        yield return (Layout.Bytes, Utf8.GetBytes(text));
        byte[] wide = Encoding.Unicode.GetBytes(text);
        if (text.All(letter => letter <= '\u00FF'))
        {
            yield return (Layout.Interleaved, wide[..^1]);
        }
        else
        {
            yield return (Layout.LittleEndian, wide);
            yield return (Layout.BigEndian, Encoding.BigEndianUnicode.GetBytes(text));
        }
    }

    [GeneratedRegex("%[0-9A-F]{2}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex Escape();
}
