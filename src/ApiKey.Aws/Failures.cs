using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using Amazon.APIGateway.Model;
using Amazon.Runtime;
using ApiKey.Service;

namespace ApiKey.Aws;

/// <summary>
/// Translates the SDK's failures into the module's own terms. No exception of the service is kept as a cause: its text is reported, with
/// whatever of the request it repeats taken out, and nothing else of it is of use.
/// </summary>
internal static class Failures
{
    private const int LongestText = 4000;
    private const int LongestRequestId = 100;

    // Who asks to wait for longer than a day is not waited for in any case.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    // What is wrong is the caller, whatever the status: AWS's common errors and the kinds that its edge answers with.
    private static readonly Dictionary<string, ApiGatewayErrorKind> KindsByCode = new(StringComparer.Ordinal)
    {
        ["UnauthorizedException"] = ApiGatewayErrorKind.AuthenticationFailed,
        ["UnrecognizedClientException"] = ApiGatewayErrorKind.AuthenticationFailed,
        ["ExpiredTokenException"] = ApiGatewayErrorKind.AuthenticationFailed,
        ["ExpiredToken"] = ApiGatewayErrorKind.AuthenticationFailed,
        ["InvalidClientTokenId"] = ApiGatewayErrorKind.AuthenticationFailed,
        ["InvalidSignatureException"] = ApiGatewayErrorKind.AuthenticationFailed,
        ["SignatureDoesNotMatch"] = ApiGatewayErrorKind.AuthenticationFailed,
        ["IncompleteSignature"] = ApiGatewayErrorKind.AuthenticationFailed,
        ["IncompleteSignatureException"] = ApiGatewayErrorKind.AuthenticationFailed,
        ["MissingAuthenticationToken"] = ApiGatewayErrorKind.AuthenticationFailed,
        ["MissingAuthenticationTokenException"] = ApiGatewayErrorKind.AuthenticationFailed,
        ["InvalidAccessKeyId"] = ApiGatewayErrorKind.AuthenticationFailed,
        ["AuthFailure"] = ApiGatewayErrorKind.AuthenticationFailed,
        ["RequestTimeTooSkewed"] = ApiGatewayErrorKind.ClockSkewed,
        ["RequestExpired"] = ApiGatewayErrorKind.ClockSkewed,
        ["RequestInTheFuture"] = ApiGatewayErrorKind.ClockSkewed,
        ["AccessDeniedException"] = ApiGatewayErrorKind.AccessDenied,
        ["AccessDenied"] = ApiGatewayErrorKind.AccessDenied,
        ["NotAuthorized"] = ApiGatewayErrorKind.AccessDenied,
        ["OptInRequired"] = ApiGatewayErrorKind.NotEnabled,
        ["SubscriptionRequiredException"] = ApiGatewayErrorKind.NotEnabled,
        ["Throttling"] = ApiGatewayErrorKind.Throttled,
        ["ThrottlingException"] = ApiGatewayErrorKind.Throttled,
        ["ThrottledException"] = ApiGatewayErrorKind.Throttled,
        ["RequestThrottled"] = ApiGatewayErrorKind.Throttled,
        ["RequestLimitExceeded"] = ApiGatewayErrorKind.Throttled,
        ["TooManyRequestsException"] = ApiGatewayErrorKind.Throttled,
        ["ServiceUnavailable"] = ApiGatewayErrorKind.ServerError,
        ["InternalFailure"] = ApiGatewayErrorKind.ServerError,
        ["RequestTimeout"] = ApiGatewayErrorKind.TimedOut,
        ["RequestTimeoutException"] = ApiGatewayErrorKind.TimedOut,
        ["UnknownOperationException"] = ApiGatewayErrorKind.UnexpectedAnswer,
        ["InvalidAction"] = ApiGatewayErrorKind.UnexpectedAnswer,
    };

    /// <summary>The failure of a call, or of finding out where and as whom to call.</summary>
    /// <param name="failure">What came out of the SDK.</param>
    /// <param name="iamAction">The IAM action the call needs; null when there is none.</param>
    /// <param name="secrets">What of the request must not come back in a text.</param>
    public static ApiGatewayException Translate(Exception failure, string? iamAction = null, Secrets secrets = default) => failure switch
    {
        ApiGatewayException translated => translated,
        AmazonUnmarshallingException { StatusCode: HttpStatusCode status } unreadable => Unreadable(unreadable, status),
        AmazonServiceException refused when refused.StatusCode != default => Refused(refused, iamAction, secrets),
        _ when OnTheWay(failure) is { } broken => broken,
        AmazonServiceException lost
            => new ApiGatewayException(ApiGatewayErrorKind.ConnectionFailed,
                $"The call got no answer: {Clean(lost.Message, secrets)}")
            { MayHaveHappened = true },
        AmazonClientException client => BeforeTheCall(client),

        // What the program printed is in the SDK's text, and that may be a secret.
        ProcessAWSCredentialException => new ApiGatewayException(ApiGatewayErrorKind.NoCredentials,
            "The credential_process of the profile gave no credentials. Run the program on its own: it must end with exit code 0 and print "
            + "JSON with Version (1), AccessKeyId and SecretAccessKey."),

        // A file of the settings that cannot be read, or a setting that is not what it should be.
        IOException or UnauthorizedAccessException or UriFormatException => Unusable(failure),
        ArgumentException or FormatException or InvalidOperationException when iamAction is null => Unusable(failure),

        // The SDK's text repeats the line, and that may be a secret.
        InvalidDataException when iamAction is null => new ApiGatewayException(ApiGatewayErrorKind.InvalidConfiguration,
            "The AWS settings cannot be used: a file of profiles has a line that is neither a [section] nor a setting (name = value)."),
        _ => new ApiGatewayException(ApiGatewayErrorKind.UnexpectedAnswer,
            $"The AWS SDK failed with {failure.GetType().Name}.")
        { MayHaveHappened = true },
    };

    /// <summary>No credentials were found, with the ways to give some.</summary>
    public static ApiGatewayException NoCredentials(Exception cause) => new(
        ApiGatewayErrorKind.NoCredentials,
        "No AWS credentials were found. Give a profile (-ProfileName, or $env:AWS_PROFILE; 'aws configure' or 'aws configure sso' makes "
        + "one), set $env:AWS_ACCESS_KEY_ID and $env:AWS_SECRET_ACCESS_KEY, or call Connect-ApiGateway with -AccessKey and -SecretKey or "
        + "-Credential. To try things out, Connect-ApiGateway -Emulator needs none.",
        cause);

    /// <summary>How long a Retry-After header asks to wait: seconds, or a date. Null for what is neither.</summary>
    public static TimeSpan? ReadRetryAfter(string? header, DateTimeOffset now)
    {
        string text = header?.Trim() ?? "";
        double seconds;
        if (text.All(character => char.IsAsciiDigit(character) || character == '.')
            && double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double given))
        {
            seconds = given;
        }
        else if (DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal,
            out DateTimeOffset date))
        {
            seconds = (date - now).TotalSeconds;
        }
        else
        {
            return null;
        }

        return TimeSpan.FromSeconds(Math.Clamp(seconds, 0, LongestWait.TotalSeconds));
    }

    private static ApiGatewayException Unusable(Exception failure) =>
        new(ApiGatewayErrorKind.InvalidConfiguration, $"The AWS settings cannot be used: {Clean(failure.Message, default)}", failure);

    private static ApiGatewayException Unreadable(AmazonUnmarshallingException failure, HttpStatusCode status) =>
        // The cause is omitted: it is about bytes that may be a secret.
        new(
            (int)status >= 500 ? ApiGatewayErrorKind.ServerError : ApiGatewayErrorKind.UnexpectedAnswer,
            "The answer could not be read: it is not the JSON that API Gateway sends.")
        {
            StatusCode = (int)status,
            RequestId = CleanId(failure.RequestId),
            MayHaveHappened = (int)status is (>= 200 and < 300) or >= 500,
        };

    private static ApiGatewayException Refused(AmazonServiceException failure, string? iamAction, Secrets secrets)
    {
        int status = (int)failure.StatusCode;
        string code = failure.ErrorCode ?? "";
        string text = Clean(failure.Message, secrets);
        ApiGatewayErrorKind kind = KindOf(failure, code, status);
        string? wait = failure switch
        {
            TooManyRequestsException throttled => throttled.RetryAfterSeconds,
            LimitExceededException full => full.RetryAfterSeconds,
            ServiceUnavailableException unavailable => unavailable.RetryAfterSeconds,
            _ => null,
        };
        return new ApiGatewayException(kind, text.Length > 0 ? text : code.Length > 0 ? Clean(code, secrets) : "no reason was given")
        {
            StatusCode = status,
            RequestId = CleanId(failure.RequestId),
            RetryAfter = ReadRetryAfter(wait, DateTimeOffset.UtcNow),
            IamAction = iamAction,
            AnswerLines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            MayHaveHappened = status >= 500 || kind == ApiGatewayErrorKind.TimedOut,
        };
    }

    private static ApiGatewayErrorKind KindOf(AmazonServiceException failure, string code, int status)
    {
        if (failure is LimitExceededException)
        {
            return ApiGatewayErrorKind.LimitExceeded;
        }

        // A signature that is too old or too new is one code with a wrong one; only the text tells them apart.
        if (code is "InvalidSignatureException" or "SignatureDoesNotMatch"
            && (failure.Message.StartsWith("Signature expired", StringComparison.OrdinalIgnoreCase)
                || failure.Message.StartsWith("Signature not yet current", StringComparison.OrdinalIgnoreCase)))
        {
            return ApiGatewayErrorKind.ClockSkewed;
        }

        return KindsByCode.TryGetValue(code, out ApiGatewayErrorKind kind) ? kind : status switch
        {
            401 => ApiGatewayErrorKind.AuthenticationFailed,
            403 => ApiGatewayErrorKind.AccessDenied,
            404 => ApiGatewayErrorKind.NotFound,
            408 => ApiGatewayErrorKind.TimedOut,
            409 => IsBusy(failure.Message) ? ApiGatewayErrorKind.Busy : ApiGatewayErrorKind.Conflict,
            429 => ApiGatewayErrorKind.Throttled,
            >= 500 => ApiGatewayErrorKind.ServerError,
            _ => ApiGatewayErrorKind.BadRequest,
        };
    }

    // One error type says both that something exists already and that another change is under way; only the text tells them apart.
    private static bool IsBusy(string? message) =>
        message?.Contains("try again later", StringComparison.OrdinalIgnoreCase) is true
        || message?.Contains("concurrent modification", StringComparison.OrdinalIgnoreCase) is true;

    private static ApiGatewayException? OnTheWay(Exception failure)
    {
        for (Exception? cause = failure; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case AuthenticationException:
                    return new ApiGatewayException(ApiGatewayErrorKind.TlsFailed,
                        $"No trusted TLS connection could be made: {cause.Message}", failure);
                case TimeoutException or OperationCanceledException:
                    return new ApiGatewayException(ApiGatewayErrorKind.TimedOut, "No answer came in time.",
                        failure)
                    { MayHaveHappened = true };
                case SocketException or HttpRequestException { InnerException: null } or HttpIOException:
                    return Broken(failure, cause);

                // A missing file is not a broken connection, and says so by a type of its own.
                case IOException { InnerException: null } when cause.GetType() == typeof(IOException):
                    return Broken(failure, cause);
            }
        }

        return null;
    }

    private static ApiGatewayException Broken(Exception failure, Exception cause) =>
        new(ApiGatewayErrorKind.ConnectionFailed, $"No connection could be made, or it broke: {cause.Message}",
            failure)
        { MayHaveHappened = !NeverArrived(failure) };

    // A request that found nobody to talk to had no effect, and nobody needs to look.
    private static bool NeverArrived(Exception? failure) => failure switch
    {
        null => false,
        SocketException
        {
            SocketErrorCode: SocketError.ConnectionRefused or SocketError.HostNotFound or SocketError.HostUnreachable
            or SocketError.NetworkUnreachable or SocketError.TryAgain
        } => true,
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError } => true,
        _ => NeverArrived(failure.InnerException),
    };

    // Before a request is sent the SDK fails only over its settings and credentials, and says which in the text alone.
    private static ApiGatewayException BeforeTheCall(AmazonClientException failure) =>
        failure.Message.StartsWith("Invalid Configuration", StringComparison.OrdinalIgnoreCase)
        || failure.Message.Contains("partition", StringComparison.OrdinalIgnoreCase)
        || failure.Message.Contains("ServiceURL", StringComparison.Ordinal)
            ? new ApiGatewayException(ApiGatewayErrorKind.InvalidConfiguration, failure.Message, failure)
            : failure.Message.Contains("SSO", StringComparison.Ordinal)
                || failure.Message.Contains("assum", StringComparison.OrdinalIgnoreCase)
                ? new ApiGatewayException(ApiGatewayErrorKind.AuthenticationFailed, failure.Message, failure)
                : NoCredentials(failure);

    // A refused signature is explained with the request as it was signed: the session token and the paging position are in that.
    private static string Clean(string? text, Secrets secrets)
    {
        string shown = (text ?? "").Split("The Canonical String", 2)[0].Split("The String-to-Sign", 2)[0].TrimEnd();
        shown = secrets.Hide(shown.Length > LongestText ? shown[..LongestText] + "..." : shown);
        return string.Concat(shown.Where(character => !char.IsControl(character) || character is '\n' or '\t'));
    }

    private static string? CleanId(string? requestId) => requestId is { Length: > LongestRequestId } ? requestId[..LongestRequestId]
        : requestId;
}
