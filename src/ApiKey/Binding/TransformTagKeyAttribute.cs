using System.Globalization;
using ApiKey.Text;

namespace ApiKey.Binding;

/// <summary>What a command does with tags of certain keys.</summary>
internal enum TagKeyUse
{
    /// <summary>Takes them off.</summary>
    Remove,

    /// <summary>Looks for them.</summary>
    Find,

    /// <summary>Ignores them.</summary>
    Ignore,

    /// <summary>Ignores those whose keys start like that.</summary>
    IgnoreStart,
}

/// <summary>Reads keys of tags. A wildcard among them would silently mean no tag at all: AWS allows letters, digits, blanks and
/// <c>+ - = . _ : / @</c> in a key.</summary>
/// <param name="use">What the command does with them.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TransformTagKeyAttribute(TagKeyUse use) : GivenAttribute
{
    private static readonly char[] Wild = ['*', '?', '['];

    private string InsteadOfWildcard => use switch
    {
        TagKeyUse.Ignore => "Specify each key in full, or the start of keys with -IgnoreTagPrefix.",
        TagKeyUse.IgnoreStart => "Specify the start of the keys alone, for example kubernetes.io/.",
        _ => "Specify each key in full, for example env.",
    };

    // {0} is a text like env=prod, {1} what would be its key.
    private string Warning => use switch
    {
        TagKeyUse.Remove => "-RemoveTag accepts keys of tags, so it takes off a tag whose key is {0}. To take off the tag {1}, whatever "
            + "its value, use -RemoveTag {1}.",
        TagKeyUse.Find => "-HasTag accepts keys of tags, so it looks for a tag whose key is {0}. To look for the tag {1}, whatever its "
            + "value, use -HasTag {1}; with that value, use -Tag {0}.",
        TagKeyUse.Ignore => "-IgnoreTag accepts keys of tags, so it ignores a tag whose key is {0}. To ignore the tag {1}, whatever its "
            + "value, use -IgnoreTag {1}.",
        _ => "-IgnoreTagPrefix accepts the start of keys of tags, so it ignores tags whose key starts with {0}. To ignore the tag {1}, "
            + "whatever its value, use -IgnoreTag {1}.",
    };

    /// <summary>The warnings about keys that look like tags. A key may have an equals sign in it, so it is not an error.</summary>
    public IEnumerable<string> WarningsOf(string[] keys) => keys
        .Where(key => key.IndexOf('=', StringComparison.Ordinal) > 0)
        .Select(key => string.Format(CultureInfo.InvariantCulture, Warning, Show.Quote(key), Show.Quote(key.Split('=')[0])));

    /// <inheritdoc/>
    protected override object? Read(object input)
    {
        object? keys = base.Read(input);
        object?[] items = Input.Unwrap(input) is object?[] many ? many : [input];
        return items.Select(Input.Unwrap).OfType<string>().FirstOrDefault(key => key.IndexOfAny(Wild) >= 0) is { } pattern
            ? throw new FormatException(
                $"{Show.Quote(pattern)} has a wildcard, and no key of a tag on AWS has such a character. {InsteadOfWildcard}")
            : keys;
    }
}
