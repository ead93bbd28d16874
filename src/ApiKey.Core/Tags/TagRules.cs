using ApiKey.Text;

namespace ApiKey.Tags;

/// <summary>AWS's limits on tags (API Gateway developer guide, "Tagging API Gateway resources"), checked before any call.</summary>
internal static class TagRules
{
    /// <summary>Tags on one resource, AWS's own not counted.</summary>
    public const int MaxTags = 50;

    /// <summary>Characters in a key.</summary>
    public const int MaxKeyLength = 128;

    /// <summary>Characters in a value.</summary>
    public const int MaxValueLength = 256;

    /// <summary>What is wrong with these tags, each problem a sentence that says what to do; nothing when all is well.</summary>
    /// <param name="tags">The tags.</param>
    /// <param name="tagged">What is tagged, with its article.</param>
    public static IEnumerable<string> ProblemsOf(TagSet tags, string tagged = "an API key")
    {
        if (tags.Count > MaxTags)
        {
            yield return $"There are {tags.Count} tags; {tagged} can have at most {MaxTags}, default tags included. Leave out "
                + $"{tags.Count - MaxTags}.";
        }

        foreach ((string key, string? value) in tags)
        {
            foreach (string problem in ProblemsOfKey(key))
            {
                yield return problem;
            }

            if (value is { Length: > MaxValueLength })
            {
                yield return $"The value of tag '{Shorten(key)}' has {value.Length} characters; AWS accepts at most {MaxValueLength}.";
            }
        }
    }

    /// <summary>What is wrong with a change of tags, each problem a sentence.</summary>
    /// <param name="change">The change.</param>
    /// <param name="policy">The tag policy: an exact set is judged with the default tags laid under.</param>
    /// <param name="tagged">What is tagged, with its article.</param>
    public static IEnumerable<string> ProblemsOf(TagChange change, TagPolicy policy, string tagged = "an API key") =>
    [
        .. ProblemsOf(change.Exactly is { } exactly ? policy.Merge(exactly) : change.Add, tagged),
        .. change.Remove.SelectMany(ProblemsOfKey),
    ];

    /// <summary>What is wrong with one tag key.</summary>
    public static IEnumerable<string> ProblemsOfKey(string key)
    {
        if (key.Length == 0)
        {
            yield return "A tag has an empty key. Give every tag a key of 1 to 128 characters.";
        }

        if (key.Length > MaxKeyLength)
        {
            yield return $"The tag key '{Shorten(key)}' has {key.Length} characters; AWS accepts at most {MaxKeyLength}.";
        }

        if (key.StartsWith(TagSet.SystemPrefix, StringComparison.OrdinalIgnoreCase))
        {
            yield return $"The tag '{Shorten(key)}' starts with '{TagSet.SystemPrefix}', which AWS keeps for itself. Choose another key.";
        }
    }

    private static string Shorten(string key) => Show.Plain(key.Length <= 40 ? key : key[..37] + "...");
}
