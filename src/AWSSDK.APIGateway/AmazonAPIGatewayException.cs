using System.Net;
using Amazon.Runtime;

namespace Amazon.APIGateway;

/// <summary>A call that Amazon API Gateway refused.</summary>
public class AmazonAPIGatewayException : AmazonServiceException
{
    /// <summary>A refusal as the service reported it.</summary>
    public AmazonAPIGatewayException(string message, Exception? innerException, ErrorType errorType, string errorCode, string? requestId,
        HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
