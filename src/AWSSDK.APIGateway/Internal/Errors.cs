using System.Net;
using System.Text.Json;
using Amazon.APIGateway.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Transform;

namespace Amazon.APIGateway.Internal;

/// <summary>Reads refusals: the type from a header or the body, the text from the body. What is not JSON is reported as such, not
/// repeated.</summary>
internal static class Errors
{
    /// <summary>The exception for an answer with an error status.</summary>
    public static AmazonServiceException Read(JsonUnmarshallerContext input, HttpStatusCode status)
    {
        IWebResponseData answer = input.ResponseData;
        string code = Header(answer, "x-amzn-errortype");
        string message = "";
        try
        {
            using JsonDocument document = JsonDocument.Parse(input.Stream);
            code = code.Length > 0 ? code : Text(document.RootElement, "__type", "code");
            message = Text(document.RootElement, "message", "Message");
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException or ArgumentException)
        {
            if (code.Length == 0)
            {
                return NotApiGateways(answer, status);
            }
        }

        // Seen in the wild: "NotFoundException:http://internal.amazon.com/..." and "com.amazonaws.apigateway#NotFoundException".
        code = code.Split(':')[0].Split('#')[^1];
        return code.Length == 0 && message.Length == 0
            ? NotApiGateways(answer, status)
            : Create(code, message, Header(answer, "x-amzn-requestid"), Header(answer, "Retry-After"), status);
    }

    /// <summary>The exception for an answer that cannot be API Gateway's, for example a proxy's page.</summary>
    public static AmazonServiceException NotApiGateways(IWebResponseData answer, HttpStatusCode? status = null) =>
        new AmazonUnmarshallingException(Header(answer, "x-amzn-requestid"), "", null, status ?? answer.StatusCode);

    private static AmazonAPIGatewayException Create(string code, string message, string requestId, string retryAfter, HttpStatusCode status)
    {
        ErrorType type = (int)status >= 500 ? ErrorType.Receiver : ErrorType.Sender;
        string? wait = retryAfter.Length > 0 ? retryAfter : null;
        return code switch
        {
            "BadRequestException" => new BadRequestException(message, null, type, code, requestId, status),
            "ConflictException" => new ConflictException(message, null, type, code, requestId, status),
            "LimitExceededException"
                => new LimitExceededException(message, null, type, code, requestId, status) { RetryAfterSeconds = wait },
            "NotFoundException" => new NotFoundException(message, null, type, code, requestId, status),
            "ServiceUnavailableException"
                => new ServiceUnavailableException(message, null, type, code, requestId, status) { RetryAfterSeconds = wait },
            "TooManyRequestsException"
                => new TooManyRequestsException(message, null, type, code, requestId, status) { RetryAfterSeconds = wait },
            "UnauthorizedException" => new UnauthorizedException(message, null, type, code, requestId, status),
            _ => new AmazonAPIGatewayException(message, null, type, code, requestId, status),
        };
    }

    private static string Header(IWebResponseData answer, string name) => answer.IsHeaderPresent(name) ? answer.GetHeaderValue(name) : "";

    private static string Text(JsonElement body, params string[] names)
    {
        foreach (string name in names)
        {
            if (body.TryGetProperty(name, out JsonElement member) && member.ValueKind == JsonValueKind.String)
            {
                return member.GetString()!;
            }
        }

        return "";
    }
}
