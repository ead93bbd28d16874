using ApiKey.Model;

namespace ApiKey.Formats;

/// <summary>Writes keys in some format as they come.</summary>
internal interface IKeyWriter : IDisposable
{
    /// <summary>Adds a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="plans">The usage plans it is in; null where nobody looked.</param>
    void Write(ApiKeyInfo key, IReadOnlyList<UsagePlanInfo>? plans);

    /// <summary>Writes what comes after the last key.</summary>
    /// <param name="plans">Every usage plan that belongs into the file: those of the keys, and those without keys where all are
    /// exported.</param>
    void Finish(IReadOnlyList<UsagePlanInfo> plans);
}
