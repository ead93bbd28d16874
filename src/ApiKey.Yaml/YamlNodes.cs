using System.Globalization;
using ApiKey.Formats;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ApiKey.Yaml;

/// <summary>
/// Reads YAML with the place of everything in it, as YAML 1.2's core schema means it: <c>true</c>, <c>null</c> and numbers are
/// what they look like unless they stand in quotes; <c>yes</c> and <c>on</c> are text. Aliases are refused: a few lines of them
/// can stand for a million.
/// </summary>
internal sealed class YamlNodes
{
    private const int DeepestNesting = 64;

    // What YAML calls text, written out or as the mark ! alone.
    private static readonly string[] TextTags = ["!", "tag:yaml.org,2002:str"];

    private readonly Scanner _scanner;
    private readonly Parser _events;
    private int _depth;

    private YamlNodes(string text)
    {
        _scanner = new Scanner(new StringReader(text));
        _events = new Parser(_scanner);
    }

    /// <summary>The document. The module calls this by name.</summary>
    /// <exception cref="FileProblemException">It is not YAML, or not one document.</exception>
    public static DesiredNode Parse(string text)
    {
        YamlNodes nodes = new(text);
        try
        {
            nodes._events.Consume<StreamStart>();
            if (!nodes._events.TryConsume<DocumentStart>(out _))
            {
                throw new FileProblemException(1, 1, "The file is empty. A desired state without any keys is written keys: [].");
            }

            DesiredNode root = nodes.Read();
            nodes._events.Consume<DocumentEnd>();
            return nodes._events.Current is DocumentStart second
                ? throw Problem(second.Start, "A second document starts here. Put all keys into one.")
                : root;
        }
        catch (YamlException problem)
        {
            // The exception's own text may quote the file.
            throw Invalid(problem.Start);
        }
        catch (Exception problem)
            when (problem is InvalidOperationException or ArgumentException or IndexOutOfRangeException or KeyNotFoundException
                or NullReferenceException or FormatException or OverflowException or InvalidCastException)
        {
            // The library meets some invalid text with exceptions of the runtime, which say nothing of the place: it is where the reading
            // came to.
            throw Invalid(nodes._scanner.CurrentPosition);
        }
    }

    private static FileProblemException Invalid(Mark at)
        => Problem(at, "This is not valid YAML. Look here and just before for wrong indentation, a missing colon or quote.");

    private DesiredNode Read()
    {
        // CloudFormation's short forms; whether the document is a template shows when all of it is read.
        if (_events.Current is NodeEvent { Tag.IsEmpty: false } marked && IsShortForm(marked))
        {
            return new TaggedNode(PlaceOf(marked), marked.Tag.Value[1..], ReadUnmarked());
        }

        return ReadUnmarked();
    }

    private DesiredNode ReadUnmarked()
    {
        switch (_events.Current)
        {
            case Scalar scalar:
                _events.MoveNext();
                return ReadScalar(scalar);
            case SequenceStart start:
                return new ListNode(PlaceOf(start), Nest<SequenceStart, SequenceEnd, DesiredNode>(start, Read));
            case MappingStart start:
                return new MapNode(PlaceOf(start),
                    Nest<MappingStart, MappingEnd, (TextNode, DesiredNode)>(start, () => (ReadName(), Read())));
            case AnchorAlias alias:
                throw Problem(alias.Start, "Aliases such as this one are not accepted. Write it out, or use defaults.");
            default:
                throw Problem(_events.Current?.Start ?? Mark.Empty, "Something is missing here.");
        }
    }

    private List<T> Nest<TStart, TEnd, T>(NodeEvent start, Func<T> read)
        where TStart : ParsingEvent
        where TEnd : ParsingEvent
    {
        if (++_depth > DeepestNesting)
        {
            throw Problem(start.Start, $"This is nested more than {DeepestNesting} levels deep, and no desired state is.");
        }

        if (!start.Tag.IsEmpty && !IsShortForm(start))
        {
            throw UnknownTag(start);
        }

        _events.Consume<TStart>();
        List<T> items = [];
        while (!_events.TryConsume<TEnd>(out _))
        {
            items.Add(read());
        }

        _depth--;
        return items;
    }

    private TextNode ReadName()
    {
        if (_events.Current is not Scalar name)
        {
            throw Problem(_events.Current?.Start ?? Mark.Empty, "A name is text. Write it in quotes.");
        }

        if (IsForeign(name))
        {
            throw UnknownTag(name);
        }

        _events.MoveNext();
        return new TextNode(PlaceOf(name), name.Value);
    }

    // What a mark such as !Ref or !!binary makes of a text, only its own reader knows.
    private static bool IsForeign(Scalar scalar) => !scalar.Tag.IsEmpty && !TextTags.Contains(scalar.Tag.Value, StringComparer.Ordinal);

    private static bool IsShortForm(NodeEvent node)
        => node.Tag.Value.StartsWith('!') && TaggedNode.Known.Contains(node.Tag.Value[1..], StringComparer.Ordinal);

    private static FileProblemException UnknownTag(NodeEvent node) => TaggedNode.Refuse(PlaceOf(node));

    private static DesiredNode ReadScalar(Scalar scalar)
    {
        NodePlace place = PlaceOf(scalar);
        if (IsForeign(scalar) && !IsShortForm(scalar))
        {
            throw UnknownTag(scalar);
        }

        return scalar.Style != ScalarStyle.Plain || !scalar.Tag.IsEmpty
            ? new TextNode(place, scalar.Value)
            : scalar.Value switch
            {
                "" or "~" or "null" or "Null" or "NULL" => new NullNode(place),
                "true" or "True" or "TRUE" => new FlagNode(place, isTrue: true),
                "false" or "False" or "FALSE" => new FlagNode(place, isTrue: false),
                string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
                    => new OtherNode(place, "a number", text),
                string text => new TextNode(place, text),
            };
    }

    private static NodePlace PlaceOf(ParsingEvent at)
        => new((int)at.Start.Line, (int)at.Start.Column, (int)at.Start.Index, (int)at.End.Index);

    private static FileProblemException Problem(Mark at, string message)
        => new(Math.Max(1, (int)at.Line), Math.Max(1, (int)at.Column), message);
}
