namespace ApiKey.Calls;

/// <summary>
/// Something that is read once for many: who comes while it is being read waits for it. A read that failed or was cancelled is
/// an error of those that waited for it and is then forgotten, so that whoever comes next reads again.
/// </summary>
/// <param name="read">Reads it.</param>
internal sealed class SharedRead<T>(Func<Task<T>> read)
{
    private readonly object _gate = new();
    private Task<T>? _read;

    /// <summary>What was read.</summary>
    public Task<T> GetAsync()
    {
        lock (_gate)
        {
            return _read is null or { IsFaulted: true } or { IsCanceled: true } ? _read = read() : _read;
        }
    }
}
