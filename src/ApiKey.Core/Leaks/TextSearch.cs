using System.Text;

namespace ApiKey.Leaks;

/// <summary>Searches texts that come one after the other, such as the lines of a pipeline.</summary>
/// <param name="values">What is sought.</param>
internal sealed class TextSearch(ValueSearch values)
{
    private const int BlockSize = 32 * 1024;

    private readonly StreamSearch _search = new(values, BlockSize);
    private readonly Encoder _encoder = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).GetEncoder();

    private long _linesBefore;

    /// <summary>Searches a text.</summary>
    /// <param name="text">A line, or several.</param>
    /// <param name="origin">The file it is from, and how many of its lines come before; null when that is not known: then lines are those
    /// of all texts so far.</param>
    /// <param name="tell">Takes each place.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public void Search(string text, (string Path, long LinesBefore)? origin, Action<SearchEvent> tell, CancellationToken cancellationToken)
    {
        long before = origin?.LinesBefore ?? _linesBefore;
        int at = 0;
        _encoder.Reset();
        _search.Search(
            into =>
            {
                _encoder.Convert(text.AsSpan(at), into, flush: true, out int read, out int written, out _);
                at += read;
                return written;
            },
            accept: null,
            place => tell(new SearchEvent(origin is null ? null : values.Mask(origin.Value.Path, out _),
                place with { Line = before + place.Line }, place.Hit.Value)
            { Offset = null }),
            isText: true,
            cancellationToken);
        _linesBefore += text.AsSpan().Count('\n') + (text.EndsWith('\n') ? 0 : 1);
    }
}
