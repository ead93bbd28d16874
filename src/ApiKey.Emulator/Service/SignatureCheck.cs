using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ApiKey.Emulator.Wire;

namespace ApiKey.Emulator.Service;

/// <summary>Checks a request's SigV4 signature (AWS General Reference, "Signature Version 4"), so that a client that signs wrongly is
/// caught.</summary>
internal static class SignatureCheck
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(15);

    /// <summary>Refuses a request that these credentials did not sign, or not lately.</summary>
    public static void Require(EmulatorRequest request, EmulatorCredential credential, DateTimeOffset now)
    {
        string authorization = request.Header("Authorization") ?? "";
        string[] scope = (SignatureScope.Part(authorization, "Credential") ?? "").Split('/', 2);
        if (scope[0] != credential.AccessKey)
        {
            throw new ServiceError(403, "UnrecognizedClientException", "The security token included in the request is invalid.");
        }

        string stamp = request.Header("X-Amz-Date") ?? "";
        if (!DateTimeOffset.TryParseExact(stamp, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal,
            out DateTimeOffset signed)
            || (now - signed).Duration() > Tolerance
            || !scope[1].StartsWith(stamp[..8] + "/", StringComparison.Ordinal))
        {
            throw new ServiceError(403, "InvalidSignatureException",
                "Signature expired or not yet valid: the request's time is too far from the service's.");
        }

        byte[] key = Encoding.UTF8.GetBytes("AWS4" + credential.SecretKey);
        foreach (string part in scope[1].Split('/'))
        {
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        }

        string toSign = $"AWS4-HMAC-SHA256\n{stamp}\n{scope[1]}\n{Hash(Encoding.UTF8.GetBytes(Canonical(request, authorization)))}";
        string expected = Convert.ToHexString(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(toSign)));
        if (!expected.Equals(SignatureScope.Part(authorization, "Signature"), StringComparison.OrdinalIgnoreCase))
        {
            throw new ServiceError(403, "InvalidSignatureException",
                "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and "
                + "signing method.");
        }
    }

    private static string Canonical(EmulatorRequest request, string authorization)
    {
        string[] target = request.Target.Split('?', 2);
        string names = SignatureScope.Part(authorization, "SignedHeaders") ?? "";
        string headers = string.Concat(names.Split(';').Select(name => $"{name}:{(request.Header(name) ?? "").Trim()}\n"));

        // Every service but S3 signs the path encoded once more than it is sent.
        string path = string.Join('/', target[0].Split('/').Select(Uri.EscapeDataString));
        string query = target.Length < 2
            ? ""
            : string.Join('&', target[1].Split('&', StringSplitOptions.RemoveEmptyEntries).Select(Normalize).Order(StringComparer.Ordinal));
        return $"{request.Method}\n{path}\n{query}\n{headers}\n{names}\n{Hash(request.Body.Span)}";
    }

    private static string Normalize(string pair)
    {
        string[] parts = pair.Split('=', 2);
        return $"{Encode(parts[0])}={(parts.Length < 2 ? "" : Encode(parts[1]))}";

        static string Encode(string text) => Uri.EscapeDataString(Uri.UnescapeDataString(text));
    }

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexString(SHA256.HashData(bytes)).ToLowerInvariant();
}
