using System.Collections;
using System.Management.Automation;

namespace ApiKey.Binding;

/// <summary>What PowerShell gives when a variable was never set: nothing, in whatever it was wrapped.</summary>
internal static class Emptiness
{
    /// <summary>The id of the error about a parameter that was given nothing.</summary>
    public const string ErrorId = "EmptyParameter";

    // Lists within lists are looked into this far; what is deeper counts as something, and its reader refuses it.
    private const int MostLevels = 8;

    /// <summary>The message about a member of a hashtable that is null.</summary>
    public static string IsNull(string member) => $"{member} is $null; perhaps a variable was never set. Give it a value, or leave it out.";

    /// <summary>Whether an input is nothing: null, blank text, a list of nothing else, or a hashtable without values.</summary>
    public static bool IsNothing(object? input) => IsNothing(input, MostLevels);

    /// <summary>The number of the first item of a list that is nothing, from 1; 0 when there is none.</summary>
    public static int FirstEmptyItem(object? value) =>
        value is object?[] items ? Array.FindIndex(items, IsNothing) + 1 : 0;

    private static bool IsNothing(object? input, int levels) => (input is PSObject wrapped ? wrapped.BaseObject : input) switch
    {
        null => true,
        string text => string.IsNullOrWhiteSpace(text),
        _ when levels == 0 => false,
        IDictionary map => map.Values.Cast<object?>().All(value => value is null),
        IList list => list.Cast<object?>().All(item => IsNothing(item, levels - 1)),
        _ => false,
    };
}
