using System.Net;
using System.Net.Http.Headers;

namespace ApiKey.Tests.Engine;

/// <summary>Answers that are not wanted: their connection is closed, and what they repeat of a file of keys is hidden.</summary>
public sealed class AnswerCareTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("apikey").FullName;

    [Theory]
    [InlineData(HttpStatusCode.OK, null, "longer than")]
    [InlineData(HttpStatusCode.OK, 400_000_000L, "longer than")]
    [InlineData(HttpStatusCode.Found, null, "redirects")]
    public void AnAnswerThatIsNotReadIsClosed(HttpStatusCode status, long? length, string says)
    {
        using EndlessStream body = new();
        using ModuleSession session = new(inner => new StubHandler(inner, (_, _) =>
        {
            HttpResponseMessage answer = new(status) { Content = new StreamContent(body) };
            answer.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            answer.Content.Headers.ContentLength = length;
            return Task.FromResult<HttpResponseMessage?>(answer);
        }));
        Outcome outcome = session.Run("Get-ApiGatewayApiKey k1");
        Assert.Contains(says, outcome.Error.ToString(), StringComparison.Ordinal);
        Assert.True(body.IsClosed);
    }

    [Theory]
    [InlineData("The value abcdefghij0123456789 is used.", "The value (hidden) is used.")]
    [InlineData("Row 2: 'abcdefghij0123456789'", "Row 2: '(hidden)'")]
    [InlineData("[abcdefghij0123456789,klmnopqrst0123456789]", "[(hidden),(hidden)]")]
    [InlineData("nothing of the file", "nothing of the file")]
    public void ARefusalOfAFileDoesNotRepeatItsValues(string message, string shown)
    {
        string file = Path.Combine(_folder, "keys.csv");
        File.WriteAllText(file, "Name,Key\r\na,abcdefghij0123456789\r\nb,klmnopqrst0123456789\r\n");
        using ModuleSession session = new(inner => new StubHandler(inner, (request, _) => Task.FromResult(
            request.RequestUri!.Query.Contains("mode=import", StringComparison.Ordinal)
                ? StubHandler.Answer(HttpStatusCode.BadRequest, $$"""{"message":"{{message}}"}""", "BadRequestException") : null)));
        string text = string.Join('\n', session.Run("Import-ApiGatewayApiKey -Path $args[0]", file).ErrorTexts);
        Assert.Contains(shown, text, StringComparison.Ordinal);
        Assert.DoesNotContain("0123456789", text, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private sealed class EndlessStream : Stream
    {
        public bool IsClosed { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            Array.Fill(buffer, (byte)' ', offset, count);
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            IsClosed = true;
            base.Dispose(disposing);
        }
    }
}
