namespace ApiKey.Emulator;

/// <summary>Reads the region out of a SigV4 credential scope: <c>AKID/20260101/eu-central-1/apigateway/aws4_request</c>.</summary>
internal static class SignatureScope
{
    private const string Service = "apigateway";

    public static string RegionOf(EmulatorRequest request)
    {
        string credential = Between(request.Authorization ?? "", "Credential=", ',')
            ?? throw new ServiceError(403, "MissingAuthenticationTokenException", "Missing Authentication Token");
        string[] scope = credential.Split('/');
        if (scope.Length < 5 || scope[^1] != "aws4_request")
        {
            throw new ServiceError(403, "IncompleteSignatureException", "The credential scope of the signature is incomplete");
        }

        return scope[^2] == Service
            ? scope[^3]
            : throw new ServiceError(403, "InvalidSignatureException", $"Credential should be scoped to correct service: '{Service}'.");
    }

    private static string? Between(string text, string start, char end)
    {
        int from = text.IndexOf(start, StringComparison.Ordinal);
        if (from < 0)
        {
            return null;
        }

        from += start.Length;
        int to = text.IndexOf(end, from);
        return to < 0 ? text[from..] : text[from..to];
    }
}
