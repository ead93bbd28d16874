using System.Collections;
using System.Management.Automation;
using System.Net;
using System.Security;
using ApiKey.DesiredState;

namespace ApiKey.Binding;

/// <summary>Reads objects as a desired state: hashtables, rows of Import-Csv, what ConvertFrom-Json makes.</summary>
internal static class ObjectNodes
{
    /// <summary>What an object says.</summary>
    /// <param name="input">The object.</param>
    /// <param name="number">Its number among those given, from 1.</param>
    public static DesiredNode Read(object? input, int number)
    {
        NodePlace place = new(number, 0);
        return (input is PSObject wrapped ? wrapped.BaseObject : input) switch
        {
            null => new NullNode(place),
            string text => new TextNode(place, text),
            SecureString secret => new TextNode(place, new NetworkCredential("", secret).Password),
            bool said => new FlagNode(place, said),
            SwitchParameter said => new FlagNode(place, said),
            IDictionary map => new MapNode(place, [.. map.Keys.Cast<object>().Select(key => (new TextNode(place, key.ToString() ?? ""), Read(map[key], number)))]),
            PSCustomObject => new MapNode(place, [.. ((PSObject)input!).Properties.Select(property => (new TextNode(place, property.Name), Read(property.Value, number)))]),
            IEnumerable list => new ListNode(place, [.. list.Cast<object?>().Select(item => Read(item, number))]),
            object other => new OtherNode(place, $"a {other.GetType().Name}"),
        };
    }

    /// <summary>Whether an object is a whole document, with <c>keys</c> in it, rather than one key.</summary>
    public static bool IsDocument(DesiredNode node) =>
        node is ListNode || (node is MapNode map && map.Find("keys", StringComparison.OrdinalIgnoreCase) is not null);
}
