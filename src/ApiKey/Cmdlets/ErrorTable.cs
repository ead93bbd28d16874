using System.Management.Automation;
using ApiKey.Binding;
using ApiKey.Service;
using ApiKey.Text;

namespace ApiKey.Cmdlets;

/// <summary>The one table from a kind of failure to what PowerShell shows: a stable error id, a category, and what to do next.</summary>
internal static class ErrorTable
{
    private const string BusyAdvice =
        "Nothing was changed by this call: in an account and region AWS makes one change at a time to the keys in usage plans, "
        + "and another one was under way at every attempt. Run the same command again once it is done.";

    /// <summary>
    /// Whether nothing can be done for any other item either, so that the command ends: settings, credentials and certificates
    /// are the same for all of them. What another item or moment may survive (a permission, a quota, a network) does not end it.
    /// </summary>
    public static bool EndsCommand(ApiGatewayErrorKind kind) =>
        kind is ApiGatewayErrorKind.NoRegion
            or ApiGatewayErrorKind.NoCredentials
            or ApiGatewayErrorKind.InvalidConfiguration
            or ApiGatewayErrorKind.AuthenticationFailed
            or ApiGatewayErrorKind.TlsFailed;

    /// <summary>The record of a failed call.</summary>
    /// <param name="failure">What failed.</param>
    /// <param name="what">What was being done and to which key, for example <c>Creating API key 'a'</c>.</param>
    /// <param name="target">The user's object.</param>
    /// <param name="command">The command that was asked for it; null when the record is only part of a longer report.</param>
    public static ErrorRecord ToRecord(ApiGatewayException failure, string what, object? target, PSCmdlet? command = null)
    {
        (string errorId, ErrorCategory category, string? advice) = Describe(failure);
        return new ErrorRecord(failure, errorId, category, target)
        {
            // The advice is in the message: only newer versions of PowerShell show a recommended action.
            ErrorDetails = new ErrorDetails(Compose($"{Show.Escape(what)} failed:", EndSentence(failure.Message),
                NameAdvice(failure, target, command) + advice, Show.Escape(Trace(failure)))),
        };
    }

    /// <summary>What -Verbose says of something that is not there and need not be. It may be there under its name, so the advice is that of
    /// the error.</summary>
    public static string DescribeAccepted(ApiGatewayException failure, string what, object? target, PSCmdlet command) =>
        Compose($"{Show.Escape(what)}: it is not there, which -IfExists treats as success.", EndSentence(failure.Message),
            NameAdvice(failure, target, command) + Describe(failure).Advice);

    private static string Compose(params string?[] parts) =>
        Show.Message(string.Join(' ', parts.Where(part => !string.IsNullOrEmpty(part))));

    private static string NameAdvice(ApiGatewayException failure, object? target, PSCmdlet? command) => command is not null && failure
        is { Kind: ApiGatewayErrorKind.NotFound, Resource: ApiGatewayResource.ApiKey or ApiGatewayResource.UsagePlanKey }
            ? NameAdvice(target, command) : "";

    private static (string ErrorId, ErrorCategory Category, string? Advice) Describe(ApiGatewayException failure) => failure.Kind switch
    {
        ApiGatewayErrorKind.BadRequest => ("InvalidRequest", ErrorCategory.InvalidArgument, null),
        ApiGatewayErrorKind.NotFound => ($"{failure.Resource}NotFound", ErrorCategory.ObjectNotFound, LookAdvice(failure.Resource)),
        ApiGatewayErrorKind.Conflict => ($"{failure.Resource}Conflict", ErrorCategory.ResourceExists, null),
        ApiGatewayErrorKind.Throttled
            => ("TooManyRequests", ErrorCategory.LimitsExceeded,
                $"{RetryAdvice(failure)} or send fewer at once with -ThrottleLimit or Connect-ApiGateway -RequestsPerSecond."),
        ApiGatewayErrorKind.Busy => ("ConcurrentModification", ErrorCategory.ResourceBusy, BusyAdvice),
        ApiGatewayErrorKind.LimitExceeded => ("QuotaExceeded", ErrorCategory.QuotaExceeded, QuotaAdvice(failure.Resource)),
        ApiGatewayErrorKind.AccessDenied => ("AccessDenied", ErrorCategory.PermissionDenied, PermissionAdvice(failure.IamAction)),
        ApiGatewayErrorKind.AuthenticationFailed
            => ("AuthenticationFailed", ErrorCategory.AuthenticationError,
                "Renew the credentials (for SSO: aws sso login) and see with Get-ApiGatewayConnection which ones are in use."),
        ApiGatewayErrorKind.ClockSkewed
            => ("ClockSkewed", ErrorCategory.AuthenticationError,
                "AWS accepts a clock that is up to five minutes off. Set this machine's clock and run the command again."),
        ApiGatewayErrorKind.NotEnabled
            => ("NotEnabled", ErrorCategory.PermissionDenied,
                "The account has not enabled this region or this service. Enable it (aws account enable-region), or specify another region "
                + "with -Region."),
        ApiGatewayErrorKind.ServerError => ("ServiceFailure", ErrorCategory.ResourceUnavailable, "AWS failed; try again later."),
        ApiGatewayErrorKind.UnexpectedAnswer
            => ("UnexpectedAnswer", ErrorCategory.ProtocolError,
                "The answer did not come from API Gateway. Check the endpoint and any proxy in between."),
        ApiGatewayErrorKind.ConnectionFailed
            => ("ConnectionFailed", ErrorCategory.ConnectionError, "Check the network, the endpoint and the region."),
        ApiGatewayErrorKind.TlsFailed
            => ("TlsFailed", ErrorCategory.SecurityError, "Check the endpoint's certificate and any proxy that replaces it."),
        ApiGatewayErrorKind.TimedOut
            => ("TimedOut", ErrorCategory.OperationTimeout,
                $"{(failure.MayHaveHappened ? "The change may or may not have been made: look before you repeat it. " : "")}"
                + "Connect-ApiGateway -TimeoutSec allows more time."),
        ApiGatewayErrorKind.OutcomeUnknown => ("OutcomeUnknown", ErrorCategory.InvalidResult, null),
        ApiGatewayErrorKind.Stopped => ("Stopped", ErrorCategory.OperationStopped, null),
        ApiGatewayErrorKind.NoRegion => ("NoRegion", ErrorCategory.InvalidArgument, null),
        ApiGatewayErrorKind.NoCredentials => ("NoCredentials", ErrorCategory.AuthenticationError, null),
        ApiGatewayErrorKind.InvalidConfiguration => ("InvalidConfiguration", ErrorCategory.InvalidArgument, null),
        ApiGatewayErrorKind.Ambiguous => ($"Ambiguous{failure.Resource}", ErrorCategory.InvalidArgument, null),
        _ => throw new ArgumentOutOfRangeException(nameof(failure), failure.Kind, "A kind of failure without a row in the table."),
    };

    // AWS sends the values of keys with a plan's keys, also to those who may not read the keys.
    private static string? PermissionAdvice(string? action) => action is null ? null
        : $"The credentials need the IAM permission {action}."
        + (action.Contains("/usageplans/", StringComparison.Ordinal) && action.Contains("/keys", StringComparison.Ordinal)
            && !action.StartsWith("apigateway:DELETE", StringComparison.Ordinal)
            ? " With it one can read the values of keys."
            : "");

    private static string LookAdvice(ApiGatewayResource resource) => resource switch
    {
        ApiGatewayResource.UsagePlan => "List the plans with Get-ApiGatewayUsagePlan; a plan of another region needs -Region.",
        ApiGatewayResource.ApiStage
            => "Check the API's id and the stage's name. A stage exists once the API was deployed to it, and a usage plan opens stages of "
                + "its own region only.",
        ApiGatewayResource.UsagePlanKey
            => "Get-ApiGatewayUsagePlan -ApiKeyId lists the plans a key is in, Get-ApiGatewayUsagePlanKey the keys of a plan.",
        _ => "List the keys with Get-ApiGatewayApiKey; a key of another region needs -Region.",
    };

    /// <summary>What to type when a key that is not there was given as text, which may be a name: names need not be unique, so keys are
    /// addressed by id.</summary>
    public static string NameAdvice(object? target, PSCmdlet command) => target is not string text ? ""
        : $"Keys are addressed by id; for a name, use {TypedLine.ByName(command, text)}. ";

    private static string QuotaAdvice(ApiGatewayResource resource) => resource switch
    {
        ApiGatewayResource.UsagePlan
            => "An AWS quota is full (300 usage plans per account and region, unless AWS raised it). Remove plans that are no longer "
                + "needed.",
        ApiGatewayResource.UsagePlanKey
            => "An AWS quota is full (10 usage plans per key, unless AWS raised it). Take the key out of a plan with "
                + "Remove-ApiGatewayUsagePlanKey.",
        _ => "A fixed AWS quota is full (10,000 API keys per account and region). Remove keys that are no longer needed.",
    };

    private static string RetryAdvice(ApiGatewayException failure) =>
        failure.RetryAfter is { } wait ? $"Try again in {Math.Ceiling(wait.TotalSeconds):0} s," : "Try again in a moment,";

    private static string Trace(ApiGatewayException failure)
    {
        string[] parts =
        [
            failure.StatusCode is { } status ? $"HTTP {status}" : "",
            failure.RequestId is { Length: > 0 } request ? $"request id {request}" : "",
        ];
        string trace = string.Join(", ", parts.Where(part => part.Length > 0));
        return trace.Length == 0 ? "" : $"({trace})";
    }

    private static string EndSentence(string text) => text.Length == 0 || text[^1] is '.' or '!' or '?' ? text : text + ".";
}
