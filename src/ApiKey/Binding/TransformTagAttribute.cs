using System.Collections;
using System.Management.Automation;
using ApiKey.Tags;
using ApiKey.Text;

namespace ApiKey.Binding;

/// <summary>
/// Reads tags from a hashtable, the Tags of another key, an object with a property per tag (parsed JSON), AWS's own shape (Key
/// and Value), text as the views and files have it (<c>env=prod, team=a</c>), or a list of those. Values must be text; an empty
/// string is a real value, $null is none and refused by name.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TransformTagAttribute : GivenAttribute
{
    private const string Key = "Key";
    private const string Value = "Value";

    /// <summary>The tags that were given.</summary>
    /// <exception cref="FormatException">They are not tags; the text says what is.</exception>
    public static TagSet ReadTags(object input) => ReadOne(input) ?? ReadMany(input);

    /// <inheritdoc/>
    protected override object Read(object input) => ReadTags(input);

    /// <inheritdoc/>
    protected override bool SaysWhatIsMissing(object? input) => input is IDictionary { Count: > 0 } and not TagSet;

    private static TagSet? ReadOne(object? input) => Input.Unwrap(input) switch
    {
        TagSet tags => Checked(tags),
        string text => FromText(text),
        IDictionary map => FromPairs([.. map.Keys.Cast<object>().Select(key => (key, map[key]))]),
        PSCustomObject => FromPairs([.. ((PSObject)input!)
            .Properties.Select(property => ((object)property.Name, Input.ValueOf(property)))]),
        IList => null,
        object other when Input.TryFind(other, [Key], out object? key) && Input.TryFind(other, [Value], out object? value)
            => FromPairs([(ReadKey(key ?? ""), value)]),
        object other => throw NotTags(other),
        null => throw NotTags(null),
    };

    private static TagSet ReadMany(object input)
    {
        List<KeyValuePair<string, string?>> tags = [];
        foreach (object? item in (IList)Input.Unwrap(input)!)
        {
            tags.AddRange(Emptiness.IsNothing(item) && item is not IDictionary { Count: > 0 }
                ? throw new FormatException("An item of the list of tags is empty; perhaps a variable in it was never set.")
                : ReadOne(item) ?? throw NotTags(item));
        }

        return tags.GroupBy(tag => tag.Key, StringComparer.Ordinal).FirstOrDefault(group => group.Skip(1).Any()) is { Key: var twice }
            ? throw new FormatException($"The tag '{twice}' is given twice. Keep one of the two.")
            : TagSet.From(tags);
    }

    // The AWS CLI has both shapes, by service: Key=env,Value=prod and env=prod.
    private static TagSet FromText(string text)
    {
        TagSet tags = TagSet.Parse(text);
        return tags.Count == 2 && tags.Keys.Order(StringComparer.Ordinal).SequenceEqual([Key, Value], StringComparer.Ordinal)
            ? throw new FormatException($"{Show.Quote(text)} may be one tag as AWS writes it, or two. Write "
                + $"{Show.Quote($"{tags[Key]}={tags[Value]}")} for the one; for two, give each as a text of its own.")
            : tags;
    }

    // @{ Key = 'env'; Value = 'prod' } is how AWS's own tools write the tag env=prod.
    private static TagSet FromPairs(IReadOnlyList<(object Key, object? Value)> pairs) =>
        pairs.Count == 2 && Find(pairs, Key) is { } key && Find(pairs, Value) is { } value
            ? TagSet.From([Pair(key.Value ?? throw new FormatException("The Key of a tag is $null; perhaps a variable was never set."),
                value.Value)])
            : TagSet.From(pairs.Select(pair => Pair(pair.Key, pair.Value)));

    private static (object Key, object? Value)? Find(IReadOnlyList<(object Key, object? Value)> pairs, string name) =>
        pairs.Where(pair => string.Equals(Input.Unwrap(pair.Key) as string, name, StringComparison.OrdinalIgnoreCase))
            .Cast<(object Key, object? Value)?>().FirstOrDefault();

    private static KeyValuePair<string, string?> Pair(object key, object? value)
        => KeyValuePair.Create(ReadKey(key), (string?)ReadValue(key, value));

    private static string ReadKey(object key) => Input.Unwrap(key) as string
        ?? throw new FormatException($"The tag key {key} is {Input.DescribeWithin(key)}; tag keys are text. Put it in quotes.");

    private static string ReadValue(object key, object? value) => Input.Unwrap(value) switch
    {
        null => throw NoValue(key),
        string text => text,
        object other => throw new FormatException(
            $"The value of tag '{key}' is {Input.DescribeWithin(other)}; tag values are text. Put it in quotes."),
    };

    private static TagSet Checked(TagSet tags) => tags.FirstOrDefault(tag => tag.Value is null) is { Key: { } key }
        ? throw NoValue(key) : tags;

    private static FormatException NoValue(object key) =>
        new($"The tag '{key}' has the value $null; perhaps a variable was never set. Give its value as text, '' for an empty one, or leave "
            + "the tag out.");

    private static FormatException NotTags(object? input) =>
        new($"Tags cannot be read from {Input.DescribeWithin(input)}. Give a hashtable, for example @{{ env = 'prod' }}.");
}
