using ApiKey.Model;

namespace ApiKey.Binding;

/// <summary>
/// What binds only where PowerShell converts it to the parameter's type. It tries every parameter that a value could be for without
/// conversion first, so another one can have what this one only should when it must. It is a key, or a name that is empty.
/// </summary>
/// <param name="key">The key; null for a name.</param>
internal sealed class ToConvert(ApiKeyIdentity? key)
{
    /// <summary>The key. PowerShell calls it.</summary>
    public static explicit operator ApiKeyIdentity?(ToConvert given) => given._key;

    private readonly ApiKeyIdentity? _key = key;

    /// <inheritdoc/>
    public override string ToString() => "";
}
