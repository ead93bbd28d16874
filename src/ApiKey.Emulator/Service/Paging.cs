using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ApiKey.Emulator.Service;

/// <summary>Pages of a listing: an opaque position names the last item shown, so pages are stable while items come and go.</summary>
internal static class Paging
{
    /// <summary>Writes a page, with a position only when more remain.</summary>
    public static ReadOnlyMemory<byte> Write<T>(IEnumerable<T> items, int limit, Func<T, long> sequence, Action<Utf8JsonWriter, T> write)
    {
        // One more than the page tells whether there is a next one.
        List<T> page = [.. items.Take(limit + 1)];
        return Call.Json(writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("item");
            foreach (T item in page.Take(limit))
            {
                write(writer, item);
            }

            writer.WriteEndArray();
            if (page.Count > limit)
            {
                writer.WriteString("position", WritePosition(sequence(page[limit - 1])));
            }

            writer.WriteEndObject();
        });
    }

    /// <summary>The sequence number that a page's items are older than.</summary>
    public static long ReadPosition(string? position)
    {
        if (position is null)
        {
            return long.MaxValue;
        }

        Span<byte> bytes = stackalloc byte[64];
        return Convert.TryFromBase64String(position, bytes, out int length)
            && long.TryParse(bytes[..length], NumberStyles.None, CultureInfo.InvariantCulture, out long sequence)
                ? sequence
                : throw ServiceError.BadRequest("Invalid position parameter");
    }

    /// <summary>The opaque text for a sequence number.</summary>
    public static string WritePosition(long sequence) =>
        Convert.ToBase64String(Encoding.ASCII.GetBytes(sequence.ToString(CultureInfo.InvariantCulture)));
}
