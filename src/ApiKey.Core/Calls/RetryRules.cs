using ApiKey.Service;

namespace ApiKey.Calls;

/// <summary>When a failed call is tried again, and after how long. Every number stands here, so that a new SDK default changes
/// nothing.</summary>
internal static class RetryRules
{
    /// <summary>Tries of a call that nobody takes (refused, unknown host) or answers in time: more would only keep the user
    /// waiting.</summary>
    private const int TriesUnanswered = 3;

    private static readonly TimeSpan ThrottleBase = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FailureBase = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(20);

    // A server that asks for more is not waited for: the error says how long it asked.
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Whether a failure may pass by itself. Whether repeating is safe is for the caller to say. A whole answer that is not
    /// API Gateway's comes again, however often it is asked for.
    /// </summary>
    public static bool MayPass(ApiGatewayException failure) =>
        failure.Kind is ApiGatewayErrorKind.Throttled or ApiGatewayErrorKind.Busy or ApiGatewayErrorKind.ServerError
            or ApiGatewayErrorKind.ConnectionFailed or ApiGatewayErrorKind.TimedOut;

    /// <summary>How long to wait before the next try; null to give up.</summary>
    /// <param name="failure">What the last try ended with.</param>
    /// <param name="tries">Tries so far.</param>
    /// <param name="maxTries">Tries in all.</param>
    /// <param name="jitter">A number from 0 to 1: callers that failed together must not come back together.</param>
    public static TimeSpan? Delay(ApiGatewayException failure, int tries, int maxTries, double jitter)
    {
        bool unanswered = failure.Kind == ApiGatewayErrorKind.TimedOut
            || (failure.Kind == ApiGatewayErrorKind.ConnectionFailed && !failure.MayHaveHappened);
        if (!MayPass(failure) || tries >= (unanswered ? Math.Min(maxTries, TriesUnanswered) : maxTries)
            || failure.RetryAfter > LongestRetryAfter)
        {
            return null;
        }

        TimeSpan unit = failure.Kind is ApiGatewayErrorKind.Throttled or ApiGatewayErrorKind.Busy ? ThrottleBase : FailureBase;
        double longest = Math.Min(LongestBackoff.TotalSeconds, unit.TotalSeconds * Math.Pow(2, tries - 1));
        return (failure.RetryAfter ?? TimeSpan.Zero) + TimeSpan.FromSeconds(jitter * longest);
    }
}
