using System.Text;
using ApiKey.Emulator.Wire;

namespace ApiKey.Emulator.Faults;

/// <summary>The faults of one emulator, each with its own random numbers and counts, and what a client sees of them.</summary>
internal sealed class FaultPlan(IEnumerable<EmulatorFault> faults)
{
    private static readonly byte[] Page =
        Encoding.UTF8.GetBytes("<html><head><title>Please sign in</title></head><body><h1>Please sign in</h1></body></html>");

    private readonly Entry[] _entries = [.. faults.Select(fault => new Entry(fault))];

    /// <summary>The faults that happen to this request: late answers, and at most one other.</summary>
    public (TimeSpan Delay, EmulatorFaultKind? Kind) Decide(string operation)
    {
        TimeSpan delay = TimeSpan.Zero;
        EmulatorFaultKind? kind = null;
        lock (_entries)
        {
            foreach (Entry entry in _entries)
            {
                if ((entry.Fault.Kind == EmulatorFaultKind.Latency || kind is null) && entry.Happens(operation))
                {
                    if (entry.Fault.Kind == EmulatorFaultKind.Latency)
                    {
                        delay += TimeSpan.FromMilliseconds(entry.Fault.Milliseconds);
                    }
                    else
                    {
                        kind = entry.Fault.Kind;
                    }
                }
            }
        }

        return (delay, kind);
    }

    /// <summary>The answer of a fault that keeps the call from being made; null for the others.</summary>
    public static EmulatorResponse? Before(
        EmulatorFaultKind? fault, EmulatorRequest request, string region, string requestId, TimeProvider clock) => fault switch
        {
            EmulatorFaultKind.TooManyRequests => Refuse(429, "TooManyRequestsException", "Too Many Requests", requestId, retryAfter: 1),
            EmulatorFaultKind.InternalError => Refuse(500, "InternalFailure", "Internal server error", requestId),
            EmulatorFaultKind.BadGateway => ShowPage(502, requestId),
            EmulatorFaultKind.Unavailable => Refuse(503, "ServiceUnavailableException", "Service Unavailable", requestId, retryAfter: 1),
            EmulatorFaultKind.ResetBefore => new EmulatorResponse(0, default, null, requestId) { Break = EmulatorBreak.BeforeAnswer },
            EmulatorFaultKind.Html => ShowPage(200, requestId),
            EmulatorFaultKind.ExpiredToken
                => Refuse(403, "ExpiredTokenException", "The security token included in the request is expired", requestId),
            EmulatorFaultKind.ClockSkew
                => Refuse(403, "InvalidSignatureException", "Signature expired: the request's time is too far from the service's",
                    requestId) with
                { Date = clock.GetUtcNow().AddHours(1) },
            EmulatorFaultKind.AccessDenied => ServiceError.AccessDenied(request, region).ToResponse(requestId),
            EmulatorFaultKind.Busy => ServiceError.Busy().ToResponse(requestId),
            _ => null,
        };

    /// <summary>The call's answer as it comes through after the call was made.</summary>
    public static EmulatorResponse After(EmulatorFaultKind? fault, EmulatorResponse answer) => fault switch
    {
        EmulatorFaultKind.ResetAfter => answer with { Break = EmulatorBreak.BeforeAnswer },
        EmulatorFaultKind.TruncatedBody
            => answer with { Break = answer.Body.Length > 1 ? EmulatorBreak.WithinBody : EmulatorBreak.BeforeAnswer },
        EmulatorFaultKind.ErrorAfter
            => Refuse(500, "InternalFailure", "Internal server error", answer.RequestId) with { Delay = answer.Delay },
        _ => answer,
    };

    private static EmulatorResponse Refuse(int status, string errorType, string message, string requestId, int? retryAfter = null) =>
        new ServiceError(status, errorType, message) { RetryAfterSeconds = retryAfter }.ToResponse(requestId);

    private static EmulatorResponse ShowPage(int status, string requestId)
        => new(status, Page, null, requestId) { ContentType = "text/html" };

    private sealed class Entry(EmulatorFault fault)
    {
        private readonly Random _random = new(fault.Seed);
        private int _passed;
        private int _happened;

        public EmulatorFault Fault { get; } = fault;

        public bool Happens(string operation)
        {
            if ((Fault.Operation is not null && Fault.Operation != operation) || _passed++ < Fault.Skip || _happened >= Fault.Times
                || _random.NextDouble() >= Fault.Probability)
            {
                return false;
            }

            _happened++;
            return true;
        }
    }
}
