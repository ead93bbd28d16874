using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ApiKey.Emulator.Wire;

namespace ApiKey.Emulator;

/// <summary>The entry point over HTTP, for other clients: bound to 127.0.0.1 and to what this machine calls localhost, reachable from this
/// machine only.</summary>
public sealed class EmulatorServer : IDisposable
{
    // Larger than anything API Gateway's management accepts.
    private const int MaxBodyLength = 16 * 1024 * 1024;

    private readonly HttpListener _listener;

    /// <summary>Starts to listen.</summary>
    /// <param name="emulator">What answers.</param>
    /// <param name="port">The port; 0 takes a free one.</param>
    /// <exception cref="HttpListenerException">The port is taken or not allowed.</exception>
    public EmulatorServer(ApiGatewayEmulator emulator, int port = 0)
    {
        Emulator = emulator;
        (_listener, Uri) = port == 0 ? ListenOnFreePort() : (Listen(port), Address(port));
        _ = AcceptAsync();
    }

    /// <summary>What answers.</summary>
    public ApiGatewayEmulator Emulator { get; }

    /// <summary>Why the state file could not be written lately, a sentence; null when nothing is wrong.</summary>
    public string? StateProblem => Emulator.StateProblem;

    /// <summary>Where it listens.</summary>
    public Uri Uri { get; }

    /// <summary>How long it waits for more of a body: on this machine's own network one that stops this long does not go on.</summary>
    internal TimeSpan ReadTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Stops listening, cuts connections, and writes the emulator's state file, if it has one.</summary>
    public void Dispose()
    {
        ((IDisposable)_listener).Dispose();
        Emulator.Dispose();
    }

    private static Uri Address(int port) => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/"));

    // HttpListener cannot choose a port itself, and between choosing and listening somebody else may take it.
    private static (HttpListener Listener, Uri Uri) ListenOnFreePort()
    {
        const int Tries = 10;
        for (int attempt = 1; ; attempt++)
        {
            int port;
            using (TcpListener probe = new(IPAddress.Loopback, 0))
            {
                probe.Start();
                port = ((IPEndPoint)probe.LocalEndpoint).Port;
            }

            try
            {
                return (Listen(port), Address(port));
            }
            catch (HttpListenerException) when (attempt < Tries)
            {
            }
        }
    }

    private static HttpListener Listen(int port)
    {
        HttpListener listener = new() { IgnoreWriteExceptions = true };
        listener.Prefixes.Add(Address(port).ToString());
        listener.Start();
        try
        {
            // HttpListener answers only to the names it was given.
            listener.Prefixes.Add(string.Create(CultureInfo.InvariantCulture, $"http://localhost:{port}/"));
        }
        catch (HttpListenerException)
        {
            // Where localhost is another address whose port is taken, or none at all, the number is what it answers to.
        }

        return listener;
    }

    private async Task AcceptAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception broken) when (broken is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                // It was stopped, which ends the loop, or one connection was broken, which must not.
                await Task.Delay(TimeSpan.FromMilliseconds(1));
                continue;
            }

            _ = Task.Run(() => AnswerAsync(context));
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            EmulatorResponse answer;
            try
            {
                answer = await AskAsync(context.Request);
            }
            catch (Exception failure) when (!IsGone(failure))
            {
                answer = Emulator.Fail(failure);
            }

            await Task.Delay(answer.Delay, Emulator.Clock);
            await SendAsync(answer, context);
        }
        catch (Exception failure)
        {
            // The client went away, or the emulator was stopped; there is nobody to answer.
            _ = IsGone(failure) ? null : Emulator.Fail(failure);
            context.Response.Abort();
        }
    }

    private async Task<EmulatorResponse> AskAsync(HttpListenerRequest request)
    {
        try
        {
            byte[] body = await ReadBodyAsync(request);
            return Emulator.Handle(new EmulatorRequest(request.HttpMethod, request.RawUrl ?? "/", name => request.Headers[name], body));
        }
        catch (ServiceError refusal)
        {
            return refusal.ToResponse(Guid.NewGuid().ToString()) with { IsLast = true };
        }
    }

    private async Task<byte[]> ReadBodyAsync(HttpListenerRequest request)
    {
        ServiceError tooLarge = new(413, "RequestEntityTooLargeException", "Request Entity Too Large");
        if (request.ContentLength64 > MaxBodyLength)
        {
            throw tooLarge;
        }

        using MemoryStream body = new();
        byte[] buffer = new byte[81920];
        try
        {
            int read;
            while ((read = await request.InputStream.ReadAsync(buffer).AsTask().WaitAsync(ReadTimeout, Emulator.Clock)) > 0)
            {
                body.Write(buffer, 0, read);
                if (body.Length > MaxBodyLength)
                {
                    throw tooLarge;
                }
            }
        }
        catch (TimeoutException)
        {
            throw new ServiceError(408, "RequestTimeoutException", "The body of the request did not arrive in time.");
        }

        return body.ToArray();
    }

    private static async Task SendAsync(EmulatorResponse answer, HttpListenerContext context)
    {
        HttpListenerResponse response = context.Response;
        if (answer.Break == EmulatorBreak.BeforeAnswer)
        {
            // HttpListener answers "200" by itself when nothing was written, so the cut comes after the first byte of a body
            // that was announced longer. A client has no answer either way.
            response.ContentLength64 = 2;
            await response.OutputStream.WriteAsync("{"u8.ToArray());
            response.Abort();
            return;
        }

        response.StatusCode = answer.Status;
        response.KeepAlive = !answer.IsLast;
        foreach ((string name, string value) in answer.Headers())
        {
            response.Headers[name] = value;
        }

        response.ContentType = answer.ContentType;
        byte[] body = context.Request.HttpMethod == "HEAD" ? [] : answer.Body.ToArray();
        response.ContentLength64 = body.Length;
        if (answer.Break == EmulatorBreak.WithinBody)
        {
            await response.OutputStream.WriteAsync(body.AsMemory(0, body.Length / 2));
            response.Abort();
            return;
        }

        await response.OutputStream.WriteAsync(body);
        response.Close();
    }

    private static bool IsGone(Exception failure) => failure is HttpListenerException or ObjectDisposedException or IOException;
}
