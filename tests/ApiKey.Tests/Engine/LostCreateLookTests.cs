using ApiKey.Emulator;
using ApiKey.Emulator.Faults;
using ApiKey.Model;

namespace ApiKey.Tests.Engine;

/// <summary>A key whose answer was lost is looked for among those of its name, not in the whole region.</summary>
public sealed class LostCreateLookTests
{
    [Fact]
    public void OnlyKeysOfTheNameAreRead()
    {
        List<string> looks = [];
        EmulatorFault lost = new() { Kind = EmulatorFaultKind.ResetAfter, Operation = "CreateApiKey", Times = 1 };
        using ModuleSession session = new(
            inner => new StubHandler(inner, (request, _) =>
            {
                if (request.Method == HttpMethod.Get)
                {
                    looks.Add(request.RequestUri!.Query);
                }

                return Task.FromResult<HttpResponseMessage?>(null);
            }),
            emulator: new ApiGatewayEmulator(faults: [lost]));
        Assert.Equal("acme", session.One<ApiKeyInfo>("New-ApiGatewayApiKey acme").Name);
        Assert.NotEmpty(looks);
        Assert.All(looks, query => Assert.Contains("name=acme", query, StringComparison.Ordinal));
    }
}
