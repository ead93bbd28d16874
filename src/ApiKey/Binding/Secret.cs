using System.Net;
using System.Security;

namespace ApiKey.Binding;

/// <summary>
/// A secret as it was given, text or SecureString. It is turned into text only where it is used, so that no trace of parameter
/// binding and no text form shows it.
/// </summary>
public sealed class Secret
{
    private readonly object _given;

    /// <summary>A secret given as text.</summary>
    public Secret(string text)
    {
        _given = text;
    }

    /// <summary>A secret given as SecureString.</summary>
    public Secret(SecureString secret)
    {
        _given = secret;
    }

    /// <summary>The secret's text.</summary>
    internal string Reveal() => _given as string ?? new NetworkCredential("", (SecureString)_given).Password;

    /// <summary>Says only that there is one.</summary>
    public override string ToString() => "(secret)";
}
