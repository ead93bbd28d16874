using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ApiKey.Emulator;

/// <summary>The door over HTTP, for other clients: bound to 127.0.0.1, reachable from this machine only.</summary>
public sealed class EmulatorServer : IDisposable
{
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

    /// <summary>Where it listens.</summary>
    public Uri Uri { get; }

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
            catch (Exception stopped) when (stopped is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            _ = Task.Run(() => AnswerAsync(context));
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            using MemoryStream body = new();
            await context.Request.InputStream.CopyToAsync(body);
            EmulatorResponse answer = Emulator.Handle(new EmulatorRequest(
                context.Request.HttpMethod,
                context.Request.RawUrl ?? "/",
                name => context.Request.Headers[name],
                body.ToArray()));
            if (answer.Delay > TimeSpan.Zero)
            {
                await Task.Delay(answer.Delay);
            }

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
            foreach ((string name, string value) in answer.Headers())
            {
                response.Headers[name] = value;
            }

            response.ContentType = answer.ContentType;
            response.ContentLength64 = answer.Body.Length;
            if (answer.Break == EmulatorBreak.WithinBody)
            {
                await response.OutputStream.WriteAsync(answer.Body[..(answer.Body.Length / 2)]);
                response.Abort();
                return;
            }

            response.Close(answer.Body.ToArray(), willBlock: false);
        }
        catch (Exception gone) when (gone is HttpListenerException or ObjectDisposedException or IOException)
        {
            // The client went away, or the emulator was stopped; there is nobody to tell.
            context.Response.Abort();
        }
    }
}
