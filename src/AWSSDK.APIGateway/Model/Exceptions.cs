using System.Net;
using Amazon.Runtime;

namespace Amazon.APIGateway.Model;

/// <summary>400: the request's content is refused.</summary>
public class BadRequestException : AmazonAPIGatewayException
{
    /// <summary>A refusal as the service reported it.</summary>
    public BadRequestException(string message, Exception? innerException, ErrorType errorType, string errorCode, string? requestId,
        HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}

/// <summary>409: it exists already or is being changed.</summary>
public class ConflictException : AmazonAPIGatewayException
{
    /// <summary>A refusal as the service reported it.</summary>
    public ConflictException(string message, Exception? innerException, ErrorType errorType, string errorCode, string? requestId,
        HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}

/// <summary>429: a fixed quota is full.</summary>
public class LimitExceededException : AmazonAPIGatewayException
{
    /// <summary>A refusal as the service reported it.</summary>
    public LimitExceededException(string message, Exception? innerException, ErrorType errorType, string errorCode, string? requestId,
        HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }

    /// <summary>How many seconds to wait, as the Retry-After header says it.</summary>
    public string? RetryAfterSeconds { get; set; }
}

/// <summary>404: there is no such resource.</summary>
public class NotFoundException : AmazonAPIGatewayException
{
    /// <summary>A refusal as the service reported it.</summary>
    public NotFoundException(string message, Exception? innerException, ErrorType errorType, string errorCode, string? requestId,
        HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}

/// <summary>503: the service is not available.</summary>
public class ServiceUnavailableException : AmazonAPIGatewayException
{
    /// <summary>A refusal as the service reported it.</summary>
    public ServiceUnavailableException(string message, Exception? innerException, ErrorType errorType, string errorCode, string? requestId,
        HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }

    /// <summary>How many seconds to wait, as the Retry-After header says it.</summary>
    public string? RetryAfterSeconds { get; set; }
}

/// <summary>429: the rate is too high.</summary>
public class TooManyRequestsException : AmazonAPIGatewayException
{
    /// <summary>A refusal as the service reported it.</summary>
    public TooManyRequestsException(string message, Exception? innerException, ErrorType errorType, string errorCode, string? requestId,
        HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }

    /// <summary>How many seconds to wait, as the Retry-After header says it.</summary>
    public string? RetryAfterSeconds { get; set; }
}

/// <summary>401: the caller is not known.</summary>
public class UnauthorizedException : AmazonAPIGatewayException
{
    /// <summary>A refusal as the service reported it.</summary>
    public UnauthorizedException(string message, Exception? innerException, ErrorType errorType, string errorCode, string? requestId,
        HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
