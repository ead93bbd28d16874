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

    // Spreads numbers that differ little: 2 to the 64th power by the golden ratio.
    private const ulong Spread = 0x9E3779B97F4A7C15;

    // An open table: a HashSet takes 20 bytes and more for a number of 8. 0 is a free place.
    private ulong[] _numbers = new ulong[16];
    private int _count;
    private HashSet<string>? _texts;

    /// <summary>Remembers an id.</summary>
    /// <returns>Whether it came for the first time.</returns>
    public bool Add(string id) => NumberOf(id) is { } number ? Add(number) : (_texts ??= new(StringComparer.Ordinal)).Add(id);

    private bool Add(ulong number)
    {
        if ((_count + 1) * 4L > _numbers.Length * 3L)
        {
            ulong[] known = _numbers;
            _numbers = new ulong[known.Length * 2];
            foreach (ulong one in known.Where(one => one != 0))
            {
                _numbers[PlaceOf(one)] = one;
            }
        }

        int place = PlaceOf(number);
        bool isNew = _numbers[place] == 0;
        _numbers[place] = number;
        _count += isNew ? 1 : 0;
        return isNew;
    }

    // Where a number is, or would be put.
    private int PlaceOf(ulong number)
    {
        int mask = _numbers.Length - 1;
        int place = (int)((number * Spread) >> 32) & mask;
        while (_numbers[place] != 0 && _numbers[place] != number)
        {
            place = (place + 1) & mask;
        }

        return place;
    }

    private static ulong? NumberOf(string id)
    {
        if (id.Length is 0 or > LongestNumber)
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
