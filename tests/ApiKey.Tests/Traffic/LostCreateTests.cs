using System.Net;
using ApiKey.Emulator;
using ApiKey.Emulator.Faults;
using ApiKey.Service;
using ApiKey.Tests.Engine;

namespace ApiKey.Tests.Traffic;

/// <summary>What a create whose answer was lost says of what there is.</summary>
public class LostCreateTests
{
    [Theory]
    [InlineData("", "The answer was lost")]
    [InlineData("<html>", "The answer does not say what was made")]
    public void TheReasonIsTheAnswersOwn(string page, string reason)
    {
        using ModuleSession session = new(
            inner => new StubHandler(inner, async (request, cancellation) =>
            {
                await Task.Yield();
                return request.Method == HttpMethod.Post
                    ? page.Length == 0
                        ? StubHandler.Answer(HttpStatusCode.InternalServerError, """{"message":"oops"}""", "InternalFailure")
                        : StubHandler.Answer(HttpStatusCode.Created, page)
                    : StubHandler.Answer(HttpStatusCode.Forbidden, """{"message":"no"}""", "AccessDeniedException");
            }),
            new ApiGatewayConnection { Region = "eu-central-1", MaxAttempts = 1 });
        Outcome outcome = session.Run("New-ApiGatewayApiKey a");
        Assert.Equal("OutcomeUnknown", outcome.ErrorId);
        Assert.StartsWith(reason, outcome.Error.Exception.Message);
    }

    [Fact]
    public void ANewKeyThatHoldsAnotherValueIsNotACandidate()
    {
        using ModuleSession session = new(
            settings: new ApiGatewayConnection { Region = "eu-central-1", Clock = new SkippingClock() },
            emulator: new ApiGatewayEmulator(
                faults: [new EmulatorFault { Kind = EmulatorFaultKind.InternalError, Operation = "CreateApiKey" }]));
        session.Emulator.Seed(new SeedKey { Region = "eu-central-1", Name = "a" });
        Outcome outcome = session.Run("New-ApiGatewayApiKey a");
        Assert.Equal("ServiceFailure", outcome.ErrorId);
        Assert.Contains("No key was made", outcome.Error.ToString());
    }
}
