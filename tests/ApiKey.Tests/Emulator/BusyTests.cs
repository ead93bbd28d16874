using ApiKey.Emulator;
using ApiKey.Emulator.Store;
using ApiKey.Tests.Engine;

namespace ApiKey.Tests.Emulator;

/// <summary>AWS changes one plan's keys at a time in a region, and says to another one that it may try again later.</summary>
public class BusyTests
{
    private const string Text = "Unable to complete operation due to concurrent modification. Please try again later.";

    [Fact]
    public async Task PlanKeyChangesThatOverlapAreRefusedUnderQuotas()
    {
        ApiGatewayEmulator emulator = new(
            quotas: new EmulatorQuotas { CallsPerSecond = 10_000, CallBurst = 10_000, PlanKeyChange = TimeSpan.FromMilliseconds(400) });
        using EmulatorClient client = EmulatorClient.InProcess(emulator);
        (string plan, string[] keys) = await Prepare(client, emulator);
        Task<Answer> first = Join(client, plan, keys[0]);
        while (emulator.CountOf("CreateUsagePlanKey") == 0)
        {
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        // All at once: on a busy machine a change is soon over.
        Task<Answer>[] others =
        [
            Join(client, plan, keys[1]),
            client.Send("DELETE", $"/usageplans/{plan}/keys/{keys[2]}"),
            client.Send("POST", "/apikeys?mode=import&format=csv", $"Name,Key,UsagePlanIds\na,{new string('v', 20)},{plan}"),
        ];
        Answer elsewhere = await client.Send("POST", "/apikeys?mode=import&format=csv", $"Name,Key\nb,{new string('w', 20)}");
        Assert.Equal(201, (int)(await first).Status);
        foreach (Answer answer in await Task.WhenAll(others))
        {
            Assert.Equal((409, "ConflictException", Text), ((int)answer.Status, answer.ErrorType, answer.Message));
        }

        Assert.Equal(201, (int)elsewhere.Status);
        Assert.Equal(201, (int)(await Join(client, plan, keys[1])).Status);
        Assert.Equal(202, (int)(await client.Send("DELETE", $"/usageplans/{plan}/keys/{keys[2]}")).Status);
    }

    [Fact]
    public async Task OneAfterTheOtherTheyAreNotRefused()
    {
        ApiGatewayEmulator emulator =
            new(quotas: new EmulatorQuotas { CallsPerSecond = 10_000, CallBurst = 10_000, PlanKeyChange = TimeSpan.FromMilliseconds(30) });
        using EmulatorClient client = EmulatorClient.InProcess(emulator);
        (string plan, string[] keys) = await Prepare(client, emulator);
        for (int round = 0; round < 20; round++)
        {
            Assert.Equal(201, (int)(await Join(client, plan, keys[0])).Status);
            Assert.Equal(202, (int)(await client.Send("DELETE", $"/usageplans/{plan}/keys/{keys[0]}")).Status);
        }
    }

    [Fact]
    public async Task WithoutQuotasTheyAllPass()
    {
        ApiGatewayEmulator emulator = new();
        using EmulatorClient client = EmulatorClient.InProcess(emulator);
        (string plan, string[] keys) = await Prepare(client, emulator);
        Assert.All(await Task.WhenAll(keys[..2].Select(key => Join(client, plan, key))), answer => Assert.Equal(201, (int)answer.Status));
    }

    [Fact]
    public void AUserRehearsesABusyRegion()
    {
        using ModuleSession session = new();
        session.Unconnected().Good(
            "Connect-ApiGateway -Emulator -MaxAttempts 1 -Fault @{ Kind = 'Busy'; Operation = 'CreateUsagePlanKey'; Times = 1 }");
        Outcome outcome = session.Run(
            "$plan = New-ApiGatewayUsagePlan p; $key = New-ApiGatewayApiKey k; Add-ApiGatewayUsagePlanKey $plan $key; "
            + "Add-ApiGatewayUsagePlanKey $plan $key");
        Assert.Contains("try again later", outcome.Error.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<(string Plan, string[] Keys)> Prepare(EmulatorClient client, ApiGatewayEmulator emulator)
    {
        string plan = (await client.Send("POST", "/usageplans", """{"name":"p"}""")).Body.GetProperty("id").GetString()!;
        string[] keys = [.. Enumerable.Range(0, 3).Select(_ => emulator.Seed(new SeedKey { Region = "us-east-1" }))];
        Assert.Equal(201, (int)(await Join(client, plan, keys[2])).Status);
        return (plan, keys);
    }

    private static Task<Answer> Join(EmulatorClient client, string plan, string key)
        => client.Send("POST", $"/usageplans/{plan}/keys", $$"""{"keyId":"{{key}}","keyType":"API_KEY"}""");
}
