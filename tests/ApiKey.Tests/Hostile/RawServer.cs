using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ApiKey.Tests.Hostile;

/// <summary>A server that answers with any bytes whatsoever, one request a connection, and keeps what it was sent.</summary>
internal sealed class RawServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<NetworkStream, string, CancellationToken, Task> _answer;

    public RawServer(Func<NetworkStream, string, CancellationToken, Task> answer)
    {
        _answer = answer;
        _listener.Start();
        _ = ListenAsync();
    }

    /// <summary>Answers everything with the same bytes.</summary>
    public RawServer(string answer)
        : this((stream, _, stop) => stream.WriteAsync(Encoding.UTF8.GetBytes(answer), stop).AsTask())
    {
    }

    public Uri Uri => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>Head and body of every request, as they came.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>An answer with a right length.</summary>
    public static string Answer(string status, string body, params string[] headers) =>
        $"HTTP/1.1 {status}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nContent-Type: application/json\r\nConnection: "
        + $"close\r\n{string.Concat(headers.Select(header => header + "\r\n"))}\r\n{body}";

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Stop();
        _stop.Dispose();
    }

    private async Task ListenAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
            }
        }
        catch (Exception end) when (end is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                NetworkStream stream = client.GetStream();
                string request = await ReadAsync(stream);
                Requests.Enqueue(request);
                await _answer(stream, request, _stop.Token);
            }
            catch (Exception end) when (end is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
            {
                // The client had enough.
            }
        }
    }

    private async Task<string> ReadAsync(NetworkStream stream)
    {
        StringBuilder request = new();
        byte[] buffer = new byte[8192];
        while (true)
        {
            int read = await stream.ReadAsync(buffer, _stop.Token);
            request.Append(Encoding.UTF8.GetString(buffer, 0, read));
            string text = request.ToString();
            int head = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (read == 0 || (head >= 0 && text.Length - head - 4 >= LengthOf(text)))
            {
                return text;
            }
        }
    }

    private static int LengthOf(string request) =>
        request.Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)) is { } line
            ? int.Parse(line.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture)
            : 0;
}
