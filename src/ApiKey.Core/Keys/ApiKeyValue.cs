using System.Security.Cryptography;

namespace ApiKey.Keys;

/// <summary>Makes key values as AWS does: 40 letters and digits from a cryptographic source (238 bits).</summary>
internal static class ApiKeyValue
{
    /// <summary>How long a generated value is.</summary>
    public const int Length = 40;

    /// <summary>What a generated value is made of.</summary>
    public const string Characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>A new random value.</summary>
    public static string Generate() => RandomNumberGenerator.GetString(Characters, Length);
}
