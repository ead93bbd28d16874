using System.Text.Json;
using ApiKey.Emulator.Wire;

namespace ApiKey.Emulator.Store;

/// <summary>
/// Keeps an emulator's keys and plans in a file. It is written next to it and then renamed, so that a killed process leaves the
/// last complete state, and only its owner may read it, since it holds values. A damaged or newer file is left as it is. One
/// emulator has the file at a time, by a lock of the operating system that ends with the process. A write that fails is
/// tried again until it succeeds; nothing is thrown on a timer, where it would end the process.
/// </summary>
internal sealed class StateFile : IDisposable
{
    private const int Version = 1;
    private const string Unfinished = ".new";

    // A burst of changes is written once; a change is on disk at most this much later.
    private static readonly TimeSpan WriteDelay = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly string _path;
    private readonly Func<IEnumerable<RegionStore>> _regions;
    private readonly FileStream _lock;
    private readonly object _writing = new();
    private readonly Timer _timer;
    private int _dirty;
    private bool _closed;

    private StateFile(string path, FileStream @lock, Func<IEnumerable<RegionStore>> regions)
    {
        (_path, _lock, _regions) = (path, @lock, regions);
        _timer = new Timer(_ => Save());
        AppDomain.CurrentDomain.ProcessExit += SaveAtExit;
    }

    /// <summary>Why the last write failed, a sentence; null when it succeeded.</summary>
    public string? Problem { get; private set; }

    /// <summary>Takes the file for this emulator and reads it, if it is there.</summary>
    /// <param name="path">The file.</param>
    /// <param name="regions">Gives what to write.</param>
    /// <param name="storeOf">Gives each region in the file to fill.</param>
    /// <exception cref="InvalidDataException">The file is damaged or of a newer version.</exception>
    /// <exception cref="StateFileException">Another emulator has the file, or it cannot be used.</exception>
    public static StateFile Open(string path, Func<IEnumerable<RegionStore>> regions, Func<string, RegionStore> storeOf)
    {
        try
        {
            path = Path.GetFullPath(path);

            // Through a link the file it leads to is meant, which is then also the one that is locked.
            FileInfo file = new(path);
            path = file.LinkTarget is null ? path : file.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
            if (Directory.Exists(path))
            {
                throw new IOException("It is a folder.");
            }

            FileStream @lock = Lock(path);
            try
            {
                // A process that was killed while it wrote left values there.
                File.Delete(path + Unfinished);
                Load(path, storeOf);
                return new StateFile(path, @lock, regions);
            }
            catch
            {
                @lock.Dispose();
                throw;
            }
        }
        catch (Exception failure) when (IsOfTheFileSystem(failure))
        {
            throw new StateFileException($"The state file {path} cannot be used: {failure.Message} Choose another file, or fix the cause.",
                failure);
        }
    }

    /// <summary>Notes that something changed; it is written soon.</summary>
    public void MarkChanged()
    {
        if (Interlocked.Exchange(ref _dirty, 1) == 0)
        {
            WriteAfter(WriteDelay);
        }
    }

    /// <summary>Writes what is not written yet; false when that failed, for the reason in <see cref="Problem"/>.</summary>
    public bool Save()
    {
        lock (_writing)
        {
            if (_closed || Interlocked.Exchange(ref _dirty, 0) == 0)
            {
                return Problem is null;
            }

            try
            {
                Write();
                Problem = null;
                return true;
            }
            catch (Exception failure)
            {
                // Whatever it is: this runs on a timer, where nothing may come out.
                Problem = $"The state could not be saved in {_path}: {failure.Message}";
                Interlocked.Exchange(ref _dirty, 1);
                WriteAfter(RetryDelay);
                return false;
            }
        }
    }

    /// <summary>Writes what is not written yet, and lets go of the file.</summary>
    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= SaveAtExit;
        lock (_writing)
        {
            if (_closed)
            {
                return;
            }

            Save();
            _closed = true;
            _timer.Dispose();
            _lock.Dispose();
        }
    }

    private static bool IsOfTheFileSystem(Exception failure) =>
        failure is IOException and not StateFileException or UnauthorizedAccessException or ArgumentException or NotSupportedException
            or System.Security.SecurityException;

    // The state itself is replaced by each write, so a file next to it is locked. It goes with its emulator; one that a killed
    // process left is locked by nobody and taken over.
    private static FileStream Lock(string path)
    {
        string folder = Path.GetDirectoryName(path) ?? path;
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"There is no folder {folder}.");
        }

        FileStreamOptions options = Private(new()
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            Options = FileOptions.DeleteOnClose,
        });
        while (true)
        {
            try
            {
                FileStream @lock = new(path + ".lock", options);
                if (File.Exists(@lock.Name))
                {
                    return @lock;
                }

                // Its last owner removed the name between opening and locking, so somebody else may lock a new one.
                @lock.Dispose();
            }
            catch (IOException failure)
                when (failure is not (DirectoryNotFoundException or PathTooLongException) && File.Exists(path + ".lock"))
            {
                string message = $"The state file {path} is in use by another emulator. Stop that one, or choose another file.";
                throw new StateFileException(message, failure) { IsInUse = true };
            }
        }
    }

    private static FileStreamOptions Private(FileStreamOptions options)
    {
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }

    private static void Load(string path, Func<string, RegionStore> storeOf)
    {
        if (!File.Exists(path))
        {
            return;
        }

        byte[] content = File.ReadAllBytes(path);
        try
        {
            using JsonDocument document = JsonDocument.Parse(content);
            int version = document.RootElement.GetProperty("version").GetInt32();
            if (version != Version)
            {
                throw new InvalidDataException(
                    $"The state file {path} has version {version}; this emulator reads version {Version}. It was left as it is. Choose "
                    + "another file, or a newer emulator.");
            }

            foreach (JsonProperty region in document.RootElement.GetProperty("regions").EnumerateObject())
            {
                StoredState.Read(storeOf(region.Name), region.Value);
            }
        }
        catch (Exception damage)
            when (damage is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException
                or ServiceError)
        {
            throw new InvalidDataException(
                $"The state file {path} is damaged. It was left as it is. Choose another file, or move this one away to start empty.",
                    damage);
        }
    }

    private void SaveAtExit(object? sender, EventArgs e) => Save();

    private void WriteAfter(TimeSpan delay)
    {
        try
        {
            _timer.Change(delay, Timeout.InfiniteTimeSpan);
        }
        catch (ObjectDisposedException)
        {
            // The emulator was stopped while it still answered a request; what that one changed goes with it.
        }
    }

    private void Write()
    {
        string unfinished = _path + Unfinished;
        File.Delete(unfinished);
        try
        {
            using (FileStream stream = new(unfinished, Private(new() { Mode = FileMode.CreateNew, Access = FileAccess.Write })))
            using (Utf8JsonWriter writer = new(stream))
            {
                Write(writer);
                writer.Flush();
                stream.Flush(flushToDisk: true);
            }

            File.Move(unfinished, _path, overwrite: true);
        }
        catch (Exception failure) when (IsOfTheFileSystem(failure) && File.Exists(unfinished))
        {
            // Half a state is of no use, and holds values.
            File.Delete(unfinished);
            throw;
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
