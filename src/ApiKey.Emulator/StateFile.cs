using System.Text.Json;

namespace ApiKey.Emulator;

/// <summary>
/// Keeps an emulator's keys and plans in a file. It is written beside and then renamed, so that a killed process leaves the
/// last complete state, and only its owner may read it, since it holds values. A damaged or newer file is left as it is.
/// </summary>
internal sealed class StateFile : IDisposable
{
    private const int Version = 1;

    // A burst of changes is written once; a change is on disk at most this much later.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    private readonly string _path;
    private readonly Func<IEnumerable<RegionStore>> _regions;
    private readonly object _writing = new();
    private readonly Timer _timer;
    private int _dirty;

    public StateFile(string path, Func<IEnumerable<RegionStore>> regions)
    {
        _path = Path.GetFullPath(path);
        _regions = regions;
        _timer = new Timer(_ => WriteIfDirty());
    }

    /// <summary>Reads the file, if there is one, and gives each region in it to fill.</summary>
    /// <exception cref="InvalidDataException">The file is damaged or of a newer version.</exception>
    public void Load(Func<string, RegionStore> storeOf)
    {
        if (!File.Exists(_path))
        {
            return;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(_path));
            int version = document.RootElement.GetProperty("version").GetInt32();
            if (version != Version)
            {
                throw new InvalidDataException($"The state file {_path} has version {version}; this emulator reads version {Version}. It was left as it is. Choose another file, or a newer emulator.");
            }

            foreach (JsonProperty region in document.RootElement.GetProperty("regions").EnumerateObject())
            {
                StoredState.Read(storeOf(region.Name), region.Value);
            }
        }
        catch (Exception damage) when (damage is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException or ServiceError)
        {
            throw new InvalidDataException($"The state file {_path} is damaged. It was left as it is. Choose another file, or move this one away to start empty.", damage);
        }
    }

    /// <summary>Notes that something changed; it is written soon.</summary>
    public void MarkChanged()
    {
        if (Interlocked.Exchange(ref _dirty, 1) == 0)
        {
            _timer.Change(Patience, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Writes what is not written yet.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        WriteIfDirty();
    }

    private void WriteIfDirty()
    {
        lock (_writing)
        {
            if (Interlocked.Exchange(ref _dirty, 0) == 0)
            {
                return;
            }

            string beside = _path + ".new";
            FileStreamOptions options = new() { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            File.Delete(beside);
            using (FileStream stream = new(beside, options))
            using (Utf8JsonWriter writer = new(stream))
            {
                Write(writer);
                writer.Flush();
                stream.Flush(flushToDisk: true);
            }

            File.Move(beside, _path, overwrite: true);
        }
    }

    private void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteNumber("version", Version);
        writer.WriteStartObject("regions");
        foreach (RegionStore store in _regions())
        {
            lock (store.Gate)
            {
                writer.WriteStartObject(store.Region);
                StoredState.Write(store, writer);
                writer.WriteEndObject();
            }
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
