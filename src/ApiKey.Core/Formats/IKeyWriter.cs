using ApiKey.Model;

namespace ApiKey.Formats;

/// <summary>Writes keys in some format as they come.</summary>
internal interface IKeyWriter : IDisposable
{
    /// <summary>Adds a key.</summary>
    void Write(ApiKeyInfo key);

    /// <summary>Writes what comes after the last key.</summary>
    void Finish();
}
