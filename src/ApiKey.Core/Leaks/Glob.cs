namespace ApiKey.Leaks;

/// <summary>A pattern of .gitignore. However many asterisks it has, the work is bounded by the product of the two lengths.</summary>
internal sealed class Glob
{
    private const string AnyFolders = "**";

    private readonly string[] _parts;
    private readonly bool _isOfName;
    private readonly StringComparison _comparison;

    /// <summary>A pattern, without the marks of negation and of folders.</summary>
    /// <param name="pattern">The pattern. One without a slash is of a name at any depth.</param>
    /// <param name="comparison">Whether case counts.</param>
    public Glob(string pattern, StringComparison comparison)
    {
        _isOfName = !pattern.Contains('/', StringComparison.Ordinal);
        _comparison = comparison;
        _parts = Split(pattern.StartsWith('/') ? pattern[1..] : pattern);
    }

    /// <summary>Whether a path is meant.</summary>
    /// <param name="names">The names on the way from where the pattern stands.</param>
    public bool IsMatch(string[] names)
    {
        if (_isOfName)
        {
            return IsPart(_parts[0], names[^1]);
        }

        // The same as for asterisks below, with names in place of letters.
        int part = 0;
        int name = 0;
        int star = -1;
        int retry = 0;
        while (name < names.Length)
        {
            if (part < _parts.Length && _parts[part] == AnyFolders)
            {
                // At the end it means everything within.
                if (part == _parts.Length - 1)
                {
                    return true;
                }

                (star, retry) = (part, name);
                part++;
            }
            else if (part < _parts.Length && IsPart(_parts[part], names[name]))
            {
                part++;
                name++;
            }
            else if (star >= 0)
            {
                part = star + 1;
                name = ++retry;
            }
            else
            {
                return false;
            }
        }

        return part == _parts.Length;
    }

    // A slash in brackets parts nothing, and one with a backslash does.
    private string[] Split(string pattern)
    {
        List<string> parts = [];
        int from = 0;
        for (int at = 0; at < pattern.Length;)
        {
            int length = pattern[at] == '\\' && at + 1 < pattern.Length ? 2 : 1;
            if (pattern[at + length - 1] == '/')
            {
                parts.Add(pattern[from..at]);
                from = at + length;
            }

            if (pattern[at] == '[')
            {
                IsOneOf(pattern, at, '\0', out at);
            }
            else
            {
                at += length;
            }
        }

        return [.. parts.Append(pattern[from..]).Select(part => part.Length > AnyFolders.Length && part.All(letter => letter == '*')
            ? AnyFolders : part)];
    }

    private bool IsPart(string pattern, string name)
    {
        int at = 0;
        int letter = 0;
        int star = -1;
        int retry = 0;
        while (letter < name.Length)
        {
            if (at < pattern.Length && pattern[at] == '*')
            {
                (star, retry) = (at, letter);
                at++;
            }
            else if (at < pattern.Length && IsLetter(pattern, at, name[letter], out int after))
            {
                at = after;
                letter++;
            }
            else if (star >= 0)
            {
                at = star + 1;
                letter = ++retry;
            }
            else
            {
                return false;
            }
        }

        while (at < pattern.Length && pattern[at] == '*')
        {
            at++;
        }

        return at == pattern.Length;
    }

    private bool IsLetter(string pattern, int at, char letter, out int after)
    {
        after = at + 1;
        switch (pattern[at])
        {
            case '?':
                return true;
            case '[':
                return IsOneOf(pattern, at, letter, out after);
            case '\\':
                after++;
                return at + 1 < pattern.Length && IsSame(pattern[at + 1], letter);
            default:
                return IsSame(pattern[at], letter);
        }
    }

    // A bracket that nothing closes matches nothing, nor does one with an unknown class, as in git.
    private bool IsOneOf(string pattern, int at, char letter, out int after)
    {
        int next = at + 1;
        bool isNegated = next < pattern.Length && pattern[next] is '!' or '^';
        next += isNegated ? 1 : 0;
        bool isIn = false;
        for (int first = next; next < pattern.Length; next++)
        {
            if (pattern[next] == ']' && next > first)
            {
                after = next + 1;
                return isIn != isNegated;
            }

            if (pattern.AsSpan(next) is ['[', ':', ..]
                && pattern.IndexOf(']', next + 2) is >= 0 and var end && end > next + 2 && pattern[end - 1] == ':')
            {
                if (IsOfClass(pattern[(next + 2)..(end - 1)], letter) is not { } isOfClass)
                {
                    break;
                }

                isIn |= isOfClass;
                next = end;
                continue;
            }

            // The first letter of a range counts even when the range is the wrong way round, as in git.
            char low = Unescaped(pattern, ref next);
            isIn |= IsSame(low, letter);
            if (pattern.AsSpan(next + 1) is ['-', not ']', ..])
            {
                next += 2;
                char high = Unescaped(pattern, ref next);
                isIn |= (letter >= low && letter <= high)
                    || (_comparison == StringComparison.OrdinalIgnoreCase
                        && ((char.ToLowerInvariant(letter) >= low && char.ToLowerInvariant(letter) <= high)
                            || (char.ToUpperInvariant(letter) >= low && char.ToUpperInvariant(letter) <= high)));
            }
        }

        after = pattern.Length;
        return false;
    }

    private static char Unescaped(string pattern, ref int at)
    {
        at += pattern[at] == '\\' && at + 1 < pattern.Length ? 1 : 0;
        return pattern[at];
    }

    private static bool? IsOfClass(string name, char letter) => name switch
    {
        "alpha" => char.IsAsciiLetter(letter),
        "digit" => char.IsAsciiDigit(letter),
        "alnum" => char.IsAsciiLetterOrDigit(letter),
        "upper" => char.IsAsciiLetterUpper(letter),
        "lower" => char.IsAsciiLetterLower(letter),
        "xdigit" => char.IsAsciiHexDigit(letter),
        "space" => letter is ' ' or (>= '\t' and <= '\r'),
        "blank" => letter is ' ' or '\t',
        "punct" => char.IsAscii(letter) && (char.IsPunctuation(letter) || char.IsSymbol(letter)),
        "cntrl" => char.IsAscii(letter) && char.IsControl(letter),
        "print" => letter is >= ' ' and <= '~',
        "graph" => letter is > ' ' and <= '~',
        _ => null,
    };

    private bool IsSame(char one, char other) => one == other
        || (_comparison == StringComparison.OrdinalIgnoreCase && char.ToUpperInvariant(one) == char.ToUpperInvariant(other));
}
