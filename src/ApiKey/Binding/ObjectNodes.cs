using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Net;
using System.Security;
using ApiKey.Formats;
using ApiKey.Model;
using ApiKey.Text;

namespace ApiKey.Binding;

/// <summary>Reads objects as a desired state: hashtables, rows of Import-Csv, what ConvertFrom-Json makes.</summary>
internal static class ObjectNodes
{
    // As deep as files may go. A hashtable that holds itself has no end.
    private const int MostLevels = 64;

    /// <summary>What an object says.</summary>
    /// <param name="input">The object.</param>
    /// <param name="number">Its number among those given, from 1.</param>
    /// <exception cref="FormatException">It has no end, or a property cannot be read.</exception>
    public static DesiredNode Read(object? input, int number) => Read(input, new NodePlace(number, 0), MostLevels);

    /// <summary>Whether an object is a whole document, with <c>keys</c> or usage plans to make in it, rather than one key.</summary>
    public static bool IsDocument(DesiredNode node) =>
        node is ListNode || (node is MapNode map
            && (Has(map, "keys") || (!Has(map, "name") && (Has(map, "usage_plans") || Has(map, "UsagePlans")))));

    private static bool Has(MapNode map, string name) => map.Find(name, StringComparison.OrdinalIgnoreCase) is not null;

    private static DesiredNode Read(object? input, NodePlace place, int levels) => Input.Unwrap(input) switch
    {
        null => new NullNode(place),
        string text => new TextNode(place, text),
        SecureString secret => new TextNode(place, new NetworkCredential("", secret).Password),
        Secret secret => new TextNode(place, secret.Reveal()),
        bool flag => new FlagNode(place, flag),
        SwitchParameter flag => new FlagNode(place, flag),
        IDictionary or PSCustomObject or IEnumerable when levels == 0 =>
            throw new FormatException(
                $"The object is nested more than {MostLevels} levels deep, or holds itself. Give each key as its attributes, for example "
                + "name and tags."),
        IDictionary map => new MapNode(place,
            [.. map.Keys.Cast<object>()
                .Select(key => (new TextNode(place, key.ToString() ?? ""), Read(Entry(map, key), place, levels - 1)))]),
        PSCustomObject => new MapNode(place,
            [.. ((PSObject)input!).Properties.Select(property => (new TextNode(place, property.Name),
                Read(Input.ValueOf(property), place, levels - 1)))]),
        IEnumerable list => new ListNode(place, [.. list.Cast<object?>().Select(item => Read(item, place, levels - 1))]),
        object number when IsNumber(number) => new OtherNode(place, "a number", Convert.ToString(number, CultureInfo.InvariantCulture)!),
        Enum name => new TextNode(place, name.ToString()),
        PlanStage or ThrottleLimits => Read(PSObject.AsPSObject(input!).Properties.Where(property => property.Value is not null)
            .ToDictionary(property => property.Name, property => property.Value, StringComparer.Ordinal), place, levels),
        object other => new OtherNode(place, $"a {other.GetType().Name}"),
    };

    private static bool IsNumber(object input) => input.GetType().IsPrimitive && input is not (bool or char or nint or nuint)
        || input is decimal or System.Numerics.BigInteger;

    // Null in a file says that an attribute is not set. Typed into a hashtable it was perhaps meant to be something.
    private static object? Entry(IDictionary map, object key) =>
        Input.Unwrap(map[key]) is not null ? map[key] : throw new FormatException(Emptiness.IsNull(Show.Quote(key.ToString())));
}
