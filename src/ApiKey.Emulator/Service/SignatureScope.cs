using ApiKey.Emulator.Wire;

namespace ApiKey.Emulator.Service;

/// <summary>Reads the region out of a SigV4 credential scope: <c>AKID/20260101/eu-central-1/apigateway/aws4_request</c>.</summary>
internal static class SignatureScope
{
    private const string Service = "apigateway";
    private const int MaxRegionLength = 64;

    public static string RegionOf(EmulatorRequest request)
    {
        string credential = Part(request.Header("Authorization"), "Credential")
            ?? throw ServiceError.MissingToken();
        string[] scope = credential.Split('/');
        if (scope.Length < 5 || scope[^1] != "aws4_request")
        {
            throw new ServiceError(403, "IncompleteSignatureException", "The credential scope of the signature is incomplete");
        }

        if (scope[^2] != Service)
        {
            throw new ServiceError(403, "InvalidSignatureException", $"Credential should be scoped to correct service: '{Service}'.");
        }

        // A region is a name in the state file too, so the caller cannot choose just any text.
        string region = scope[^3];
        return region.Length is > 0 and <= MaxRegionLength
            && region.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-')
            ? region
            : throw new ServiceError(403, "InvalidSignatureException", "Credential should be scoped to a valid region.");
    }

    /// <summary>A part of the Authorization header, for example <c>Signature</c>; null when it is not there.</summary>
    public static string? Part(string? authorization, string name)
    {
        int from = authorization?.IndexOf(name + "=", StringComparison.Ordinal) ?? -1;
        return from < 0 ? null : authorization![(from + name.Length + 1)..].Split(',')[0].Trim();
    }
}
