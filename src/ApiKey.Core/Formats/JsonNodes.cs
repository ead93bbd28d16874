using System.Text;
using System.Text.Json;

namespace ApiKey.Formats;

/// <summary>Reads JSON with the place of everything in it. Comments and a comma after the last item are allowed: people write these
/// files.</summary>
internal sealed class JsonNodes
{
    private readonly byte[] _text;
    private int _index;
    private int _offset;
    private int _line = 1;
    private int _column = 1;

    private JsonNodes(string text)
    {
        _text = Encoding.UTF8.GetBytes(text);
    }

    /// <summary>The document.</summary>
    /// <exception cref="FileProblemException">It is not JSON.</exception>
    public static DesiredNode Parse(string text)
    {
        JsonNodes nodes = new(text);
        Utf8JsonReader reader = new(nodes._text,
            new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        try
        {
            reader.Read();
            DesiredNode root = nodes.Read(ref reader);
            reader.Read();
            return root;
        }
        catch (JsonException problem)
        {
            // The exception's own text may quote the file.
            int line = (int)(problem.LineNumber ?? 0);
            throw new FileProblemException(line + 1, nodes.ColumnOf(line, (int)(problem.BytePositionInLine ?? 0)),
                "This is not valid JSON. Look here and just before for a missing comma, quote or bracket.");
        }
        catch (InvalidOperationException)
        {
            throw new FileProblemException(nodes._line, nodes._column,
                "This text has half of a character written as \\u. Write both halves, or the character itself.");
        }
    }

    private DesiredNode Read(ref Utf8JsonReader reader)
    {
        (int line, int column, int start) = MoveTo((int)reader.TokenStartIndex);
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                List<(TextNode, DesiredNode)> entries = [];
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    TextNode name = (TextNode)Read(ref reader);
                    reader.Read();
                    entries.Add((name, Read(ref reader)));
                }

                return new MapNode(Close(ref reader), entries);
            case JsonTokenType.StartArray:
                List<DesiredNode> items = [];
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    items.Add(Read(ref reader));
                }

                return new ListNode(Close(ref reader), items);
            case JsonTokenType.PropertyName or JsonTokenType.String:
                string text = reader.GetString()!;
                return new TextNode(Close(ref reader), text);
            case JsonTokenType.True or JsonTokenType.False:
                return new FlagNode(Close(ref reader), reader.TokenType == JsonTokenType.True);
            case JsonTokenType.Null:
                return new NullNode(Close(ref reader));
            default:
                string number = Encoding.UTF8.GetString(reader.ValueSpan);
                return new OtherNode(Close(ref reader), "a number", number);
        }

        NodePlace Close(ref Utf8JsonReader at) => new(line, column, start, MoveTo((int)at.BytesConsumed).Offset);
    }

    // Tokens come in order, so that each byte is looked at once.
    private (int Line, int Column, int Offset) MoveTo(int index)
    {
        ReadOnlySpan<byte> passed = _text.AsSpan(_index, index - _index);
        _offset += Encoding.UTF8.GetCharCount(passed);
        for (int newLine = passed.IndexOf((byte)'\n'); newLine >= 0; newLine = passed.IndexOf((byte)'\n'))
        {
            (_line, _column) = (_line + 1, 1);
            passed = passed[(newLine + 1)..];
        }

        _column += Encoding.UTF8.GetCharCount(passed);
        _index = index;
        return (_line, _column, _offset);
    }

    private int ColumnOf(int line, int bytes)
    {
        int start = 0;
        for (; line > 0; line--)
        {
            start += _text.AsSpan(start).IndexOf((byte)'\n') + 1;
        }

        return Encoding.UTF8.GetCharCount(_text, start, Math.Min(bytes, _text.Length - start)) + 1;
    }
}
