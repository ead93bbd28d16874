using ApiKey.Emulator;
using ApiKey.Emulator.Store;
using ApiKey.Tests.Engine;
using ApiKey.Tests.Traffic;

namespace ApiKey.Tests.Emulator;

/// <summary>AWS changes one plan's keys at a time in a region, and says to another one that it may try again later.</summary>
public class BusyTests
{
    private const string Text = "Unable to complete operation due to concurrent modification. Please try again later.";

    private static readonly EmulatorQuotas Quotas =
        new() { CallsPerSecond = 10_000, CallBurst = 10_000, PlanKeyChange = TimeSpan.FromMilliseconds(400) };

    [Fact]
    public async Task PlanKeyChangesThatOverlapAreRefusedUnderQuotas()
    {
        NextTimerClock clock = new();
        ApiGatewayEmulator emulator = new(clock, Quotas);
        using EmulatorClient client = EmulatorClient.InProcess(emulator);
        string plan = await NewPlan(client);
        string[] keys = NewKeys(emulator);
        Assert.Equal(201, await WhenItsTimeHasPassed(Join(client, plan, keys[2]), clock));
        Task<Answer> first = Join(client, plan, keys[0]);
        await clock.BeginsToWait();
        Answer[] others =
        [
            await Join(client, plan, keys[1]),
            await client.Send("DELETE", $"/usageplans/{plan}/keys/{keys[2]}"),
            await client.Send("POST", "/apikeys?mode=import&format=csv", $"Name,Key,UsagePlanIds\na,{new string('v', 20)},{plan}"),
        ];
        Assert.All(others, answer =>
            Assert.Equal((409, "ConflictException", Text), ((int)answer.Status, answer.ErrorType, answer.Message)));
        Answer elsewhere = await client.Send("POST", "/apikeys?mode=import&format=csv", $"Name,Key\nb,{new string('w', 20)}");
        Assert.Equal(201, (int)elsewhere.Status);
        Assert.False(first.IsCompleted);
        clock.Advance(Quotas.PlanKeyChange);
        Assert.Equal(201, (int)(await first).Status);
        Assert.Equal(201, await WhenItsTimeHasPassed(Join(client, plan, keys[1]), clock));
        Assert.Equal(202, await WhenItsTimeHasPassed(client.Send("DELETE", $"/usageplans/{plan}/keys/{keys[2]}"), clock));
    }

    // Real time, which is what this is about: a timer may ring before the clock says so, never a client before its answer.
    [Fact]
    public async Task OneAfterTheOtherTheyAreNotRefused()
    {
        ApiGatewayEmulator emulator = new(quotas: Quotas with { PlanKeyChange = TimeSpan.FromMilliseconds(30) });
        using EmulatorClient client = EmulatorClient.InProcess(emulator);
        string plan = await NewPlan(client);
        string[] keys = NewKeys(emulator);
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
        string plan = await NewPlan(client);
        string[] keys = NewKeys(emulator);
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

    private static async Task<string> NewPlan(EmulatorClient client) =>
        (await client.Send("POST", "/usageplans", """{"name":"p"}""")).Body.GetProperty("id").GetString()!;

    private static string[] NewKeys(ApiGatewayEmulator emulator) =>
        [.. Enumerable.Range(0, 3).Select(_ => emulator.Seed(new SeedKey { Region = "us-east-1" }))];

    private static async Task<int> WhenItsTimeHasPassed(Task<Answer> change, NextTimerClock clock)
    {
        await clock.BeginsToWait();
        clock.Advance(Quotas.PlanKeyChange);
        return (int)(await change).Status;
    }

    private static Task<Answer> Join(EmulatorClient client, string plan, string key)
        => client.Send("POST", $"/usageplans/{plan}/keys", $$"""{"keyId":"{{key}}","keyType":"API_KEY"}""");
}
