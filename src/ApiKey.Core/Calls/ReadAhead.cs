using System.Threading.Channels;

namespace ApiKey.Calls;

/// <summary>Reads a source before anybody asks, so that several can be waited for at once and used one after the other.</summary>
internal static class ReadAhead
{
    /// <summary>Starts reading at once; gives back what comes, in order. A failure comes out where it happened.</summary>
    /// <param name="source">What to read.</param>
    /// <param name="capacity">How many items may wait; then the source waits.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static IAsyncEnumerable<T> Start<T>(IAsyncEnumerable<T> source, int capacity, CancellationToken cancellationToken)
    {
        Channel<T> items = Channel.CreateBounded<T>(capacity);
        _ = FillAsync(source, items.Writer, cancellationToken);
        return items.Reader.ReadAllAsync(cancellationToken);
    }

    private static async Task FillAsync<T>(IAsyncEnumerable<T> source, ChannelWriter<T> items, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (T item in source.WithCancellation(cancellationToken))
            {
                await items.WriteAsync(item, cancellationToken);
            }

            items.Complete();
        }
        catch (Exception failure)
        {
            // Not swallowed: the reader throws it.
            items.Complete(failure);
        }
    }
}
