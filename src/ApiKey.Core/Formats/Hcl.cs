using System.Globalization;
using System.Text;

namespace ApiKey.Formats;

/// <summary>Writes text as Terraform's language reads it back, whatever is in it.</summary>
internal static class Hcl
{
    /// <summary>A quoted string. What would start a template, end the string, or not be seen is escaped.</summary>
    public static string Quote(string text)
    {
        StringBuilder quoted = new("\"");
        Rune[] runes = [.. text.EnumerateRunes()];
        for (int index = 0; index < runes.Length; index++)
        {
            Rune rune = runes[index];
            switch (rune.Value)
            {
                case '"' or '\\':
                    quoted.Append('\\').Append((char)rune.Value);
                    break;
                case '\n':
                    quoted.Append("\\n");
                    break;
                case '\r':
                    quoted.Append("\\r");
                    break;
                case '\t':
                    quoted.Append("\\t");
                    break;

                // ${ and %{ start a template, and the doubled form has rules of its own when more of the same come before.
                case '$' or '%' when index + 1 < runes.Length && runes[index + 1].Value is '{' or '$' or '%' or '\\':
                    AppendCode(quoted, rune);
                    break;
                default:
                    if (IsSeen(rune))
                    {
                        quoted.Append(rune.ToString());
                    }
                    else
                    {
                        AppendCode(quoted, rune);
                    }

                    break;
            }
        }

        return quoted.Append('"').ToString();
    }

    private static void AppendCode(StringBuilder quoted, Rune rune) =>
        quoted.Append(rune.IsBmp ? "\\u" : "\\U").Append(rune.Value.ToString(rune.IsBmp ? "x4" : "x8", CultureInfo.InvariantCulture));

    private static bool IsSeen(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate);
}
