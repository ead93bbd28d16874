using System.Collections;
using System.Management.Automation;

namespace ApiKey.Binding;

/// <summary>How transformations look at what a user gives: hashtables, rows, parsed JSON, objects of any kind.</summary>
internal static class Input
{
    /// <summary>The object within PowerShell's wrapper. A PSCustomObject has none: what is got then is only a marker.</summary>
    public static object? Unwrap(object? input) => input is PSObject wrapped ? wrapped.BaseObject : input;

    /// <summary>What an object is, as an error says it; never what it holds, which may be a secret.</summary>
    public static string Describe(object? input) => Unwrap(input) switch
    {
        null => "$null",
        IDictionary => "A hashtable",
        PSCustomObject => "An object",
        string => "Text",
        bool => "A boolean",
        object number when IsNumber(number) => "A number",
        DateTime or DateTimeOffset => "A date",
        Array => "A list",
        object other => $"An object of type {other.GetType().Name}",
    };

    /// <summary>The same within a sentence.</summary>
    public static string DescribeWithin(object? input)
    {
        string what = Describe(input);
        return char.ToLowerInvariant(what[0]) + what[1..];
    }

    /// <summary>Whether an object is a number.</summary>
    public static bool IsNumber(object input)
        => input is sbyte or byte or short or ushort or int or uint or long or ulong or float or double or decimal;

    /// <summary>Whether an object is a row: names and what they say.</summary>
    public static bool IsRow(object? input) => Unwrap(input) is IDictionary or PSCustomObject;

    /// <summary>The columns of a row, or the properties of an object.</summary>
    public static IEnumerable<string> ColumnsOf(object input) => Unwrap(input) is IDictionary map
        ? map.Keys.Cast<object>().Select(key => key.ToString() ?? "")
        : PSObject.AsPSObject(input).Properties.Select(property => property.Name);

    /// <summary>What stands in the first of some columns that there is, in any case.</summary>
    /// <exception cref="FormatException">The property cannot be read.</exception>
    public static bool TryFind(object input, IEnumerable<string> columns, out object? value)
    {
        foreach (string column in columns)
        {
            if (Unwrap(input) is IDictionary map)
            {
                if (map.Keys.Cast<object>()
                    .FirstOrDefault(key => string.Equals(key.ToString(), column, StringComparison.OrdinalIgnoreCase)) is { } key)
                {
                    value = map[key];
                    return true;
                }
            }
            else if (PSObject.AsPSObject(input).Properties[column] is { } property)
            {
                value = ValueOf(property);
                return true;
            }
        }

        value = null;
        return false;
    }

    /// <summary>What a property says.</summary>
    /// <exception cref="FormatException">It cannot be read.</exception>
    public static object? ValueOf(PSPropertyInfo property)
    {
        try
        {
            return property.Value;
        }
        catch (GetValueException problem)
        {
            throw new FormatException(
                $"The property '{property.Name}' of the object cannot be read: {(problem.InnerException ?? problem).Message}", problem);
        }
    }
}
