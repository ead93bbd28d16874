using System.Security;

namespace ApiKey.Binding;

/// <summary>Takes a secret as text or as SecureString, so that it need not stand in a script or a history.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TransformSecretAttribute : GivenAttribute
{
    /// <inheritdoc/>
    protected override object? Read(object input) =>
        Input.Unwrap(input) is object?[] many ? Array.ConvertAll(many, ReadOne) : ReadOne(input);

    private static Secret? ReadOne(object? input) => Input.Unwrap(input) switch
    {
        Secret secret => secret,
        SecureString { Length: > 0 } secret => new Secret(secret),
        SecureString => null,
        string text when !string.IsNullOrWhiteSpace(text) => new Secret(text),
        null or string => null,
        object other => throw new FormatException($"{Input.Describe(other)} is not a secret. Give text or a SecureString."),
    };
}
