using ApiKey.Model;
using ApiKey.Tags;

namespace ApiKey.Formats;

/// <summary>Writes keys to a file as they come. The file is there when it is complete, and only its owner may read it.</summary>
internal sealed class KeyExport : IDisposable
{
    private readonly OwnerOnlyFile _file;
    private readonly IKeyWriter _writer;

    /// <summary>Starts a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="kind">What it looks like.</param>
    /// <param name="withValues">Whether values are written.</param>
    /// <param name="overwrite">Whether a file that is there may be replaced.</param>
    /// <param name="policy">The tag policy, which Terraform's provider gets.</param>
    /// <exception cref="IOException">The folder is not there or cannot be written to.</exception>
    public KeyExport(string path, KeyFileKind kind, bool withValues, bool overwrite, TagPolicy policy)
    {
        _file = new OwnerOnlyFile(path, overwrite);
        _writer = kind switch
        {
            KeyFileKind.Csv => new KeyCsv(_file.Stream),
            KeyFileKind.Json => new KeyJson(_file.Stream, withValues),
            KeyFileKind.Terraform => new TerraformExport(_file.Stream, policy),
            KeyFileKind.DesiredState => new DesiredStateExport(_file.Stream),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A format without a writer."),
        };
    }

    /// <summary>Adds a key.</summary>
    public void Write(ApiKeyInfo key) => _writer.Write(key);

    /// <summary>Gives the file its name.</summary>
    public void Complete()
    {
        _writer.Finish();
        _file.Complete();
    }

    /// <summary>Takes an incomplete file away.</summary>
    public void Dispose()
    {
        try
        {
            _writer.Dispose();
        }
        catch (Exception abandoned) when (abandoned is IOException or ObjectDisposedException or ArgumentOutOfRangeException)
        {
            // A writer hands on what it still holds; what is abandoned need not arrive.
        }
        finally
        {
            _file.Dispose();
        }
    }
}
