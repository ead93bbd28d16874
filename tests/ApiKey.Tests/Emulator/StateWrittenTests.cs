using System.Net;
using ApiKey.Emulator;
using ApiKey.Emulator.Store;

namespace ApiKey.Tests.Emulator;

/// <summary>Whatever changes an emulator is in its state file when it ends, and nothing after that.</summary>
[Trait(Category.Name, Category.Unit)]
public sealed class StateWrittenTests : IDisposable
{
    private const string Region = "us-east-1";
    private const string Value = "abcdefghij0123456789";

    private static readonly DateOnly Today = DateOnly.FromDateTime(DateTime.UtcNow);

    private readonly string _folder = Directory.CreateTempSubdirectory("apikey").FullName;
    private string _plan = "";

    private string State => Path.Combine(_folder, "state.json");

    [Theory]
    [InlineData("a key put in", "GET", "/apikeys/k2", 200)]
    [InlineData("a stage put in", "GET", "/restapis/api1/stages/test", 200)]
    [InlineData("usage put in", "usage", "[[7,3]]", 200)]
    [InlineData("a key made", "GET", "/apikeys?name=made", 1)]
    [InlineData("a key changed", "GET", "/apikeys?name=changed", 1)]
    [InlineData("a key deleted", "GET", "/apikeys/k1", 404)]
    [InlineData("a call of a stage", "usage", "[[1,9]]", 200)]
    public async Task AChangeIsThereAgain(string change, string how, string what, int expected)
    {
        using (ApiGatewayEmulator emulator = new(statePath: State))
        using (EmulatorClient client = EmulatorClient.InProcess(emulator))
        {
            await Prepare(emulator, client);
            Assert.True(emulator.SaveState());
            switch (change)
            {
                case "a key put in":
                    emulator.Seed(new SeedKey { Region = Region, Id = "k2" });
                    break;
                case "a stage put in":
                    emulator.SeedStage(Region, "api1", "test");
                    break;
                case "usage put in":
                    emulator.SeedUsage(Region, _plan, "k1", Today, 7);
                    break;
                case "a key made":
                    await client.Create("""{"name":"made"}""");
                    break;
                case "a key changed":
                    await client.Send("PATCH", "/apikeys/k1",
                        """{"patchOperations":[{"op":"replace","path":"/name","value":"changed"}]}""");
                    break;
                case "a key deleted":
                    await client.Send("DELETE", "/apikeys/k1");
                    break;
                default:
                    Assert.Equal(200, emulator.Invoke("api1", "prod", key: Value).Status);
                    break;
            }
        }

        using ApiGatewayEmulator again = new(statePath: State);
        using EmulatorClient reader = EmulatorClient.InProcess(again);
        if (how == "usage")
        {
            Answer usage = await reader.Send("GET", $"/usageplans/{_plan}/usage?startDate={Today:yyyy-MM-dd}&endDate={Today:yyyy-MM-dd}");
            Assert.Equal(what, usage.Body.GetProperty("values").GetProperty("k1").GetRawText());
            return;
        }

        Answer answer = await reader.Send(how, what);
        Assert.Equal(expected, answer.Body.TryGetProperty("item", out System.Text.Json.JsonElement items) ? items.GetArrayLength()
            : (int)answer.Status);
    }

    [Fact]
    public async Task AnEmulatorThatEndedWritesNoMore()
    {
        ApiGatewayEmulator first = new(statePath: State);
        using EmulatorClient client = EmulatorClient.InProcess(first);
        await Prepare(first, client);
        first.Dispose();
        byte[] state = await File.ReadAllBytesAsync(State, TestContext.Current.CancellationToken);
        using ApiGatewayEmulator second = new(statePath: State);
        Assert.Equal(HttpStatusCode.Created, (await client.Send("POST", "/apikeys", "{}")).Status);
        Assert.True(first.SaveState());
        first.Dispose();
        Assert.Equal(state, await File.ReadAllBytesAsync(State, TestContext.Current.CancellationToken));
        Assert.True(Assert.Throws<StateFileException>(() => new ApiGatewayEmulator(statePath: State)).IsInUse);
    }

    [Fact]
    public async Task NothingIsWrittenWhenNothingChanged()
    {
        using ApiGatewayEmulator emulator = new(statePath: State);
        using EmulatorClient client = EmulatorClient.InProcess(emulator);
        Assert.True(emulator.SaveState());
        Assert.False(File.Exists(State));
        await client.Send("GET", "/apikeys");
        Assert.True(emulator.SaveState());
        Assert.False(File.Exists(State));
        await Prepare(emulator, client);
        Assert.True(emulator.SaveState());
        Assert.True(File.Exists(State));
        File.Delete(State);
        Assert.True(emulator.SaveState());
        Assert.False(File.Exists(State));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task Prepare(ApiGatewayEmulator emulator, EmulatorClient client)
    {
        emulator.SeedStage(Region, "api1", "prod");
        emulator.Seed(new SeedKey { Region = Region, Id = "k1", Name = "k", Value = Value });
        _plan = (await client.Send("POST", "/usageplans",
            """{"name":"p","apiStages":[{"apiId":"api1","stage":"prod"}],"quota":{"limit":10,"period":"DAY"}}""")).Body.GetProperty("id")
            .GetString()!;
        Assert.Equal(HttpStatusCode.Created, (await client.Send("POST", $"/usageplans/{_plan}/keys",
            """{"keyId":"k1","keyType":"API_KEY"}""")).Status);
    }
}
