namespace ApiKey.Binding;

/// <summary>
/// Names and wildcard patterns that keys are compared with. Case-sensitive like AWS's own name query, which only knows
/// prefixes: the prefix that all patterns share is sent, the rest is matched here.
/// </summary>
internal sealed class NameFilter
{
    private readonly List<Func<string, bool>> _patterns = [];
    private readonly HashSet<string> _literals = new(StringComparer.Ordinal);
    private readonly HashSet<string> _matched = new(StringComparer.Ordinal);

    public NameFilter(IEnumerable<string> names)
    {
        string? common = null;
        foreach (string name in names)
        {
            int wildcard = Wildcards.IndexIn(name);
            if (wildcard < 0)
            {
                _literals.Add(name);
            }
            else
            {
                _patterns.Add(Wildcards.Of(name));
            }

            string prefix = wildcard < 0 ? name : name[..wildcard];
            common = common is null ? prefix : common[..common.AsSpan().CommonPrefixLength(prefix)];
        }

        CommonPrefix = string.IsNullOrEmpty(common) ? null : common;
    }

    /// <summary>What every name that can match starts with; null for nothing in common.</summary>
    public string? CommonPrefix { get; }

    /// <summary>The names without wildcards that nothing has matched so far.</summary>
    public IEnumerable<string> UnmatchedLiterals => _literals.Where(name => !_matched.Contains(name));

    /// <summary>Whether a key of this name is meant. Several places may ask at once.</summary>
    public bool Matches(string name)
    {
        if (_literals.Contains(name))
        {
            lock (_matched)
            {
                _matched.Add(name);
            }

            return true;
        }

        foreach (Func<string, bool> pattern in _patterns)
        {
            if (pattern(name))
            {
                return true;
            }
        }

        return false;
    }
}
