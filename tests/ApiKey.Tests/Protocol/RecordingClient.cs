using System.Net;
using System.Text;
using Amazon.APIGateway;
using Amazon.Runtime;

namespace ApiKey.Tests.Protocol;

/// <summary>A service client whose requests are kept and answered with one answer.</summary>
internal sealed class RecordingClient : IDisposable
{
    private readonly Recorder _recorder;

    public RecordingClient(string body, HttpStatusCode status = HttpStatusCode.OK, string? errorType = null, string? retryAfter = null)
    {
        _recorder = new Recorder(body, status, errorType, retryAfter);
        Client = new AmazonAPIGatewayClient(
            new BasicAWSCredentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"),
            new AmazonAPIGatewayConfig
            {
                RegionEndpoint = Amazon.RegionEndpoint.USEast1,
                MaxErrorRetry = 0,
                HttpClientFactory = new Factory(_recorder)
            });
    }

    public AmazonAPIGatewayClient Client { get; }

    /// <summary>Path and query of the last request; null when there was none.</summary>
    public string? Target => _recorder.Request?.RequestUri!.PathAndQuery;

    public HttpRequestMessage Request => _recorder.Request!;

    public string Body => _recorder.SentBody;

    public void AssertSent(string method, string target, string body = "")
    {
        Assert.Equal((method, target, body), (Request.Method.Method, Target, Body));
        Assert.Equal("https://apigateway.us-east-1.amazonaws.com", Request.RequestUri!.GetLeftPart(UriPartial.Authority));
        Assert.Equal("application/json", Request.Headers.Accept.ToString());
        Assert.Contains("/us-east-1/apigateway/aws4_request", Request.Headers.NonValidated["Authorization"].ToString());
        if (body.StartsWith('{'))
        {
            Assert.Equal("application/json", Request.Content!.Headers.ContentType!.ToString());
        }
    }

    public void Dispose() => Client.Dispose();

    private sealed class Factory(Recorder recorder) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(recorder, disposeHandler: false);

        public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;
    }

    private sealed class Recorder(string body, HttpStatusCode status, string? errorType, string? retryAfter) : HttpMessageHandler
    {
        public HttpRequestMessage? Request { get; private set; }

        public string SentBody { get; private set; } = "";

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Request = request;
            SentBody = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
            HttpResponseMessage answer = new(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            answer.Headers.Add("x-amzn-requestid", "request-1");
            if (errorType is not null)
            {
                answer.Headers.TryAddWithoutValidation("x-amzn-errortype", errorType);
            }

            if (retryAfter is not null)
            {
                answer.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
            }

            return answer;
        }
    }
}
