using System.Buffers;
using System.Text;
using System.Text.Json;

namespace ApiKey.Emulator.Wire;

/// <summary>Bodies: JSON read as AWS reads it, refused where it is of another kind, and written.</summary>
internal static class Json
{
    /// <summary>Reads a body as a JSON object; an empty one has no members.</summary>
    public static JsonElement ReadObject(ReadOnlyMemory<byte> body)
    {
        try
        {
            RequireUnicode(body.Span);
            using JsonDocument document = JsonDocument.Parse(body.Length == 0 ? "{}"u8.ToArray() : body);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document.RootElement.Clone()
                : throw InvalidBody();
        }
        catch (JsonException)
        {
            throw InvalidBody();
        }
    }

    /// <summary>A text member; null when it is absent or null.</summary>
    public static string? Text(JsonElement parent, string name)
    {
        if (!parent.TryGetProperty(name, out JsonElement member) || member.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return member.ValueKind == JsonValueKind.String ? member.GetString() : throw InvalidBody();
    }

    /// <summary>A boolean member; false when it is absent or null.</summary>
    public static bool Truth(JsonElement parent, string name)
    {
        if (!parent.TryGetProperty(name, out JsonElement member))
        {
            return false;
        }

        return member.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False or JsonValueKind.Null => false,
            _ => throw InvalidBody(),
        };
    }

    /// <summary>A member that maps text to text; empty when it is absent or null.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Map(JsonElement parent, string name)
    {
        if (!parent.TryGetProperty(name, out JsonElement member) || member.ValueKind == JsonValueKind.Null)
        {
            return [];
        }

        return member.ValueKind == JsonValueKind.Object
            ? member.EnumerateObject().Select(entry => KeyValuePair.Create(entry.Name, Text(member, entry.Name) ?? ""))
            : throw InvalidBody();
    }

    /// <summary>A whole number of 32 bits, as in the service's model; null when it is absent or null.</summary>
    public static long? Number(JsonElement parent, string name)
    {
        if (NumberOf(parent, name) is not { } member)
        {
            return null;
        }

        return member.TryGetInt32(out int number) ? number : throw InvalidBody();
    }

    /// <summary>A finite number; null when it is absent or null.</summary>
    public static double? Fraction(JsonElement parent, string name)
    {
        if (NumberOf(parent, name) is not { } member)
        {
            return null;
        }

        return member.TryGetDouble(out double number) && double.IsFinite(number) ? number : throw InvalidBody();
    }

    /// <summary>A member that is an object; null when it is absent or null.</summary>
    public static JsonElement? Object(JsonElement parent, string name)
    {
        if (!parent.TryGetProperty(name, out JsonElement member) || member.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return member.ValueKind == JsonValueKind.Object ? member : throw InvalidBody();
    }

    /// <summary>The objects of a member that is a list; none when it is absent or null.</summary>
    public static IEnumerable<JsonElement> Objects(JsonElement parent, string name)
    {
        if (!parent.TryGetProperty(name, out JsonElement member) || member.ValueKind == JsonValueKind.Null)
        {
            return [];
        }

        return member.ValueKind == JsonValueKind.Array && member.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Object)
            ? member.EnumerateArray()
            : throw InvalidBody();
    }

    /// <summary>The texts of a member that is a list; none when it is absent or null.</summary>
    public static IEnumerable<string> Texts(JsonElement parent, string name)
    {
        if (!parent.TryGetProperty(name, out JsonElement member) || member.ValueKind == JsonValueKind.Null)
        {
            return [];
        }

        return member.ValueKind == JsonValueKind.Array && member.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
            ? member.EnumerateArray().Select(item => item.GetString()!)
            : throw InvalidBody();
    }

    /// <summary>Writes a JSON body.</summary>
    public static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer))
        {
            write(writer);
        }

        return buffer.WrittenMemory;
    }

    private static ServiceError InvalidBody() => ServiceError.BadRequest("Invalid request body");

    // A document parses although its texts are not Unicode, and fails only when such a text is read.
    private static void RequireUnicode(ReadOnlySpan<byte> json)
    {
        if (Ascii.IsValid(json) && json.IndexOf("\\u"u8) < 0)
        {
            return;
        }

        Utf8JsonReader reader = new(json);
        while (reader.Read())
        {
            try
            {
                _ = reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName ? reader.GetString() : null;
            }
            catch (InvalidOperationException)
            {
                throw InvalidBody();
            }
        }
    }

    private static JsonElement? NumberOf(JsonElement parent, string name)
    {
        if (!parent.TryGetProperty(name, out JsonElement member) || member.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return member.ValueKind == JsonValueKind.Number ? member : throw InvalidBody();
    }
}
