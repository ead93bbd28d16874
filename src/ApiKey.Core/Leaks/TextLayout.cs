using System.Runtime.InteropServices;
using System.Text;

namespace ApiKey.Leaks;

/// <summary>How lines and characters lie in the bytes of a file.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TextLayout(Layout Order, int MarkLength)
{
    private const int Sample = 512;

    /// <summary>Bytes of a unit that a character is made of.</summary>
    public int UnitLength => Order == Layout.Bytes ? 1 : sizeof(char);

    /// <summary>Recognizes UTF-16 by its mark, or by its many zero bytes on one side. Everything else counts as UTF-8.</summary>
    public static TextLayout Recognize(ReadOnlySpan<byte> start)
    {
        switch (start)
        {
            case [0xFF, 0xFE, ..]:
                return new TextLayout(Layout.LittleEndian, 2);
            case [0xFE, 0xFF, ..]:
                return new TextLayout(Layout.BigEndian, 2);
            case [0xEF, 0xBB, 0xBF, ..]:
                return new TextLayout(Layout.Bytes, 3);
        }

        int even = 0;
        int odd = 0;
        int length = Math.Min(start.Length, Sample) & ~1;
        for (int at = 0; at < length; at += 2)
        {
            even += start[at] == 0 ? 1 : 0;
            odd += start[at + 1] == 0 ? 1 : 0;
        }

        // Text of Western languages: most high bytes are zero, and no low byte is.
        int most = length * 3 / 8;
        return new TextLayout(length < 4 ? Layout.Bytes : odd > most && even == 0 ? Layout.LittleEndian
            : even > most && odd == 0 ? Layout.BigEndian : Layout.Bytes, 0);
    }

    /// <summary>Counts line ends in whole units.</summary>
    /// <param name="bytes">Where to count.</param>
    /// <param name="rest">What follows the last of them.</param>
    public int CountLines(ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> rest)
    {
        if (Order == Layout.Bytes)
        {
            rest = bytes[(bytes.LastIndexOf((byte)'\n') + 1)..];
            return bytes.Count((byte)'\n');
        }

        ReadOnlySpan<char> units = MemoryMarshal.Cast<byte, char>(bytes);
        char end = Stored('\n');
        rest = bytes[((units.LastIndexOf(end) + 1) * sizeof(char))..];
        return units.Count(end);
    }

    /// <summary>Counts characters (code points) in whole units. A byte that is not UTF-8 counts as one.</summary>
    public long CountCharacters(ReadOnlySpan<byte> bytes)
    {
        if (Order != Layout.Bytes)
        {
            long characters = 0;
            foreach (char unit in MemoryMarshal.Cast<byte, char>(bytes))
            {
                characters += char.IsLowSurrogate(Stored(unit)) ? 0 : 1;
            }

            return characters;
        }

        if (Ascii.IsValid(bytes))
        {
            return bytes.Length;
        }

        long followers = 0;
        foreach (byte one in bytes)
        {
            followers += (one & 0xC0) == 0x80 ? 1 : 0;
        }

        return bytes.Length - followers;
    }

    private char Stored(char unit) => Order == Layout.BigEndian == BitConverter.IsLittleEndian
        ? (char)System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(unit) : unit;
}
