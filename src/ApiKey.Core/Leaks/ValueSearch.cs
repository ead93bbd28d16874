using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using ApiKey.Model;

namespace ApiKey.Leaks;

/// <summary>
/// Finds many values in bytes at once. The values themselves are not kept, only keyed hashes of them.
/// </summary>
/// <remarks>
/// No needle is shorter than the window. Of any window of that length one gram (8 bytes) begins at a multiple of the step, when the step is
/// the window less a gram, plus 1: so only every step-th gram of the bytes is looked at. A filter that fits the processor's cache knows
/// the grams of all needles at all offsets below the step; nearly every gram of other bytes ends there. One that passes has a set of
/// offsets; for each the window that begins there is hashed, and where a needle begins like that, the whole is compared by its HMAC.
/// However many needles share a beginning, the work for a place is bounded by the number of different lengths.
/// </remarks>
internal sealed class ValueSearch
{
    // As many as an offset set has bits.
    private const int LongestStep = 32;
    private const int FilterBitsOfGram = 8;
    private const int None = -1;
    private const ulong Mix = 0x9E3779B97F4A7C15;

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly Dictionary<ulong, int[]> _lengthsOfBeginnings = [];
    private readonly Dictionary<UInt128, int> _firstNeedles = [];
    private readonly List<(Needle Needle, int Next)> _needles = [];
    private readonly (int Utf8, int Utf16)[] _bytesOfValues;
    private readonly int _window;
    private readonly int _step;
    private readonly ulong _mask;
    private readonly ulong[] _filter;
    private readonly int _filterShift;
    private readonly uint[] _offsets;
    private readonly int _offsetsShift;

    /// <summary>Prepares a search.</summary>
    /// <param name="values">What is sought. None may be empty or come twice.</param>
    /// <param name="encoded">Whether base64 and percent-encoded forms are sought as well.</param>
    public ValueSearch(IReadOnlyList<string> values, bool encoded)
    {
        _bytesOfValues = [.. values.Select(value => (Encoding.UTF8.GetByteCount(value), Encoding.Unicode.GetByteCount(value)))];
        List<(Needle Needle, byte[] Bytes)> needles =
            [.. Enumerable.Range(0, values.Count).SelectMany(value => NeedleForms.Of(value, values[value], encoded))];
        LongestNeedle = needles.Count == 0 ? 1 : needles.Max(needle => needle.Bytes.Length);
        int shortest = needles.Count == 0 ? 1 : needles.Min(needle => needle.Bytes.Length);
        int gram = Math.Min(sizeof(ulong), shortest);
        _window = Math.Min(shortest, LongestStep + gram - 1);
        _step = _window - gram + 1;
        _mask = gram == sizeof(ulong) ? ulong.MaxValue : (1UL << (gram * 8)) - 1;
        GramLength = gram;
        long grams = (long)needles.Count * _step;
        _filter = new ulong[SizeFor(grams * FilterBitsOfGram / 64, out _filterShift)];
        _offsets = new uint[SizeFor(grams, out _offsetsShift)];
        foreach ((Needle needle, byte[] bytes) in needles)
        {
            Add(needle, bytes);
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <summary>Bytes of a gram: whoever searches has at least this many bytes beyond the last one in the buffer.</summary>
    public int GramLength { get; }

    /// <summary>Bytes of the longest needle.</summary>
    public int LongestNeedle { get; }

    /// <summary>Bytes before the next gram to look at that may belong to a place found there, with those around it.</summary>
    public int LookBehind => _step + Surroundings;

    /// <summary>Bytes after a gram that must be there to decide about it, unless nothing comes any more.</summary>
    public int LookAhead => LongestNeedle + Surroundings;

    // A digit of base64 in UTF-16 on each side.
    private static int Surroundings => 2 * sizeof(char);

    /// <summary>Looks at grams.</summary>
    /// <param name="buffer">The bytes, and at least 8 more of whatever.</param>
    /// <param name="length">How many bytes there are.</param>
    /// <param name="next">The gram to look at first; what to look at next is written there. 0 at the beginning of what is searched.</param>
    /// <param name="end">Where to stop.</param>
    /// <param name="order">How UTF-16 lies there, where that is known.</param>
    /// <param name="hits">Takes the places, counted from the start of the buffer, in no order.</param>
    public void Find(byte[] buffer, int length, ref int next, int end, Layout order, List<Hit> hits)
    {
        end = Math.Min(end, length - GramLength + 1);
        ref byte start = ref MemoryMarshal.GetArrayDataReference(buffer);
        ref ulong filter = ref MemoryMarshal.GetArrayDataReference(_filter);
        ulong mask = _mask;
        int step = _step;
        int shift = _filterShift;
        int at = next;
        for (; at < end; at += step)
        {
            ulong hash = (Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, at)) & mask) * Mix;
            ulong word = Unsafe.Add(ref filter, (nint)(hash >> shift));
            if (((word >> (int)(hash >> (shift - 6))) & (word >> (int)(hash >> (shift - 12))) & 1) != 0)
            {
                Look(buffer.AsSpan(0, length), at, hash, order, hits);
            }
        }

        next = at;
    }

    /// <summary>A text in which values that are sought are replaced by their length, for names and messages.</summary>
    /// <param name="text">The text.</param>
    /// <param name="hits">The values that are in it.</param>
    public string Mask(string text, out List<Hit> hits)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        hits = FindAll(bytes);
        if (hits.Count == 0)
        {
            return text;
        }

        StringBuilder masked = new();
        int from = 0;
        foreach (Hit hit in hits.OrderBy(hit => hit.Start).ThenByDescending(hit => hit.Length))
        {
            if (hit.Start >= from)
            {
                masked.Append(Encoding.UTF8.GetString(bytes, from, (int)hit.Start - from))
                    .Append(CultureInfo.InvariantCulture, $"({hit.Length} characters)");
            }

            from = Math.Max(from, (int)hit.Start + hit.Length);
        }

        return masked.Append(Encoding.UTF8.GetString(bytes, from, bytes.Length - from)).ToString();
    }

    /// <summary>Everything that is found in some bytes.</summary>
    public List<Hit> FindAll(ReadOnlySpan<byte> bytes)
    {
        List<Hit> hits = [];
        byte[] buffer = [.. bytes, .. new byte[sizeof(ulong)]];
        int next = 0;
        Find(buffer, bytes.Length, ref next, bytes.Length, Layout.Bytes, hits);
        return hits;
    }

    private static int SizeFor(long entries, out int shift)
    {
        int bits = Math.Clamp(64 - BitOperations.LeadingZeroCount((ulong)entries), 6, 24);
        shift = 64 - bits;
        return 1 << bits;
    }

    private static ulong Hash(ReadOnlySpan<byte> bytes)
    {
        ulong hash = (ulong)bytes.Length;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            hash = (hash ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes)) * Mix;
            hash ^= hash >> 32;
        }

        foreach (byte one in bytes)
        {
            hash = (hash ^ one) * Mix;
        }

        return hash ^ (hash >> 29);
    }

    private void Add(Needle needle, ReadOnlySpan<byte> bytes)
    {
        for (int offset = 0; offset < _step; offset++)
        {
            ulong gram = 0;
            for (int index = GramLength - 1; index >= 0; index--)
            {
                gram = (gram << 8) | bytes[offset + index];
            }

            ulong hash = gram * Mix;
            _filter[hash >> _filterShift] |= (1UL << (int)(hash >> (_filterShift - 6)))
                | (1UL << (int)(hash >> (_filterShift - 12)));
            _offsets[hash >> _offsetsShift] |= 1U << offset;
        }

        ulong beginning = Hash(bytes[.._window]);
        int[] lengths = _lengthsOfBeginnings.GetValueOrDefault(beginning) ?? [];
        if (!lengths.Contains(bytes.Length))
        {
            _lengthsOfBeginnings[beginning] = [.. lengths, bytes.Length];
        }

        // Several values may be the same bytes in some form: in base64 two that differ in their last bits are.
        ref int first = ref CollectionsMarshal.GetValueRefOrAddDefault(_firstNeedles, Identify(bytes), out bool isTaken);
        _needles.Add((needle, isTaken ? first : None));
        first = _needles.Count - 1;
    }

    private UInt128 Identify(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, bytes, hash);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }

    private List<Needle> NeedlesOf(ReadOnlySpan<byte> bytes)
    {
        List<Needle> needles = [];
        for (int index = _firstNeedles.GetValueOrDefault(Identify(bytes), None); index != None; index = _needles[index].Next)
        {
            needles.Add(_needles[index].Needle);
        }

        return needles;
    }

    private void Look(ReadOnlySpan<byte> bytes, int at, ulong hash, Layout order, List<Hit> hits)
    {
        for (uint offsets = _offsets[hash >> _offsetsShift]; offsets != 0; offsets &= offsets - 1)
        {
            int start = at - BitOperations.TrailingZeroCount(offsets);
            if (start < 0 || start + _window > bytes.Length
                || !_lengthsOfBeginnings.TryGetValue(Hash(bytes.Slice(start, _window)), out int[]? lengths))
            {
                continue;
            }

            foreach (int length in lengths)
            {
                foreach (Needle needle in start + length <= bytes.Length ? NeedlesOf(bytes.Slice(start, length)) : [])
                {
                    if (Confirm(bytes, start, length, needle, order) is { } hit)
                    {
                        hits.Add(hit);
                    }
                }
            }
        }
    }

    // Whether what stands around the bytes belongs to the value, too; and where the value begins.
    private Hit? Confirm(ReadOnlySpan<byte> bytes, int start, int length, Needle needle, Layout order)
    {
        bool isWide = needle.Layout != Layout.Bytes;
        bool isBigEndian = needle.Layout == Layout.BigEndian;
        if (needle.Layout == Layout.Interleaved)
        {
            bool canBeBig = start > 0 && bytes[start - 1] == 0;
            bool canBeLittle = start + length < bytes.Length && bytes[start + length] == 0;
            if (!canBeBig && !canBeLittle)
            {
                return null;
            }

            isBigEndian = canBeBig && (!canBeLittle || order == Layout.BigEndian);
            start -= isBigEndian ? 1 : 0;
            length++;
        }

        if (needle.Form != ApiKeyLeakForm.Base64)
        {
            return new Hit(start, length, needle.Value, needle.Form, isWide);
        }

        int size = isWide ? sizeof(char) : 1;
        int before = needle.Alignment == 0 ? 0 : size;
        return IsValue(bytes, start - before, size, isBigEndian ? 1 : 0, needle)
            ? new Hit(start - before, length + before, needle.Value, needle.Form, isWide)
            : null;
    }

    // The digits at both ends hold bits of the value and of its neighbours; so it is decoded and compared as a whole.
    private bool IsValue(ReadOnlySpan<byte> bytes, int start, int size, int lowByte, Needle needle)
    {
        byte[] value = new byte[needle.IsOfUtf16 ? _bytesOfValues[needle.Value].Utf16 : _bytesOfValues[needle.Value].Utf8];
        int bit = -(needle.Alignment * 8 % 6);
        for (int at = start; bit < value.Length * 8; at += size, bit += 6)
        {
            if (at < 0 || at + size > bytes.Length || (size > 1 && bytes[at + 1 - lowByte] != 0)
                || DigitOf((char)bytes[at + lowByte]) is not (>= 0 and var digit))
            {
                return false;
            }

            for (int index = Math.Max(0, -bit); index < 6 && bit + index < value.Length * 8; index++)
            {
                value[(bit + index) / 8] |= (byte)(((digit >> (5 - index)) & 1) << (7 - ((bit + index) % 8)));
            }
        }

        return NeedlesOf(needle.IsOfUtf16 ? Encoding.Convert(Encoding.Unicode, Encoding.UTF8, value) : value).Exists(plain =>
            plain is { Form: ApiKeyLeakForm.Plain, Layout: Layout.Bytes } && plain.Value == needle.Value);
    }

    private static int DigitOf(char digit) => digit switch
    {
        >= 'A' and <= 'Z' => digit - 'A',
        >= 'a' and <= 'z' => digit - 'a' + 26,
        >= '0' and <= '9' => digit - '0' + 52,
        '+' or '-' => 62,
        '/' or '_' => 63,
        _ => -1,
    };
}
