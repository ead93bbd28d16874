using ApiKey.Model;

namespace ApiKey.Formats;

/// <summary>Writes keys in some format as they come.</summary>
internal interface IKeyWriter : IDisposable
{
    /// <summary>What is wrong with a file without keys and plans; null for nothing.</summary>
    string? ProblemOfNothing => null;

    /// <summary>What a person should know of a finished file; null for nothing.</summary>
    string? Warning => null;

    /// <summary>Why a key cannot be written down, as the end of a sentence that it begins; null when it can.</summary>
    string? ProblemOf(ApiKeyInfo key) => null;

    /// <summary>Why a usage plan cannot be written down; null when it can.</summary>
    string? ProblemOf(UsagePlanInfo plan) => null;

    /// <summary>Adds a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="plans">The usage plans it is in; null where nobody looked.</param>
    void Write(ApiKeyInfo key, IReadOnlyList<UsagePlanInfo>? plans);

    /// <summary>Writes what comes after the last key.</summary>
    /// <param name="plans">Every usage plan that belongs into the file: those of the keys, and those without keys where all are
    /// exported.</param>
    void Finish(IReadOnlyList<UsagePlanInfo> plans);
}
