using System.Text;

namespace ApiKey.Leaks;

/// <summary>Searches texts that come one after the other, such as the lines of a pipeline.</summary>
/// <param name="values">What is sought.</param>
internal sealed class TextSearch(ValueSearch values)
{
    private const int BlockSize = 32 * 1024;

    private readonly StreamSearch _search = new(values, BlockSize);
    private readonly Encoder _encoder = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).GetEncoder();

    /// <summary>Lines of the texts before.</summary>
    public long LinesBefore { get; private set; }

    /// <summary>Searches a text.</summary>
    /// <param name="text">A line, or several.</param>
    /// <param name="found">Takes each place, its line counted within the text.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public void Search(string text, Action<Place> found, CancellationToken cancellationToken)
    {
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
            found,
            isText: true,
            cancellationToken);
        LinesBefore += text.AsSpan().Count('\n') + (text.EndsWith('\n') ? 0 : 1);
    }
}
