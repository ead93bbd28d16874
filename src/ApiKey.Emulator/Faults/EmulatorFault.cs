namespace ApiKey.Emulator.Faults;

/// <summary>What can be made to go wrong.</summary>
public enum EmulatorFaultKind : long
{
    /// <summary>The answer comes late, after <see cref="EmulatorFault.Milliseconds"/>.</summary>
    Latency,

    /// <summary>429 TooManyRequestsException; nothing was done.</summary>
    TooManyRequests,

    /// <summary>500; nothing was done.</summary>
    InternalError,

    /// <summary>502 with an HTML page; nothing was done.</summary>
    BadGateway,

    /// <summary>503 ServiceUnavailableException with Retry-After; nothing was done.</summary>
    Unavailable,

    /// <summary>The connection breaks before anything was done.</summary>
    ResetBefore,

    /// <summary>The connection breaks after the change was made: its answer is lost.</summary>
    ResetAfter,

    /// <summary>500 after the change was made.</summary>
    ErrorAfter,

    /// <summary>The change was made and the answer breaks off half way.</summary>
    TruncatedBody,

    /// <summary>200 with an HTML page instead of JSON, as from a proxy that wants a login; nothing was done.</summary>
    Html,

    /// <summary>403 ExpiredTokenException; nothing was done.</summary>
    ExpiredToken,

    /// <summary>403 InvalidSignatureException because the clocks differ, with AWS's time in the Date header; nothing was done.</summary>
    ClockSkew,

    /// <summary>409 ConflictException because another change goes on ("try again later"); nothing was done.</summary>
    Busy,

    /// <summary>403 AccessDeniedException, as for a caller without the IAM permission; nothing was done.</summary>
    AccessDenied,
}

/// <summary>
/// One thing that goes wrong, when, and how often. The same description works in process and over HTTP, and the same seed
/// gives the same faults again.
/// </summary>
public sealed record EmulatorFault
{
    /// <summary>What goes wrong.</summary>
    public EmulatorFaultKind Kind { get; init; }

    /// <summary>The operation it happens to, for example <c>CreateApiKey</c>; any when omitted.</summary>
    public string? Operation { get; init; }

    /// <summary>How likely it is for each request, 0 to 1.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>How many requests pass before the first one it can happen to.</summary>
    public int Skip { get; init; }

    /// <summary>How often it happens at most.</summary>
    public int Times { get; init; } = int.MaxValue;

    /// <summary>How late an answer is.</summary>
    public int Milliseconds { get; init; } = 1000;

    /// <summary>What the random numbers are seeded with.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>What is wrong with this description, a sentence; null when nothing is.</summary>
    public string? FindProblem()
    {
        if (Operation is not null && !Service.Operation.Names.Contains(Operation, StringComparer.Ordinal))
        {
            return $"There is no operation '{Operation}'. There are: {string.Join(", ", Service.Operation.Names)}.";
        }

        return Probability is not (>= 0 and <= 1) ? "Probability is a number from 0 to 1."
            : Skip < 0 || Times < 0 || Milliseconds < 0 ? "Skip, Times and Milliseconds are not negative."
            : null;
    }
}
