using System.Net;
using System.Net.Http.Headers;

namespace ApiKey.Emulator;

/// <summary>The door in process: an HTTP client's handler that answers from an emulator, without a socket.</summary>
/// <param name="emulator">What answers.</param>
public sealed class EmulatorHttpHandler(ApiGatewayEmulator emulator) : HttpMessageHandler
{
    /// <summary>What answers.</summary>
    public ApiGatewayEmulator Emulator { get; } = emulator;

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();
        byte[] body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        string? authorization = request.Headers.NonValidated.TryGetValues("Authorization", out HeaderStringValues values) ? values.ToString() : null;
        return ToMessage(Emulator.Handle(new EmulatorRequest(request.Method.Method, request.RequestUri!.PathAndQuery, authorization, body)), request);
    }

    private static HttpResponseMessage ToMessage(EmulatorResponse answer, HttpRequestMessage request)
    {
        HttpResponseMessage message = new((HttpStatusCode)answer.Status)
        {
            RequestMessage = request,
            Content = new ReadOnlyMemoryContent(answer.Body),
        };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue(EmulatorResponse.ContentType);
        message.Headers.Add("x-amzn-requestid", answer.RequestId);
        if (answer.ErrorType is not null)
        {
            message.Headers.Add("x-amzn-errortype", answer.ErrorType);
        }

        return message;
    }
}
