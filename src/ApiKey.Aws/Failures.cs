using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using Amazon.APIGateway.Model;
using Amazon.Runtime;
using ApiKey.Service;

namespace ApiKey.Aws;

/// <summary>Tells the SDK's failures in the module's own terms.</summary>
internal static class Failures
{
    private static readonly HashSet<string> AuthenticationCodes = new(StringComparer.Ordinal)
    {
        "UnauthorizedException", "UnrecognizedClientException", "ExpiredTokenException", "ExpiredToken", "InvalidClientTokenId",
        "InvalidSignatureException", "SignatureDoesNotMatch", "IncompleteSignatureException", "MissingAuthenticationTokenException",
        "InvalidAccessKeyId", "RequestExpired", "AuthFailure",
    };

    /// <summary>The failure in the module's terms; null for what is none of a call's failures and must not be swallowed.</summary>
    public static ApiGatewayException? Translate(Exception failure, string iamAction) => failure switch
    {
        AmazonUnmarshallingException { StatusCode: HttpStatusCode status } unreadable => Unreadable(unreadable, status),
        AmazonServiceException refused when refused.StatusCode != default => Refused(refused, iamAction),
        _ when OnTheWay(failure) is { } broken => broken,
        AmazonServiceException lost => new ApiGatewayException(ApiGatewayErrorKind.ConnectionFailed, $"The call got no answer: {lost.Message}", lost) { MayHaveHappened = true },
        AmazonClientException client => BeforeTheCall(client),
        _ => null,
    };

    /// <summary>No credentials were found, with the ways to give some.</summary>
    public static ApiGatewayException NoCredentials(Exception cause) => new(
        ApiGatewayErrorKind.NoCredentials,
        "No AWS credentials were found. Give a profile (-ProfileName, or $env:AWS_PROFILE; 'aws configure' or 'aws configure sso' makes one), set $env:AWS_ACCESS_KEY_ID and $env:AWS_SECRET_ACCESS_KEY, or call Connect-ApiGateway with -AccessKey and -SecretKey or -Credential. To try things out, Connect-ApiGateway -Emulator needs none.",
        cause);

    private static ApiGatewayException Unreadable(AmazonUnmarshallingException failure, HttpStatusCode status) =>
        // The cause is left out: it is about bytes that may be a secret.
        new(
            (int)status >= 500 ? ApiGatewayErrorKind.ServerError : ApiGatewayErrorKind.UnexpectedAnswer,
            "The answer could not be read: it is not the JSON that API Gateway sends.")
        {
            StatusCode = (int)status,
            RequestId = failure.RequestId,
            MayHaveHappened = (int)status is (>= 200 and < 300) or >= 500,
        };

    private static ApiGatewayException Refused(AmazonServiceException failure, string iamAction)
    {
        int status = (int)failure.StatusCode;
        ApiGatewayErrorKind kind = failure switch
        {
            LimitExceededException => ApiGatewayErrorKind.LimitExceeded,
            _ when AuthenticationCodes.Contains(failure.ErrorCode ?? "") || status == 401 => ApiGatewayErrorKind.AuthenticationFailed,
            _ => status switch
            {
                403 => ApiGatewayErrorKind.AccessDenied,
                404 => ApiGatewayErrorKind.NotFound,
                409 => IsBusy(failure.Message) ? ApiGatewayErrorKind.Busy : ApiGatewayErrorKind.Conflict,
                429 => ApiGatewayErrorKind.Throttled,
                >= 500 => ApiGatewayErrorKind.ServerError,
                _ => ApiGatewayErrorKind.BadRequest,
            },
        };
        string? wait = failure switch
        {
            TooManyRequestsException throttled => throttled.RetryAfterSeconds,
            LimitExceededException full => full.RetryAfterSeconds,
            ServiceUnavailableException unavailable => unavailable.RetryAfterSeconds,
            _ => null,
        };
        return new ApiGatewayException(kind, string.IsNullOrEmpty(failure.Message) ? failure.ErrorCode ?? "no reason was given" : failure.Message, failure)
        {
            StatusCode = status,
            RequestId = failure.RequestId,
            RetryAfter = double.TryParse(wait, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds) ? TimeSpan.FromSeconds(seconds) : null,
            IamAction = iamAction,
            MayHaveHappened = status >= 500,
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
                    return new ApiGatewayException(ApiGatewayErrorKind.TlsFailed, $"No trusted TLS connection could be made: {cause.Message}", failure);
                case TimeoutException or OperationCanceledException:
                    return new ApiGatewayException(ApiGatewayErrorKind.TimedOut, "No answer came in time.", failure) { MayHaveHappened = true };
                case SocketException or HttpRequestException { InnerException: null } or IOException { InnerException: null }:
                    return new ApiGatewayException(ApiGatewayErrorKind.ConnectionFailed, $"No connection could be made, or it broke: {cause.Message}", failure) { MayHaveHappened = !NeverArrived(failure) };
            }
        }

        return null;
    }

    // A request that found nobody to talk to had no effect, and nobody needs to look.
    private static bool NeverArrived(Exception? failure) => failure switch
    {
        null => false,
        SocketException { SocketErrorCode: SocketError.ConnectionRefused or SocketError.HostNotFound or SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.TryAgain } => true,
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError } => true,
        _ => NeverArrived(failure.InnerException),
    };

    // Before a request is sent the SDK fails only over its settings and credentials, and says which in the text alone.
    private static ApiGatewayException BeforeTheCall(AmazonClientException failure) =>
        failure.Message.StartsWith("Invalid Configuration", StringComparison.OrdinalIgnoreCase) || failure.Message.Contains("partition", StringComparison.OrdinalIgnoreCase)
            ? new ApiGatewayException(ApiGatewayErrorKind.InvalidConfiguration, failure.Message, failure)
            : failure.Message.Contains("SSO", StringComparison.Ordinal) || failure.Message.Contains("assum", StringComparison.OrdinalIgnoreCase)
                ? new ApiGatewayException(ApiGatewayErrorKind.AuthenticationFailed, failure.Message, failure)
                : NoCredentials(failure);
}
