namespace ApiKey.Emulator.Wire;

/// <summary>A request as it came over the wire, whichever entry point it came through.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Target">The path and query, still percent-encoded.</param>
/// <param name="Header">Gives a header by its name, several values joined by commas; null when there was none.</param>
/// <param name="Body">The body; empty when there was none.</param>
public sealed record EmulatorRequest(string Method, string Target, Func<string, string?> Header, ReadOnlyMemory<byte> Body);

/// <summary>An answer to be sent.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The JSON body; empty for none.</param>
/// <param name="ErrorType">The value of the x-amzn-errortype header; null when the call succeeded.</param>
/// <param name="RequestId">The value of the x-amzn-requestid header.</param>
public sealed record EmulatorResponse(int Status, ReadOnlyMemory<byte> Body, string? ErrorType, string RequestId)
{
    /// <summary>The media type of the body.</summary>
    public string ContentType { get; init; } = "application/json";

    /// <summary>How long the answer is held back.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Where the connection breaks.</summary>
    public EmulatorBreak Break { get; init; }

    /// <summary>Whether the connection ends with it, since the rest of its request was not read.</summary>
    public bool IsLast { get; init; }

    /// <summary>The Date header, when it is not the real time; null otherwise.</summary>
    public DateTimeOffset? Date { get; init; }

    /// <summary>The seconds in the Retry-After header; null for none.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>Headers that a stage's method answers with.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> ExtraHeaders { get; init; } = [];

    /// <summary>Every header of the answer but the content's own.</summary>
    public IEnumerable<KeyValuePair<string, string>> Headers()
    {
        yield return new("x-amzn-requestid", RequestId);
        if (ErrorType is not null)
        {
            yield return new("x-amzn-errortype", ErrorType);
        }

        if (Date is { } date)
        {
            yield return new("Date", date.ToString("R", System.Globalization.CultureInfo.InvariantCulture));
        }

        if (RetryAfterSeconds is { } seconds)
        {
            yield return new("Retry-After", seconds.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        foreach (KeyValuePair<string, string> header in ExtraHeaders)
        {
            yield return header;
        }
    }
}

/// <summary>Where a connection breaks.</summary>
public enum EmulatorBreak
{
    /// <summary>Nowhere.</summary>
    None,

    /// <summary>Before any byte of the answer.</summary>
    BeforeAnswer,

    /// <summary>In the middle of the body.</summary>
    WithinBody,
}
