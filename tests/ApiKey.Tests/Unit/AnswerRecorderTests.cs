using System.Net;
using System.Text;
using ApiKey.Live;

namespace ApiKey.Tests.Unit;

/// <summary>What the live suite records says nothing of the account that it ran on.</summary>
[Trait(Category.Name, Category.Unit)]
public sealed class AnswerRecorderTests : IDisposable
{
    private const string Account = "123456789012";
    private const string Value = "kL9mN2pQ4rS6tU8vW0xY1zA3bC5dE7fG9hJ2kM4n";
    private const string OtherValue = "zz9mN2pQ4rS6tU8vW0xY1zA3bC5dE7fG9hJ2kM4n";
    private const string RequestId = "0b7e2c1d-5a5f-4f0e-9c39-27d7c2f0a111";

    private static readonly string[] Secrets = [Account, "998877665544", Value, OtherValue, RequestId, "AKIA2E0A8F3B244C9986", "jane.doe",
        "Administrators", "SignatureOfAll", "TokenOfAll", "internal.example", "eu-central-1", "YXBpS2V5PVNrTDltTjI"];

    private readonly string _file = Path.GetTempFileName();

    [Fact]
    public async Task NeitherValuesNorTheAccountNorWhoCalledAreInIt()
    {
        string text = await Record(
            ("POST", "/apikeys", $$"""{"name":"a","value":"{{Value}}"}""", HttpStatusCode.Created,
                $$"""{"id":"abcdefghij","name":"a","value":"{{Value}}","createdDate":1,"lastUpdatedDate":1}"""),
            ("POST", "/apikeys?mode=import&format=csv", $"Name,Key\nb,{OtherValue}\n", HttpStatusCode.Created,
                """{"ids":["klmnopqrst"]}"""),
            ("GET", "/apikeys?includeValues=true&limit=1", "", HttpStatusCode.OK,
                $$"""{"item":[{"id":"abcdefghij","value":"{{Value}}"}],"position":"YXBpS2V5PVNrTDltTjI%3D"}"""),
            ("GET", "/apikeys?position=YXBpS2V5PVNrTDltTjI%253D", "", HttpStatusCode.OK, """{"item":[]}"""),
            ("PUT", "/tags/arn%3Aaws%3Aapigateway%3Aeu-central-1%3A%3A%2Fapikeys%2Fabcdefghij", """{"tags":{"a":"b"}}""",
                HttpStatusCode.NoContent, ""),
            ("DELETE", "/apikeys/abcdefghij", "", HttpStatusCode.Forbidden,
                $$"""{"Message":"User: arn:aws:sts::{{Account}}:assumed-role/Administrators/jane.doe@internal.example is not authorized """
                + """to perform: apigateway:DELETE on resource: arn:aws:apigateway:eu-central-1::/apikeys/abcdefghij"}"""),
            ("GET", "/apikeys/abcdefghij", "", HttpStatusCode.Forbidden,
                $$"""{"message":"{{RequestId}}: AKIA2E0A8F3B244C9986 of arn:aws:iam::998877665544:root"}"""));
        Assert.All(Secrets, secret => Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase));

        // What the replay needs is.
        Assert.Contains("User: arn:aws:iam::111111111111:user/recorder is not authorized to perform: apigateway:DELETE on resource: "
            + "arn:aws:apigateway:us-east-1::/apikeys/abcdefghij", text);
        Assert.Contains("\"value\":\"Vabcdefghij00000000", text);
        Assert.Equal(7, text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    public void Dispose() => File.Delete(_file);

    private async Task<string> Record(
        params (string Method, string Target, string Body, HttpStatusCode Status, string Answer)[] exchanges)
    {
        AnswerRecorder recorder = new();
        using Answers answers = new([.. exchanges.Select(one => (one.Status, one.Answer))]);
        using HttpClient client = new(recorder.Around(answers));
        foreach ((string method, string target, string body, _, _) in exchanges)
        {
            using HttpRequestMessage request = new(new HttpMethod(method), $"https://internal.example{target}");
            request.Headers.TryAddWithoutValidation("Authorization", "AWS4-HMAC-SHA256 Credential=AKIA2E0A8F3B244C9986, SignatureOfAll");
            request.Headers.TryAddWithoutValidation("X-Amz-Security-Token", "TokenOfAll");
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
            using HttpResponseMessage answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        }

        recorder.Save(_file);
        return await File.ReadAllTextAsync(_file, TestContext.Current.CancellationToken);
    }

    // Answers in turn.
    private sealed class Answers((HttpStatusCode Status, string Text)[] all) : HttpMessageHandler
    {
        private int _next;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            (HttpStatusCode status, string text) = all[_next++];
            HttpResponseMessage answer = new(status) { Content = new StringContent(text, Encoding.UTF8, "application/json") };
            answer.Headers.TryAddWithoutValidation("x-amzn-requestid", RequestId);
            return Task.FromResult(answer);
        }
    }
}
