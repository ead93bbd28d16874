using System.Net;
using ApiKey.Emulator;
using ApiKey.Service;

namespace ApiKey.Tests.Engine;

/// <summary>Answers at the edges of what they may be: as many days as were asked for, a refusal without a text, the first and the last
/// row of a file.</summary>
public sealed class AnswerEdgeTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("apikey-");

    private string KeyFile => Path.Combine(_folder.FullName, "keys.csv");

    [Theory]
    [InlineData(1, "[1,9]", true)]
    [InlineData(1, "[1,9],[2,8]", false)]
    [InlineData(2, "[1,9],[2,8]", true)]
    [InlineData(2, "[1,9],[2,8],[3,7]", false)]
    public void AnAnswerHasAtMostTheDaysThatWereAskedFor(int days, string usage, bool isGood)
    {
        using ModuleSession session = new(inner => new StubHandler(inner, (request, _) => Task.FromResult(
            request.RequestUri!.AbsolutePath.EndsWith("/usage", StringComparison.Ordinal)
                ? StubHandler.Answer(HttpStatusCode.OK, $$$"""{"values":{"k1":[{{{usage}}}]}}""") : null)));
        Outcome outcome = session.Run("""
            $plan = New-ApiGatewayUsagePlan p
            $first = [DateTime]::UtcNow.Date.AddDays(-9)
            Get-ApiGatewayApiKeyUsage -UsagePlanId $plan -StartDate $first -EndDate $first.AddDays($args[0] - 1)
            """, days);
        Assert.Equal(isGood ? days : 0, outcome.Output.Count);
        Assert.Equal(isGood ? null : "UnexpectedAnswer", isGood ? outcome.ErrorTexts.FirstOrDefault() : outcome.ErrorId);
        if (!isGood)
        {
            Assert.Contains("The answer has more days than were asked for.", outcome.Error.ToString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("SomethingException", "", "SomethingException")]
    [InlineData("E", "", "E")]
    [InlineData("E", " ", "E")]
    [InlineData(null, " ", "no reason was given")]
    [InlineData("E", "The String-to-Sign should have been", "E")]
    [InlineData("E", @"a\u001b[31mb\u0000c\r\u0085d", "a[31mbcd")]
    [InlineData("E", @"a\tb\nc", @"a\tb\nc")]
    public void ARefusalHasAText(string? code, string message, string text)
    {
        using ModuleSession session = new(StubHandler.Always(HttpStatusCode.BadRequest, $$"""{"message":"{{message}}"}""", code));
        ApiGatewayException refusal = Assert.IsType<ApiGatewayException>(session.Run("Get-ApiGatewayApiKey -Id k1").Error.Exception);
        Assert.Equal(text, refusal.Message);
    }

    [Theory]
    [InlineData(0, "lines 2 to 4")]
    [InlineData(1, "line 2")]
    [InlineData(3, "line 4")]
    [InlineData(4, "lines 2 to 4")]
    public void AWarningIsOfItsLineFromTheFirstToTheLast(int record, string where)
    {
        using ModuleSession session = new(inner => new StubHandler(inner, (request, _) => Task.FromResult(
            request.Method == HttpMethod.Post
                ? StubHandler.Answer(HttpStatusCode.BadRequest,
                    $$"""{"message":"Warnings found during import:\nSkipped invalid record: {{record}}. No."}""", "BadRequestException")
                : null)));
        File.WriteAllLines(KeyFile, ["Name,Key", .. Enumerable.Range(0, 3).Select(row => $"k{row},abcdefghij012345678{row}")]);
        string error = session.Run("Import-ApiGatewayApiKey -Path $args[0] -FailOnWarning", KeyFile).Error.ToString();
        Assert.Contains($" {where}: Skipped invalid record: {record}. No.", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void NobodyWaitsForQuotasOfAwsElsewhere(bool overHttp)
    {
        using EmulatorServer server = new(new ApiGatewayEmulator());
        using ModuleSession session = new();
        session.Unconnected().Good("Connect-ApiGateway eu-central-1 "
            + (overHttp ? "-EndpointUrl $args[0] -AccessKey a -SecretKey b" : "-Emulator"), server.Uri);
        Outcome outcome = session.Run("'a', 'b', 'c' | New-ApiGatewayApiKey -Verbose");
        Assert.Equal(3, outcome.Output.Count);
        Assert.Contains(outcome.Chatter, line => line.Contains(" 0.0 s waited", StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
