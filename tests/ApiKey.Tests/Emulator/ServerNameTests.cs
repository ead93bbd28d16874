using ApiKey.Emulator;

namespace ApiKey.Tests.Emulator;

/// <summary>The HTTP address by its names.</summary>
public class ServerNameTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    public async Task ItAnswersByItsNumberAndAsLocalhost(string host)
    {
        using ApiGatewayEmulator emulator = new();
        using EmulatorServer server = new(emulator);
        using HttpClient client = new();
        using HttpResponseMessage answer = await client.GetAsync(new UriBuilder(server.Uri) { Host = host, Path = "/apikeys" }.Uri,
            TestContext.Current.CancellationToken);

        // It is the emulator that refuses what is not signed, not the listener that does not know the name.
        Assert.Contains("Authentication Token", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
