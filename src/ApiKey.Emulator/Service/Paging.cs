using System.Globalization;
using System.Text;
using System.Text.Json;
using ApiKey.Emulator.Wire;

namespace ApiKey.Emulator.Service;

/// <summary>
/// Pages of a listing: a position names the last item shown, so pages are stable while items come and go. AWS's positions are
/// base64 of <c>name=Svalue&amp;…</c> with their <c>=</c> escaped; that of a key holds its value, so it is as secret.
/// </summary>
internal static class Paging
{
    /// <summary>Writes a page, with a position only when more remain.</summary>
    public static ReadOnlyMemory<byte> Write<T>(IEnumerable<T> items, int limit, Func<T, string> position, Action<Utf8JsonWriter, T> write)
    {
        // One more than the page tells whether there is a next one.
        List<T> page = [.. items.Take(limit + 1)];
        return Json.Write(writer =>
        {
            writer.WriteStartObject();
            if (page.Count > limit)
            {
                writer.WriteString("position", position(page[limit - 1]));
            }

            writer.WriteStartArray("item");
            foreach (T item in page.Take(limit))
            {
                write(writer, item);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    /// <summary>The position that names an item by these parts.</summary>
    public static string WritePosition(params (string Name, string Value)[] parts)
    {
        string text = string.Join('&', parts.Select(part => $"{part.Name}=S{Uri.EscapeDataString(part.Value)}"));
        return Uri.EscapeDataString(Convert.ToBase64String(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>A part of a position.</summary>
    public static string Read(string position, string name) => TryRead(position, name) ?? throw Invalid();

    /// <summary>A part of a position; null when it has none of that name.</summary>
    public static string? TryRead(string position, string name)
    {
        byte[] bytes = new byte[position.Length];
        if (!Convert.TryFromBase64String(Uri.UnescapeDataString(position), bytes, out int length))
        {
            throw Invalid();
        }

        string? part = Array.Find(Encoding.UTF8.GetString(bytes, 0, length).Split('&'),
            part => part.StartsWith(name + "=S", StringComparison.Ordinal));
        return part is null ? null : Uri.UnescapeDataString(part[(name.Length + 2)..]);
    }

    /// <summary>The position of an item by its number, in a list of which nobody recorded one.</summary>
    public static string WriteSequence(long sequence) => WritePosition(("sequence", sequence.ToString(CultureInfo.InvariantCulture)));

    /// <summary>The number that a page's items are older than.</summary>
    public static long ReadSequence(string? position)
    {
        if (position is null)
        {
            return long.MaxValue;
        }

        return long.TryParse(Read(position, "sequence"), NumberStyles.None, CultureInfo.InvariantCulture, out long sequence) ? sequence
            : throw Invalid();
    }

    /// <summary>The refusal of a position that nothing gave out.</summary>
    public static ServiceError Invalid() => ServiceError.BadRequest("Invalid position parameter");
}
