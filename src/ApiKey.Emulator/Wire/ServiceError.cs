namespace ApiKey.Emulator.Wire;

/// <summary>A call that API Gateway refuses: status, error type and text as AWS gives them.</summary>
internal sealed class ServiceError(int status, string errorType, string message) : Exception(message)
{
    public int Status { get; } = status;

    public string ErrorType { get; } = errorType;

    /// <summary>The member of the body that holds the text: AWS's authorisation writes it with a capital.</summary>
    public string Member { get; init; } = "message";

    /// <summary>The Retry-After header; null for none.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>The refusal as it goes over the wire.</summary>
    public EmulatorResponse ToResponse(string requestId)
    {
        ReadOnlyMemory<byte> body = Json.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString(Member, Message);
            writer.WriteEndObject();
        });
        return new EmulatorResponse(Status, body, ErrorType, requestId) { RetryAfterSeconds = RetryAfterSeconds };
    }

    public static ServiceError BadRequest(string message) => new(400, "BadRequestException", message);

    public static ServiceError NotFound(string message) => new(404, "NotFoundException", message);

    public static ServiceError Conflict(string message) => new(409, "ConflictException", message);

    /// <summary>What AWS answers to a change that meets another one: nothing was done, and the caller may try again.</summary>
    public static ServiceError Busy() => Conflict("Unable to complete operation due to concurrent modification. Please try again later.");

    /// <summary>The refusal when a count is full.</summary>
    public static ServiceError LimitExceeded(string quota)
        => new(429, "LimitExceededException", $"{quota} limit exceeded") { RetryAfterSeconds = 60 };

    /// <summary>The refusal of a caller whose policies do not allow a call.</summary>
    public static ServiceError AccessDenied(EmulatorRequest request, string region) => new(
        403,
        "AccessDeniedException",
        $"User: arn:aws:iam::000000000000:user/emulator is not authorized to perform: apigateway:{request.Method} "
        + $"on resource: arn:aws:apigateway:{region}::{request.Target.Split('?')[0]} "
        + $"because no identity-based policy allows the apigateway:{request.Method} action")
    {
        Member = "Message",
    };

    public static ServiceError UnknownStage(string stage) => NotFound($"API Stage not found: {stage}");

    /// <summary>The refusal of a stage that two plans would give one key.</summary>
    public static ServiceError SharedStage(string planId, string keyId, string stage) =>
        Conflict($"Usage Plan {planId} cannot be added because API Key {keyId} cannot reference multiple Usage Plans with the same API "
            + $"Stage: {stage}");

    /// <summary>What AWS answers to a request for which it has no operation, or no method.</summary>
    public static ServiceError MissingToken() => new(403, "MissingAuthenticationTokenException", "Missing Authentication Token");

    public static ServiceError UnknownPlan() => NotFound("Invalid Usage Plan ID specified");

    public static ServiceError UnknownKey() => NotFound("Invalid API Key identifier specified");
}
