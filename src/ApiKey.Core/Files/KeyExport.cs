using System.Text;
using ApiKey.Model;

namespace ApiKey.Files;

/// <summary>What a file of keys looks like.</summary>
public enum KeyFileKind
{
    /// <summary>AWS's key file format with columns for customer and tags: Import-ApiGatewayApiKey -Path reads it.</summary>
    Csv,

    /// <summary>A JSON array of the keys with all their properties.</summary>
    Json,
}

/// <summary>Writes keys to a file as they come. The file is there when it is complete, and only its owner may read it.</summary>
internal sealed class KeyExport : IDisposable
{
    private readonly OwnerOnlyFile _file;
    private readonly StreamWriter? _text;
    private readonly KeyJson? _json;

    /// <summary>Starts a file.</summary>
    /// <exception cref="IOException">The folder is not there or cannot be written to.</exception>
    public KeyExport(string path, KeyFileKind kind, bool withValues, bool overwrite)
    {
        _file = new OwnerOnlyFile(path, overwrite);
        if (kind == KeyFileKind.Csv)
        {
            _text = new StreamWriter(_file.Stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
            _text.Write(KeyFileFormat.Full.Header);
        }
        else
        {
            _json = new KeyJson(_file.Stream, withValues);
        }
    }

    /// <summary>Adds a key.</summary>
    public void Write(ApiKeyInfo key)
    {
        _json?.Write(key);
        _text?.Write(KeyFileFormat.Full.Row(ToSpec(key), []));
    }

    /// <summary>Gives the file its name.</summary>
    public void Complete()
    {
        _json?.Finish();
        _text?.Flush();
        _file.Complete();
    }

    /// <summary>Takes an incomplete file away.</summary>
    public void Dispose()
    {
        _json?.Dispose();
        _text?.Dispose();
        _file.Dispose();
    }

    private static ApiKeySpec ToSpec(ApiKeyInfo key) =>
        ApiKeyField.All.Aggregate(new ApiKeySpec(), (spec, field) => field.Current(key) is { Length: > 0 } current ? field.Read(spec, current) : spec);
}
