using System.Diagnostics.CodeAnalysis;
using System.Net;
using Amazon.Runtime;
using ApiKey.Service;

namespace ApiKey.Aws;

/// <summary>
/// The HTTP below the SDK. What is sent goes to the endpoint and nowhere else: no redirect is followed, no cookie is kept.
/// What comes back is read whole before the SDK sees it, up to a limit, so a server cannot keep a thread or fill the memory.
/// </summary>
[SuppressMessage("Design", "CA1001",
    Justification = "The client has nothing of its own to release: it leaves the handlers below it alone.")]
internal sealed class GuardedHttp : HttpClientFactory
{
    // One for all clients of the process, so that connections are kept when a changed environment leads to a new client.
    private static readonly SocketsHttpHandler Network = new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };

    private readonly HttpClient _client;

    /// <summary>HTTP over the network, or over what carries requests instead, with what a connection puts around it.</summary>
    public GuardedHttp(HttpMessageHandler? transport, Func<HttpMessageHandler, HttpMessageHandler>? around)
    {
        HttpMessageHandler carrier = transport ?? Network;

        // The runner above times each try, the body included.
        _client = new HttpClient(new AnswerGuard(around?.Invoke(carrier) ?? carrier), disposeHandler: false)
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <inheritdoc/>
    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => _client;

    /// <inheritdoc/>
    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    /// <inheritdoc/>
    public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;

    private sealed class AnswerGuard(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        // The largest answer there can be is a page of 500 keys with every attribute and tag at its limit: about 12 MB.
        private const int LongestBody = 32 * 1024 * 1024;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            HttpResponseMessage answer = await base.SendAsync(request, cancellationToken);
            try
            {
                if ((int)answer.StatusCode is >= 300 and < 400)
                {
                    throw Redirected(answer);
                }

                if (answer.Content.Headers.ContentLength > LongestBody)
                {
                    throw TooLong(answer);
                }

                // Bytes that are in memory already need no second copy.
                if (answer.Content is not (ByteArrayContent or ReadOnlyMemoryContent))
                {
                    await answer.Content.LoadIntoBufferAsync(LongestBody).WaitAsync(cancellationToken);
                }

                await HideTokenAsync(request, answer);
                return answer;
            }
            catch (HttpRequestException failure) when (failure.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
            {
                answer.Dispose();
                throw TooLong(answer);
            }
            catch
            {
                // Closes the connection too, which ends a read that is still under way.
                answer.Dispose();
                throw;
            }
        }

        // A refusal's text is shown, and a server may repeat in it what it was sent. The other secrets are the calls' care.
        private static async Task HideTokenAsync(HttpRequestMessage request, HttpResponseMessage answer)
        {
            if ((int)answer.StatusCode >= 400 && request.Headers.TryGetValues("X-Amz-Security-Token", out IEnumerable<string>? tokens))
            {
                string body = await answer.Content.ReadAsStringAsync();
                string shown = tokens.Aggregate(body, (text, token) => text.Replace(token, Secrets.Hidden, StringComparison.Ordinal));
                if (shown.Length != body.Length)
                {
                    answer.Content = new StringContent(shown);
                }
            }
        }

        // Only where to: path and query may repeat what was asked, and a paging position holds a key's value.
        private static ApiGatewayException Redirected(HttpResponseMessage answer)
        {
            string place = answer.Headers.Location is not { } location ? "and names no place"
                : location.IsAbsoluteUri ? $"to {location.Scheme}://{location.IdnHost}{(location.IsDefaultPort ? "" : $":{location.Port}")}"
                : "to another path of its own";
            return new ApiGatewayException(
                ApiGatewayErrorKind.UnexpectedAnswer,
                $"The endpoint redirects {place}. Redirects are not followed, because keys and credentials must reach the endpoint alone.")
            {
                StatusCode = (int)answer.StatusCode,
            };
        }

        private static ApiGatewayException TooLong(HttpResponseMessage answer) => new(
            ApiGatewayErrorKind.UnexpectedAnswer,
            "The answer is longer than 32 MB. API Gateway never sends that much, so it was not read.")
        {
            StatusCode = (int)answer.StatusCode,
            MayHaveHappened = answer.IsSuccessStatusCode || (int)answer.StatusCode >= 500,
        };
    }
}
