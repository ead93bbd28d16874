using System.Globalization;
using ApiKey.Text;

namespace ApiKey.Binding;

/// <summary>
/// Reads a number strictly, with a point before a fraction in every culture. PowerShell alone would drop other text of a row
/// without a word, take 1,5 for 15, and round 1.5 to 2.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TransformNumberAttribute : GivenAttribute
{
    private const NumberStyles Whole = NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite;
    private const NumberStyles Fraction = Whole | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>Whether the number may have a fraction.</summary>
    public bool AllowsFraction { get; init; }

    /// <inheritdoc/>
    protected override object Read(object input) => Input.Unwrap(input) switch
    {
        string text => ReadText(text),
        double number when !AllowsFraction && !double.IsInteger(number) => throw NotWhole(number.ToString(CultureInfo.InvariantCulture)),
        decimal number when !AllowsFraction && !decimal.IsInteger(number) => throw NotWhole(number.ToString(CultureInfo.InvariantCulture)),
        object number when Input.IsNumber(number) => number,
        object other => throw new FormatException($"{Input.Describe(other)} is not a number."),
        null => throw new FormatException("Nothing is not a number."),
    };

    private object ReadText(string text)
    {
        if (AllowsFraction)
        {
            return double.TryParse(text, Fraction, CultureInfo.InvariantCulture, out double number)
                ? number
                : throw new FormatException(
                    $"{Show.Quote(text)} is not a number. Write digits, and a point before a fraction, for example 2.5.");
        }

        return int.TryParse(text, Whole, CultureInfo.InvariantCulture, out int whole) ? whole : throw NotWhole(text);
    }

    private static FormatException NotWhole(string text) =>
        new($"{Show.Quote(text)} is not a whole number up to 2147483647. Write digits only, for example 1000.");
}
