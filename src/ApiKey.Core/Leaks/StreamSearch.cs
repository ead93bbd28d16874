using System.Runtime.InteropServices;

namespace ApiKey.Leaks;

/// <summary>A place as a person looks for it.</summary>
/// <param name="Hit">What was found.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The character in it, from 1.</param>
internal readonly record struct Place(Hit Hit, long Line, long Column);

/// <summary>Fills a span with what comes next; 0 when nothing comes any more.</summary>
internal delegate int ReadBytes(Span<byte> into);

/// <summary>Whether something is to be searched, by its first bytes.</summary>
internal delegate bool AcceptFile(ReadOnlySpan<byte> start);

/// <summary>
/// Searches what is read block by block, in one buffer: however much comes, no more is held. Each thread has one of its own. Places come in
/// the order in which they stand there.
/// </summary>
/// <param name="values">What is sought.</param>
/// <param name="blockSize">How much to read at once; a test makes it small.</param>
internal sealed class StreamSearch(ValueSearch values, int blockSize = StreamSearch.DefaultBlockSize)
{
    /// <summary>What still fits the second level of the processor's cache, next to the filter.</summary>
    public const int DefaultBlockSize = 128 * 1024;

    private readonly byte[] _buffer = new byte[blockSize + values.LookAhead + (3 * values.LookBehind) + (4 * sizeof(ulong))];
    private readonly List<Hit> _hits = [];
    private readonly Comparison<Hit> _order = (one, other) => (one.Start, one.Length, one.Value)
        .CompareTo((other.Start, other.Length, other.Value));

    private TextLayout _layout;
    private int _length;
    private long _start;

    // Up to where lines are counted: only where something was found, or what is not kept.
    private long _counted;
    private long _lines;
    private long _characters;

    /// <summary>Searches to the end.</summary>
    /// <param name="read">Gives the bytes.</param>
    /// <param name="accept">Looks at the first block; false ends the search there. Null for always.</param>
    /// <param name="found">Takes each place.</param>
    /// <param name="isText">Whether it is UTF-8, so that its beginning is not asked.</param>
    /// <param name="cancellationToken">Ends the search within a block.</param>
    /// <returns>Whether it was searched.</returns>
    public bool Search(ReadBytes read, AcceptFile? accept, Action<Place> found, bool isText,
        CancellationToken cancellationToken)
    {
        (_length, _start, _counted, _lines, _characters) = (0, 0, 0, 0, 0);
        _hits.Clear();
        _layout = default;
        bool isFirst = true;
        bool isOver = false;
        int next = 0;
        while (!isOver)
        {
            cancellationToken.ThrowIfCancellationRequested();
            isOver = !Fill(read, isFirst ? sizeof(uint) : 1);
            if (isFirst)
            {
                isFirst = false;
                ReadOnlySpan<byte> first = _buffer.AsSpan(0, _length);
                if (accept?.Invoke(first) is false)
                {
                    return false;
                }

                _layout = isText ? default : TextLayout.Recognize(first);
                _counted = _layout.MarkLength;
            }

            int known = _hits.Count;
            int end = isOver ? int.MaxValue : _length - values.LookAhead - values.GramLength;
            values.Find(_buffer, _length, ref next, end, _layout.Order, _hits);
            Span<Hit> hits = CollectionsMarshal.AsSpan(_hits)[known..];
            for (int index = 0; index < hits.Length; index++)
            {
                hits[index] = hits[index] with { Start = hits[index].Start + _start };
            }

            Hand(isOver ? long.MaxValue : _start + next - values.LookBehind, found);
            if (!isOver)
            {
                next -= Drop(Math.Max(0, next - values.LookBehind - values.LookBehind));
            }
        }

        return true;
    }

    private bool Fill(ReadBytes read, int least)
    {
        for (int before = _length; _length < before + least;)
        {
            int count = read(_buffer.AsSpan(_length, _buffer.Length - _length - sizeof(ulong)));
            if (count == 0)
            {
                return false;
            }

            _length += count;
        }

        return true;
    }

    // What begins later may still have something before it.
    private void Hand(long end, Action<Place> found)
    {
        if (_hits.Count == 0)
        {
            return;
        }

        _hits.Sort(_order);
        int count = 0;
        for (; count < _hits.Count && _hits[count].Start < end; count++)
        {
            Count(_hits[count].Start);
            found(new Place(_hits[count], _lines + 1, _characters + 1));
        }

        _hits.RemoveRange(0, count);
    }

    private int Drop(int count)
    {
        count &= ~1;
        Count(_start + count);
        _buffer.AsSpan(count, _length - count).CopyTo(_buffer);
        _length -= count;
        _start += count;
        return count;
    }

    private void Count(long to)
    {
        int length = (int)Math.Max(0, to - _counted);
        length -= length % _layout.UnitLength;
        if (length > 0)
        {
            int lines = _layout.CountLines(_buffer.AsSpan((int)(_counted - _start), length), out ReadOnlySpan<byte> rest);
            _lines += lines;
            _characters = (lines > 0 ? 0 : _characters) + _layout.CountCharacters(rest);
            _counted += length;
        }
    }
}
