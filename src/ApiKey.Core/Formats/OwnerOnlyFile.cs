using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;
using ApiKey.Text;

namespace ApiKey.Formats;

/// <summary>
/// A file with secrets: only its owner may read it, from its first byte on, and it takes its name only when it is complete.
/// What is abandoned leaves nothing behind.
/// </summary>
internal sealed class OwnerOnlyFile : IDisposable
{
    private readonly string _path;
    private readonly string _beside;
    private readonly bool _overwrite;
    private bool _open = true;

    /// <summary>Starts a file; it is not there before <see cref="Complete"/>.</summary>
    /// <exception cref="IOException">The folder is not there or cannot be written to.</exception>
    public OwnerOnlyFile(string path, bool overwrite)
    {
        _path = Path.GetFullPath(path);
        if (!OperatingSystem.IsWindows() && Path.GetDirectoryName(_path) is "/dev" or "/dev/fd")
        {
            // To take its name would put a file in the place of a device that every program on this machine uses.
            throw new IOException("It is a device, not a file. Specify the path of a file.");
        }

        _overwrite = overwrite;
        _beside = PartialFile.NameFor(_path);
        Stream = Create(_beside);
    }

    /// <summary>Where to write.</summary>
    public FileStream Stream { get; }

    /// <summary>Creates a file that only its owner may read. It must not be there yet.</summary>
    /// <exception cref="IOException">It is there, or cannot be made.</exception>
    public static FileStream Create(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return CreateOnWindows(path);
        }

        return new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
    }

    /// <summary>Gives the file its name.</summary>
    /// <exception cref="IOException">A file of that name has appeared meanwhile and may not be overwritten.</exception>
    public void Complete()
    {
        Stream.Flush(flushToDisk: true);
        Stream.Dispose();
        try
        {
            File.Move(_beside, _path, _overwrite);
        }
        catch (IOException taken) when (!_overwrite && File.Exists(_path))
        {
            throw new IOException($"{_path} was created by another command in the meantime, and was left as it is. Choose another name, or "
                + $"use {Words.Typed.Setting("Overwrite")} to replace it.", taken);
        }

        _open = false;
    }

    /// <summary>Takes an incomplete file away.</summary>
    public void Dispose()
    {
        if (_open)
        {
            _open = false;
            try
            {
                Stream.Dispose();
            }
            catch (Exception full) when (full is IOException or ArgumentOutOfRangeException)
            {
                // What a full disk did not hold is thrown away anyway.
            }
            finally
            {
                File.Delete(_beside);
            }
        }
    }

    [SupportedOSPlatform("windows")]
    private static FileStream CreateOnWindows(string path)
    {
        using WindowsIdentity user = WindowsIdentity.GetCurrent();
        FileSecurity security = new();
        security.SetAccessRuleProtection(isProtected: true, preserveInheritance: false);
        security.AddAccessRule(new FileSystemAccessRule(user.User!, FileSystemRights.FullControl, AccessControlType.Allow));
        return new FileInfo(path)
            .Create(FileMode.CreateNew, FileSystemRights.ReadData | FileSystemRights.WriteData | FileSystemRights.Delete, FileShare.None,
                4096, FileOptions.None, security);
    }
}
