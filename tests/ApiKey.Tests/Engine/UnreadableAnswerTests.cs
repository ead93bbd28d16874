using System.Net;
using ApiKey.Service;

namespace ApiKey.Tests.Engine;

/// <summary>An answer that is not API Gateway's: its status says whose fault it is, and whether something may have been made.</summary>
public sealed class UnreadableAnswerTests
{
    [Theory]
    [InlineData(200, "UnexpectedAnswer", true)]
    [InlineData(299, "UnexpectedAnswer", true)]
    [InlineData(400, "UnexpectedAnswer", false)]
    [InlineData(499, "UnexpectedAnswer", false)]
    [InlineData(500, "ServiceFailure", true)]
    [InlineData(599, "ServiceFailure", true)]
    public void ItsStatusTellsWhatItMeans(int status, string errorId, bool isLookedFor)
    {
        int looks = 0;
        using ModuleSession session = new(inner => new StubHandler(inner, (request, _) =>
        {
            looks += request.Method == HttpMethod.Get ? 1 : 0;
            return Task.FromResult(request.Method == HttpMethod.Get ? null
                : StubHandler.Answer((HttpStatusCode)status, "<html>later</html>", null, "text/html"));
        }), new ApiGatewayConnection { Region = "eu-central-1", MaxAttempts = 1 });
        Assert.Equal(errorId, session.Run("New-ApiGatewayApiKey k").ErrorId);
        Assert.Equal(isLookedFor, looks > 0);
    }
}
