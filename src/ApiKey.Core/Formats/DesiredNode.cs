using System.Runtime.InteropServices;

namespace ApiKey.Formats;

/// <summary>Where something stands in a text: line and column for people, from 1, and the offsets of its first and past its last
/// character.</summary>
/// <param name="Line">The line; for objects their number.</param>
/// <param name="Column">The column; 0 for objects.</param>
/// <param name="Start">The offset of its first character.</param>
/// <param name="End">The offset past its last character.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct NodePlace(int Line, int Column, int Start = 0, int End = 0);

/// <summary>
/// A piece of a desired state, whatever it was written in: JSON, PowerShell data, CSV or objects. These are classes without a
/// text form, because a text may be a key's value.
/// </summary>
internal abstract class DesiredNode(NodePlace place)
{
    /// <summary>Where it stands.</summary>
    public NodePlace Place { get; } = place;
}

/// <summary>Text.</summary>
internal sealed class TextNode(NodePlace place, string text) : DesiredNode(place)
{
    public string Text { get; } = text;
}

/// <summary>True or false.</summary>
internal sealed class FlagNode(NodePlace place, bool isTrue) : DesiredNode(place)
{
    public bool IsTrue { get; } = isTrue;
}

/// <summary>Nothing: not specified.</summary>
internal sealed class NullNode(NodePlace place) : DesiredNode(place);

/// <summary>What is neither text nor true or false: a number, a script.</summary>
internal sealed class OtherNode(NodePlace place, string kind, string text = "") : DesiredNode(place)
{
    /// <summary>A number as it is written, in the invariant culture; empty for anything else.</summary>
    public string Text { get; } = text;

    /// <summary>What it is, for example <c>a number</c>.</summary>
    public string Kind { get; } = kind;
}

/// <summary>What YAML marks with one of CloudFormation's short forms, such as <c>!Ref</c>. Only a template has them.</summary>
internal sealed class TaggedNode(NodePlace place, string tag, DesiredNode inner) : DesiredNode(place)
{
    /// <summary>The short forms, without their exclamation mark.</summary>
    public static IReadOnlyCollection<string> Known { get; } =
    [
        "Ref", "Condition", "And", "Base64", "Cidr", "Equals", "FindInMap", "GetAtt", "GetAZs", "If", "ImportValue", "Join", "Length",
        "Not", "Or", "Select", "Split", "Sub", "ToJsonString", "Transform",
    ];

    /// <summary>The short form.</summary>
    public string Tag { get; } = tag;

    /// <summary>What is marked.</summary>
    public DesiredNode Inner { get; } = inner;

    /// <summary>What any other document's reader says of such a mark.</summary>
    public static FileProblemException Refuse(NodePlace place) => new(Math.Max(1, place.Line), Math.Max(1, place.Column),
        "What the tag (a mark that starts with !) at this place means is not known here. Write the text or list itself.");

    /// <summary>The first of them in a document; null when there is none.</summary>
    public static TaggedNode? FirstIn(DesiredNode node) => node switch
    {
        TaggedNode tagged => tagged,
        ListNode list => list.Items.Select(FirstIn).FirstOrDefault(found => found is not null),
        MapNode map => map.Entries.Select(entry => FirstIn(entry.Value)).FirstOrDefault(found => found is not null),
        _ => null,
    };
}

/// <summary>Several of them.</summary>
internal sealed class ListNode(NodePlace place, IReadOnlyList<DesiredNode> items) : DesiredNode(place)
{
    public IReadOnlyList<DesiredNode> Items { get; } = items;
}

/// <summary>Names and what they say.</summary>
internal sealed class MapNode(NodePlace place, IReadOnlyList<(TextNode Name, DesiredNode Value)> entries) : DesiredNode(place)
{
    public IReadOnlyList<(TextNode Name, DesiredNode Value)> Entries { get; } = entries;

    /// <summary>What a name says; null when it is not there.</summary>
    public DesiredNode? Find(string name, StringComparison comparison = StringComparison.Ordinal) =>
        Entries.FirstOrDefault(entry => string.Equals(entry.Name.Text, name, comparison)).Value;
}
