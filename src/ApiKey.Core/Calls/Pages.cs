using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using ApiKey.Service;

namespace ApiKey.Calls;

/// <summary>
/// Reads listings page by page, and notices one that has no end. What is made or removed meanwhile can shift the pages, so that
/// an item comes twice; it is handed on once.
/// </summary>
internal static class Pages
{
    // AWS may answer a page with nothing on it while a filter skips over items. So many in a row, it never does.
    private const int MostEmptyPages = 1000;

    // Longer positions than any of AWS's, and still short enough for an address.
    private const int LongestPosition = 8192;

    /// <summary>Reads the pages of a listing, none that nobody asks for.</summary>
    /// <param name="read">Reads the page at a position; null for the first one. It knows when to stop, and what that leaves.</param>
    /// <param name="idOf">The id of an item.</param>
    /// <exception cref="ApiGatewayException">A page failed, or a position came a second time: the listing would go round for
    /// ever.</exception>
    public static async IAsyncEnumerable<IReadOnlyList<T>> ReadAsync<T>(
        Func<string?, Task<Page<T>>> read,
        Func<T, string> idOf)
    {
        HashSet<UInt128>? positions = null;
        SeenIds ids = new();
        int empty = 0;
        string? position = null;
        do
        {
            Page<T> page = await read(position);
            yield return [.. page.Items.Where(item => ids.Add(idOf(item)))];
            position = page.Position;
            empty = page.Items.Count == 0 ? empty + 1 : 0;
            if (position is not null
                && ((positions ??= []).Add(HashOf(position)) is false || empty > MostEmptyPages || position.Length > LongestPosition))
            {
                throw new ApiGatewayException(
                    ApiGatewayErrorKind.UnexpectedAnswer,
                    $"The listing has no end: after {positions.Count} {(positions.Count == 1 ? "page" : "pages")} the endpoint leads back "
                    + "to where it has been, or nowhere.");
            }
        }
        while (position is not null);
    }

    // A position holds the value of a key, so it is not kept.
    private static UInt128 HashOf(string position)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(position.AsSpan()), hash);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }
}
