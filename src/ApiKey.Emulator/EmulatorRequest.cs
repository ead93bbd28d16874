namespace ApiKey.Emulator;

/// <summary>A request as it came over the wire, whichever door it came through.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Target">The path and query, still percent-encoded.</param>
/// <param name="Authorization">The Authorization header; null when there was none.</param>
/// <param name="Body">The body; empty when there was none.</param>
public sealed record EmulatorRequest(string Method, string Target, string? Authorization, ReadOnlyMemory<byte> Body);

/// <summary>An answer to be sent.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The JSON body; empty for none.</param>
/// <param name="ErrorType">The value of the x-amzn-errortype header; null when the call succeeded.</param>
/// <param name="RequestId">The value of the x-amzn-requestid header.</param>
public sealed record EmulatorResponse(int Status, ReadOnlyMemory<byte> Body, string? ErrorType, string RequestId)
{
    /// <summary>The media type of every body.</summary>
    public const string ContentType = "application/json";
}
