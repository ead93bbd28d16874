using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using ApiKey.Emulator.Wire;

namespace ApiKey.Emulator;

/// <summary>The entry point in process: an HTTP client's handler that answers from an emulator, without a socket.</summary>
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

        // A network never answers while it is asked, and a client must not come to rely on it.
        await Task.Yield();
        byte[] body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        EmulatorResponse answer =
            Emulator.Handle(new EmulatorRequest(request.Method.Method, request.RequestUri!.PathAndQuery,
                name => HeaderOf(request, name), body));
        await Task.Delay(answer.Delay, Emulator.Clock, cancellationToken);
        return answer.Break == EmulatorBreak.BeforeAnswer
            ? throw new HttpRequestException(HttpRequestError.ResponseEnded, "The connection was reset.",
                new SocketException((int)SocketError.ConnectionReset))
            : ToMessage(answer, request);
    }

    private static string? HeaderOf(HttpRequestMessage request, string name)
    {
        if (request.Headers.NonValidated.TryGetValues(name, out HeaderStringValues values)
            || (request.Content is { } content && content.Headers.NonValidated.TryGetValues(name, out values)))
        {
            return values.ToString();
        }

        // Without a socket nobody has written it yet.
        return name.Equals("host", StringComparison.OrdinalIgnoreCase) ? request.RequestUri!.Authority : null;
    }

    private static HttpResponseMessage ToMessage(EmulatorResponse answer, HttpRequestMessage request)
    {
        HttpResponseMessage message = new((HttpStatusCode)answer.Status)
        {
            RequestMessage = request,
            Content = answer.Break == EmulatorBreak.WithinBody
                ? new StreamContent(new BrokenStream(answer.Body[..(answer.Body.Length / 2)])) : new ReadOnlyMemoryContent(answer.Body),
        };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue(answer.ContentType);
        foreach ((string name, string value) in answer.Headers())
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        return message;
    }

    /// <summary>Gives some bytes and then fails, as a connection does that is cut.</summary>
    private sealed class BrokenStream(ReadOnlyMemory<byte> bytes) : MemoryStream(bytes.ToArray())
    {
        public override int Read(byte[] buffer, int offset, int count) => Check(base.Read(buffer, offset, count));

        public override int Read(Span<byte> buffer) => Check(base.Read(buffer));

        public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
            => Check(await base.ReadAsync(buffer.AsMemory(offset, count), cancellationToken));

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
            => Check(await base.ReadAsync(buffer, cancellationToken));

        public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
            => Task.FromException(Cut());

        private static int Check(int read) => read > 0 ? read : throw Cut();

        private static IOException Cut() => new("The connection was cut in the middle of the answer.");
    }
}
