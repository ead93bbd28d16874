using System.Text.Json;
using ApiKey.Emulator;
using ApiKey.Tests.Engine;
using ApiKey.Tests.Shell;

namespace ApiKey.Tests.Emulator;

/// <summary>The state file: complete, private, and never spoiled.</summary>
public sealed class StateTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("apikey-state-").FullName;

    private string StatePath => Path.Combine(_folder, "state.json");

    [Fact]
    public async Task WhatWasThereIsThereAgain()
    {
        string before;
        using (ApiGatewayEmulator emulator = new(statePath: StatePath))
        using (EmulatorClient client = EmulatorClient.InProcess(emulator))
        {
            for (int number = 0; number < 30; number++)
            {
                await client.Create($$"""{"name":"k{{number}}","description":"ü","customerId":"c","enabled":true,"tags":"""
                    + $$"""{"a":"{{number}}"},"stageKeys":[{"restApiId":"r","stageName":"s"}]}""");
            }

            string key = (await client.Create("{}")).GetProperty("id").GetString()!;
            string plan = (await client.Send("POST", "/usageplans",
                """{"name":"p","quota":{"limit":9,"period":"DAY"},"throttle":{"rateLimit":1.5},"apiStages":["""
                    + """{"apiId":"a","stage":"s","throttle":{"/x/GET":{"rateLimit":1}}}],"tags":"""
                    + """{"t":""}}""")).Body.GetProperty("id").GetString()!;
            emulator.Seed(new SeedKey { Region = "us-east-1", Name = "seeded" });
            await client.Send("POST", $"/usageplans/{plan}/keys", $$"""{"keyId":"{{key}}","keyType":"API_KEY"}""");
            emulator.SeedUsage("us-east-1", plan, key, new DateOnly(2026, 1, 1), 4);
            await client.Send("PATCH", $"/usageplans/{plan}/keys/{key}/usage",
                """{"patchOperations":[{"op":"replace","path":"/remaining","value":"7"}]}""");
            before = await Everything(client, plan);
        }

        using ApiGatewayEmulator again = new(statePath: StatePath);
        using EmulatorClient clientAgain = EmulatorClient.InProcess(again);
        string planAgain = (await clientAgain.Send("GET", "/usageplans")).Body.GetProperty("item")[0].GetProperty("id").GetString()!;
        Assert.Equal(before, await Everything(clientAgain, planAgain));
        await clientAgain.Create("""{"name":"newest"}""");
        Assert.Equal("newest", (await clientAgain.Send("GET", "/apikeys")).Body.GetProperty("item")[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task OnlyTheOwnerMayReadIt()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows files have access lists instead; the file takes its folder's.");
        using (ApiGatewayEmulator emulator = new(statePath: StatePath))
        using (EmulatorClient client = EmulatorClient.InProcess(emulator))
        {
            await client.Create("{}");
        }

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(StatePath));
        }

        Assert.Equal([StatePath], Directory.GetFiles(_folder));
    }

    [Theory]
    [InlineData("", "is damaged")]
    [InlineData("{", "is damaged")]
    [InlineData("[]", "is damaged")]
    [InlineData("""{"version":1}""", "is damaged")]
    [InlineData("""{"version":1,"regions":{"us-east-1":{"keys":[{"id":"a"}],"plans":[]}}}""", "is damaged")]
    [InlineData("""{"version":2,"regions":{}}""", "has version 2")]
    public void ADamagedOrNewerFileIsRefusedAndLeftAsItIs(string content, string says)
    {
        File.WriteAllText(StatePath, content);
        using ModuleSession session = new();
        Outcome outcome = session.Run("Start-ApiGatewayEmulator -StatePath $args[0]", StatePath);
        Assert.Equal("InvalidStateFile", outcome.ErrorId);
        Assert.Contains(says, outcome.Error.ToString());
        Assert.Equal(content, File.ReadAllText(StatePath));
    }

    [Trait(Category.Name, Category.Foreign)]
    [Fact]
    public async Task AKilledProcessLeavesACompleteState()
    {
        using System.Diagnostics.Process process =
            ConsoleRun.Start(["-Command",
                $"$e = Start-ApiGatewayEmulator -StatePath '{StatePath}'; \"$($e.Uri)\"; Connect-ApiGateway us-east-1 -EndpointUrl $e.Uri "
                + $"-AccessKey a -SecretKey b; while ($true) {{ 1..200 | ForEach-Object {{ \"k$_\" }} | New-ApiGatewayApiKey | "
                + $"ForEach-Object {{ }}; 'round' }}"]);
        for (int line = 0; line < 8 || !File.Exists(StatePath); line++)
        {
            Assert.NotNull(await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        }

        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        using JsonDocument state = JsonDocument.Parse(await File.ReadAllBytesAsync(StatePath, TestContext.Current.CancellationToken));
        Assert.True(state.RootElement.GetProperty("regions").GetProperty("us-east-1").GetProperty("keys").GetArrayLength() > 0);
        using ApiGatewayEmulator emulator = new(statePath: StatePath);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task<string> Everything(EmulatorClient client, string plan) => string.Join(
        '\n',
        (await client.Send("GET", "/apikeys?limit=500&includeValues=true")).Body.GetRawText(),
        (await client.Send("GET", $"/usageplans/{plan}")).Body.GetRawText(),
        (await client.Send("GET", $"/usageplans/{plan}/keys")).Body.GetRawText(),
        (await client.Send("GET", $"/usageplans/{plan}/usage?startDate=2026-01-01&endDate=2026-01-02")).Body.GetRawText());
}
