using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Win32.SafeHandles;

namespace ApiKey.Leaks;

/// <summary>What a search comes by: a place, or a file that was not searched.</summary>
/// <param name="Path">The file, values in its name replaced; null for a text that is from none.</param>
/// <param name="Place">Where a value was found in it; null when it is in the file's name, or when the file was not searched.</param>
/// <param name="Value">The number of the value; -1 when the file was not searched.</param>
/// <param name="File">The file that was not searched, and why.</param>
internal sealed record SearchEvent(string? Path, Place? Place, int Value, WalkedFile? File = null)
{
    /// <summary>Bytes from the start of the file; null for a text, which nobody sees bytes of.</summary>
    public long? Offset { get; init; } = Place?.Hit.Start;
}

/// <summary>Searches files, several at once, and tells what it finds in their order. However large they are,
/// little of them is held.</summary>
/// <param name="values">What is sought.</param>
internal sealed class LeakSearch(ValueSearch values)
{
    private const int FilesOfBatch = 64;
    private const long BytesOfBatch = 4 << 20;

    // What waits for its turn to be reported; beyond it a search waits, so that a file full of places is not held in memory.
    private const int MostWaiting = 256;
    private const int BatchesAhead = 32;

    // Their buffers are used again.
    private readonly ConcurrentBag<StreamSearch> _searches = [];
    private long _bytes;
    private long _allBytes;
    private long _files;
    private bool _knowsAll;

    /// <summary>How many files were searched.</summary>
    public long Files => Interlocked.Read(ref _files);

    /// <summary>Bytes that were searched.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Bytes of all files; null while they are still being looked for.</summary>
    public long? AllBytes => Volatile.Read(ref _knowsAll) ? Interlocked.Read(ref _allBytes) : null;

    /// <summary>Searches files. Looking for them goes ahead of the search, so that it is soon known how much there is.</summary>
    public async IAsyncEnumerable<SearchEvent> SearchAsync(IEnumerable<WalkedFile> files,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Volatile.Write(ref _knowsAll, false);
        Channel<List<WalkedFile>> batches = Channel.CreateUnbounded<List<WalkedFile>>();
        Channel<ChannelReader<SearchEvent>> events = Channel.CreateBounded<ChannelReader<SearchEvent>>(BatchesAhead);
        _ = Task.Run(() => WalkAsync(files, batches.Writer, cancellationToken), CancellationToken.None);
        _ = Task.Run(() => StartAsync(batches.Reader, events.Writer, cancellationToken), CancellationToken.None);
        await foreach (ChannelReader<SearchEvent> batch in events.Reader.ReadAllAsync(cancellationToken))
        {
            await foreach (SearchEvent found in batch.ReadAllAsync(cancellationToken))
            {
                yield return found;
            }
        }
    }

    private async Task WalkAsync(IEnumerable<WalkedFile> files, ChannelWriter<List<WalkedFile>> batches,
        CancellationToken cancellationToken)
    {
        try
        {
            List<WalkedFile> batch = [];
            long bytes = 0;
            foreach (WalkedFile file in files)
            {
                batch.Add(file);
                bytes += file.Length;
                Interlocked.Add(ref _allBytes, file.Length);
                if (batch.Count == FilesOfBatch || bytes >= BytesOfBatch)
                {
                    // This is also where a search that was stopped ends.
                    await batches.WriteAsync(batch, cancellationToken);
                    (batch, bytes) = ([], 0);
                }
            }

            await batches.WriteAsync(batch, cancellationToken);
            Volatile.Write(ref _knowsAll, true);
            batches.Complete();
        }
        catch (Exception failure)
        {
            // Not swallowed: whoever reads the batches throws it.
            batches.Complete(failure);
        }
    }

    // One after the other, so that the one whose turn it is to be reported is always among those that are under way.
    private async Task StartAsync(ChannelReader<List<WalkedFile>> batches, ChannelWriter<ChannelReader<SearchEvent>> events,
        CancellationToken cancellationToken)
    {
        try
        {
            SemaphoreSlim free = new(Environment.ProcessorCount);
            await foreach (List<WalkedFile> batch in batches.ReadAllAsync(cancellationToken))
            {
                await free.WaitAsync(cancellationToken);
                Channel<SearchEvent> found = Channel.CreateBounded<SearchEvent>(MostWaiting);
                _ = Task.Run(() =>
                {
                    StreamSearch search = _searches.TryTake(out StreamSearch? used) ? used : new StreamSearch(values);
                    try
                    {
                        Search(search, batch, found.Writer, cancellationToken);
                        found.Writer.Complete();
                    }
                    catch (Exception failure)
                    {
                        // Not swallowed: whoever reads the places throws it.
                        found.Writer.Complete(failure);
                    }
                    finally
                    {
                        _searches.Add(search);
                        free.Release();
                    }
                }, CancellationToken.None);
                await events.WriteAsync(found.Reader, cancellationToken);
            }

            events.Complete();
        }
        catch (Exception failure)
        {
            // Not swallowed: whoever reads the events throws it.
            events.Complete(failure);
        }
    }

    private void Search(StreamSearch search, List<WalkedFile> batch, ChannelWriter<SearchEvent> events, CancellationToken cancellationToken)
    {
        foreach (WalkedFile file in batch)
        {
            string path = values.Mask(file.Path, out List<Hit> inName);
            foreach (Hit hit in inName)
            {
                Send(events, new SearchEvent(path, Place: null, hit.Value), cancellationToken);
            }

            WalkedFile searched = file.Skip == SkipReason.None ? Search(search, file, path, events, cancellationToken) : file;
            if (searched.Skip != SkipReason.None)
            {
                Send(events, new SearchEvent(path, Place: null, Value: -1, searched), cancellationToken);
            }
        }
    }

    private WalkedFile Search(StreamSearch search, WalkedFile file, string path, ChannelWriter<SearchEvent> events,
        CancellationToken cancellationToken)
    {
        try
        {
            using SafeFileHandle handle = File.OpenHandle(file.Path, FileMode.Open, FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete);
            long offset = 0;
            bool isSearched = search.Search(
                into =>
                {
                    int count = RandomAccess.Read(handle, into, offset);
                    offset += count;
                    Interlocked.Add(ref _bytes, count);
                    return count;
                },
                start => !Archive.Is(start),
                place => Send(events, new SearchEvent(path, place, place.Hit.Value), cancellationToken),
                isText: false,
                cancellationToken);
            if (!isSearched)
            {
                Interlocked.Add(ref _bytes, file.Length - offset);
                return file with { Skip = SkipReason.Archive };
            }

            Interlocked.Increment(ref _files);
            return file;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return file with { Skip = SkipReason.Unreadable, Problem = problem };
        }
    }

    private static void Send(ChannelWriter<SearchEvent> events, SearchEvent found, CancellationToken cancellationToken)
    {
        if (!events.TryWrite(found))
        {
            events.WriteAsync(found, cancellationToken).AsTask().GetAwaiter().GetResult();
        }
    }
}
