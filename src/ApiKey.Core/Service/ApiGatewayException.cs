using ApiKey.Text;

namespace ApiKey.Service;

/// <summary>What kind of failure a call ended with. Each has one stable error id and category in PowerShell.</summary>
public enum ApiGatewayErrorKind : long
{
    /// <summary>400: AWS refused the request's content.</summary>
    BadRequest,

    /// <summary>404: there is no such resource.</summary>
    NotFound,

    /// <summary>409: it exists already.</summary>
    Conflict,

    /// <summary>409 that says "try again later": another change is under way, and this one was not made. It passes by itself.</summary>
    Busy,

    /// <summary>429 TooManyRequestsException: the rate is too high.</summary>
    Throttled,

    /// <summary>429 LimitExceededException: a fixed quota is full.</summary>
    LimitExceeded,

    /// <summary>403: these credentials may not do that.</summary>
    AccessDenied,

    /// <summary>401 or 403 for the credentials themselves: unknown, expired, or wrongly signed.</summary>
    AuthenticationFailed,

    /// <summary>The request was signed with a time that AWS does not accept: this machine's clock is wrong.</summary>
    ClockSkewed,

    /// <summary>The account has not enabled the region or the service.</summary>
    NotEnabled,

    /// <summary>5xx: AWS failed.</summary>
    ServerError,

    /// <summary>An answer that is not API Gateway's, for example a proxy's HTML page.</summary>
    UnexpectedAnswer,

    /// <summary>No connection: refused, reset, or the name is unknown.</summary>
    ConnectionFailed,

    /// <summary>The TLS handshake failed: certificate or protocol.</summary>
    TlsFailed,

    /// <summary>No answer in time.</summary>
    TimedOut,

    /// <summary>The answer was lost, and looking did not tell whether the change was made.</summary>
    OutcomeUnknown,

    /// <summary>The user stopped the command before the call was sent.</summary>
    Stopped,

    /// <summary>No region was given or found.</summary>
    NoRegion,

    /// <summary>No credentials were given or found.</summary>
    NoCredentials,

    /// <summary>Settings that are wrong or contradict each other.</summary>
    InvalidConfiguration,

    /// <summary>Several have the name that was given, so that nobody can tell which one is meant.</summary>
    Ambiguous,
}

/// <summary>What a failed call was about.</summary>
public enum ApiGatewayResource : long
{
    /// <summary>An API key.</summary>
    ApiKey,

    /// <summary>A usage plan.</summary>
    UsagePlan,

    /// <summary>A key's place in a usage plan.</summary>
    UsagePlanKey,

    /// <summary>A stage of an API.</summary>
    ApiStage,
}

/// <summary>A call that failed, in the module's own terms. Its text holds no secret.</summary>
public sealed class ApiGatewayException : Exception, IHasOwnLines
{
    /// <summary>A failure of some kind.</summary>
    public ApiGatewayException(ApiGatewayErrorKind kind, string message, Exception? innerException = null)
        : this(kind, [message], innerException)
    {
    }

    private ApiGatewayException(ApiGatewayErrorKind kind, IReadOnlyList<string> lines, Exception? innerException)
        : base(Show.Lines(lines), innerException)
    {
        (Kind, Lines) = (kind, lines);
    }

    /// <summary>What kind of failure it is.</summary>
    public ApiGatewayErrorKind Kind { get; }

    /// <summary>What the call was about.</summary>
    public ApiGatewayResource Resource { get; init; }

    /// <summary>The HTTP status; null when there was no answer.</summary>
    public int? StatusCode { get; init; }

    /// <summary>AWS's request id, to quote to AWS Support.</summary>
    public string? RequestId { get; init; }

    /// <summary>How long AWS asks to wait, from the Retry-After header.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The IAM action the operation needs, for example <c>apigateway:POST</c> on <c>/apikeys</c>.</summary>
    public string? IamAction { get; init; }

    /// <summary>AWS's text line by line, where it has several: one for each row of a file that it warns of. Not yet safe to show.</summary>
    internal IReadOnlyList<string> AnswerLines { get; init; } = [];

    private IReadOnlyList<string> Lines { get; }

    /// <summary>Whether the call may have had its effect all the same: the answer was lost, or AWS failed after starting on it.</summary>
    public bool MayHaveHappened { get; init; }

    /// <summary>Whether steps before the failed one were done, and stay done. The text says which.</summary>
    public bool IsPartial { get; private init; }

    /// <summary>Whether the command was stopped before anything of this was sent.</summary>
    public bool WasNotSent => Kind == ApiGatewayErrorKind.Stopped && !IsPartial && !MayHaveHappened;

    /// <summary>The same failure of a later try, when an earlier try may have had its effect.</summary>
    internal ApiGatewayException AfterLostAnswer() => Because(Lines, mayHaveHappened: true);

    /// <summary>The same failure, with what was already done before it.</summary>
    internal ApiGatewayException After(IEnumerable<string> done) =>
        AfterOthers($"{Message} Already changed: {string.Join(", ", done)}. Run the same command again to finish.");

    /// <summary>The same failure, in words that say what was already done before it.</summary>
    internal ApiGatewayException AfterOthers(string message) => Because([message], MayHaveHappened, isPartial: true);

    /// <summary>The same failure, in other words.</summary>
    internal ApiGatewayException Because(string message) => Because([message], MayHaveHappened);

    /// <summary>The same failure, in several lines.</summary>
    internal ApiGatewayException Because(IReadOnlyList<string> lines) => Because(lines, MayHaveHappened);

    /// <summary>The same failure, in other words and about something else.</summary>
    internal ApiGatewayException About(ApiGatewayResource resource, string message) => Because([message], MayHaveHappened, resource);

    private ApiGatewayException Because(IReadOnlyList<string> lines, bool mayHaveHappened, ApiGatewayResource? resource = null,
        bool isPartial = false) =>
        new(Kind, lines, this)
        {
            Resource = resource ?? Resource,
            MayHaveHappened = mayHaveHappened,
            IsPartial = isPartial || IsPartial,
            StatusCode = StatusCode,
            RequestId = RequestId,
            RetryAfter = RetryAfter,
            IamAction = IamAction,
            AnswerLines = AnswerLines,
        };
}
