using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;

namespace ApiKey.Emulator.Service;

/// <summary>One request taken apart for an operation: path parameter, query, body.</summary>
internal sealed class Call(EmulatorRequest request, IReadOnlyList<string> parameters, string query)
{
    private readonly List<KeyValuePair<string, string>> _query = ReadQuery(query);

    /// <summary>The first decoded parameter of the path, for example the key's id.</summary>
    public string Parameter => parameters[0];

    /// <summary>The second decoded parameter of the path.</summary>
    public string SecondParameter => parameters[1];

    /// <summary>A decoded parameter of the path, counted from 0.</summary>
    public string ParameterAt(int index) => parameters[index];

    /// <summary>How long the answer is held back.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>The body as it came.</summary>
    public ReadOnlyMemory<byte> Body => request.Body;

    /// <summary>A query parameter; null when it is not there or empty.</summary>
    public string? Query(string name) => QueryAll(name).FirstOrDefault(value => value.Length > 0);

    /// <summary>Every value of a repeated query parameter.</summary>
    public IEnumerable<string> QueryAll(string name) => _query.Where(pair => pair.Key == name).Select(pair => pair.Value);

    /// <summary>Whether a query parameter says true.</summary>
    public bool QueryIsTrue(string name) => string.Equals(Query(name), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>The page size asked for: 25 by default, at most 500. AWS treats less than one as not specified.</summary>
    public int QueryLimit() => int.TryParse(Query("limit"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int limit)
        && limit > 0 ? Math.Min(limit, 500) : 25;

    /// <summary>Reads the body as a JSON object.</summary>
    public JsonElement ReadObject()
    {
        try
        {
            RequireUnicode(request.Body.Span);
            using JsonDocument document = JsonDocument.Parse(request.Body.Length == 0 ? "{}"u8.ToArray() : request.Body);
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

    /// <summary>The operations of a patch: what to do, where, and the new value.</summary>
    public IReadOnlyList<Patch> ReadPatches() =>
        [.. Objects(ReadObject(), "patchOperations")
            .Select(patch => new Patch(Text(patch, "op") ?? "", Text(patch, "path") ?? "", Text(patch, "value") ?? ""))];

    /// <summary>Writes a JSON body.</summary>
    public static ReadOnlyMemory<byte> Json(Action<Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> buffer = new(512);
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

    private static List<KeyValuePair<string, string>> ReadQuery(string query) =>
    [
        .. query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(part =>
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            return equals < 0
                ? KeyValuePair.Create(WebUtility.UrlDecode(part), "")
                : KeyValuePair.Create(WebUtility.UrlDecode(part[..equals]), WebUtility.UrlDecode(part[(equals + 1)..]));
        }),
    ];
}

/// <summary>One operation of a patch.</summary>
/// <param name="Op">What to do: add, remove, replace.</param>
/// <param name="Path">Where, as a JSON pointer.</param>
/// <param name="Value">The new value, as text.</param>
internal readonly record struct Patch(string Op, string Path, string Value);
