namespace ApiKey.Calls;

/// <summary>
/// Ids that came already, without keeping their text: the ids of a hundred thousand keys would outlive the keys. Ids are lower-case
/// letters and digits, ten of them in every recorded answer; up to twelve are a number each, without a loss. Others are kept as they
/// are.
/// </summary>
internal sealed class SeenIds
{
    private const int LongestNumber = 12;

    // Letters and digits, and 0 for none, so that ids of different lengths are different numbers. The twelfth power is within 64 bits.
    private const ulong Base = 37;

    private readonly HashSet<ulong> _numbers = [];
    private HashSet<string>? _texts;

    /// <summary>Remembers an id.</summary>
    /// <returns>Whether it came for the first time.</returns>
    public bool Add(string id) => NumberOf(id) is { } number ? _numbers.Add(number) : (_texts ??= new(StringComparer.Ordinal)).Add(id);

    private static ulong? NumberOf(string id)
    {
        if (id.Length > LongestNumber)
        {
            return null;
        }

        ulong number = 0;
        foreach (char letter in id)
        {
            if (!char.IsAsciiDigit(letter) && !char.IsAsciiLetterLower(letter))
            {
                return null;
            }

            number = (number * Base) + (ulong)(char.IsAsciiDigit(letter) ? letter - '0' + 1 : letter - 'a' + 11);
        }

        return number;
    }
}
