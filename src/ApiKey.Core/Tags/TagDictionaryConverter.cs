using System.Collections;
using System.ComponentModel;
using System.Globalization;

namespace ApiKey.Tags;

/// <summary>Makes tags of a hashtable or a text where only the type of a command's parameter is known, for example in a function around
/// the command. The command itself then reads what is in them.</summary>
internal sealed class TagDictionaryConverter : TypeConverter
{
    /// <inheritdoc/>
    public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) =>
        sourceType == typeof(string) || typeof(IDictionary).IsAssignableFrom(sourceType);

    /// <inheritdoc/>
    public override object? ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value) => value switch
    {
        string text => TagSet.Parse(text),
        IDictionary map => new Unread(map),
        _ => base.ConvertFrom(context, culture, value),
    };

    private sealed class Unread(IDictionary map) : Hashtable(map), ITagDictionary;
}
