using System.Collections;
using System.Management.Automation;
using ApiKey.Tags;

namespace ApiKey.Binding;

/// <summary>
/// Reads tags from a hashtable, the Tags of another key, an object with a property per tag (parsed JSON), or text as in a CSV
/// cell (<c>env=prod&amp;team=a</c>). Values must be text; a null value counts as absent, an empty string is a real value.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TransformTagAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        try
        {
            return Read(inputData);
        }
        catch (FormatException fault)
        {
            throw new ArgumentTransformationMetadataException(fault.Message, fault);
        }
    }

    private static TagSet? Read(object? input) => Unwrap(input) switch
    {
        null => null,
        TagSet tags => tags.WithoutNulls(),
        string text => TagSet.Parse(text),
        IDictionary map => FromPairs(map.Keys.Cast<object>().Select(key => (key, map[key]))),
        PSCustomObject => FromPairs(((PSObject)input!).Properties.Select(property => ((object)property.Name, (object?)property.Value))),
        object other => throw new FormatException($"Tags cannot be read from a {other.GetType().Name}. Give a hashtable, for example @{{ env = 'prod' }}."),
    };

    private static TagSet FromPairs(IEnumerable<(object Key, object? Value)> pairs) =>
        TagSet.From(pairs.Select(pair => KeyValuePair.Create(ReadKey(pair.Key), ReadValue(pair.Key, pair.Value)))).WithoutNulls();

    private static string ReadKey(object key) => Unwrap(key) as string
        ?? throw new FormatException($"The tag key {key} is a {Unwrap(key)?.GetType().Name}; tag keys are text. Put it in quotes.");

    private static string? ReadValue(object key, object? value) => Unwrap(value) switch
    {
        null => null,
        string text => text,
        object other => throw new FormatException($"The value of tag '{key}' is a {other.GetType().Name}; tag values are text. Put it in quotes."),
    };

    // A PSCustomObject's base object is a marker without content, so the wrapper itself is what tells.
    private static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
