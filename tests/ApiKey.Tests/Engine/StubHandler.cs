using System.Net;
using System.Text;

namespace ApiKey.Tests.Engine;

/// <summary>Stands between the SDK and the emulator: answers some requests itself, lets the others through, and counts.</summary>
internal sealed class StubHandler(HttpMessageHandler inner, Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage?>> answer)
    : DelegatingHandler(inner)
{
    private int _requests;
    private int _atOnce;
    private int _mostAtOnce;

    public int Requests => _requests;

    public int MostAtOnce => _mostAtOnce;

    /// <summary>Answers everything with one status and body.</summary>
    public static Func<HttpMessageHandler, HttpMessageHandler> Always(HttpStatusCode status, string body, string? errorType = null,
        string contentType = "application/json") =>
        inner => new StubHandler(inner, (_, _) => Task.FromResult<HttpResponseMessage?>(Answer(status, body, errorType, contentType)));

    /// <summary>Fails every request before any answer.</summary>
    public static Func<HttpMessageHandler, HttpMessageHandler> Failing(Func<Exception> failure) =>
        inner => new StubHandler(inner, (_, _) => Task.FromException<HttpResponseMessage?>(failure()));

    /// <summary>Answers nothing, and the time for the answer is over at once.</summary>
    public static HttpMessageHandler Silent(HttpMessageHandler inner, SkippingClock clock) => new StubHandler(inner, async (_, stop) =>
    {
        clock.EndLimits();
        await Task.Delay(Timeout.Infinite, stop);
        return null;
    });

    public static HttpResponseMessage Answer(HttpStatusCode status, string body, string? errorType = null,
        string contentType = "application/json")
    {
        HttpResponseMessage answer = new(status) { Content = new StringContent(body, Encoding.UTF8, contentType) };
        answer.Headers.Add("x-amzn-requestid", "11111111-2222-3333-4444-555555555555");
        if (errorType is not null)
        {
            answer.Headers.Add("x-amzn-errortype", errorType);
        }

        return answer;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _requests);
        int now = Interlocked.Increment(ref _atOnce);
        InterlockedMax(ref _mostAtOnce, now);
        try
        {
            return await answer(request, cancellationToken) ?? await base.SendAsync(request, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _atOnce);
        }
    }

    private static void InterlockedMax(ref int place, int value)
    {
        int seen = place;
        while (value > seen && Interlocked.CompareExchange(ref place, value, seen) is int current && current != seen)
        {
            seen = current;
        }
    }
}
