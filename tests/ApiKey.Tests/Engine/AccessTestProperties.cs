using System.Globalization;
using ApiKey.Emulator;
using ApiKey.Model;
using ApiKey.Service;
using ApiKey.Tests.Emulator;
using Microsoft.Extensions.Time.Testing;

namespace ApiKey.Tests.Engine;

/// <summary>Test-ApiGatewayApiKey answers as the emulator's stages do, whatever state a key, its plans and the API are in.</summary>
public sealed class AccessTestProperties : IDisposable
{
    private const string Region = "eu-central-1";

    private static readonly string[] Paths = ["/orders", "/orders/17", "/open", "/files/a/b", "/nowhere"];
    private static readonly string[] Verbs = ["GET", "POST"];

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 9, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly ApiGatewayEmulator _emulator;
    private readonly EmulatorClient _client;
    private readonly ModuleSession _session;

    public AccessTestProperties()
    {
        _emulator = new ApiGatewayEmulator(_clock);
        _client = EmulatorClient.InProcess(_emulator, Region);
        _session = new ModuleSession(settings: new ApiGatewayConnection { Region = Region, Clock = _clock }, emulator: _emulator);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task TheVerdictIsTheStagesAnswer(int seed)
    {
        Random random = new(seed);
        HashSet<ApiKeyCheckKind> causes = [];
        for (int round = 0; round < 12; round++)
        {
            (string api, ApiKeyInfo key) = await MakeState(random, round);
            for (int question = 0; question < 5; question++)
            {
                string stage = random.Next(8) == 0 ? "gone" : random.Next(2) == 0 ? "prod" : "other";
                (string path, string verb) = (Paths[random.Next(Paths.Length)], Verbs[random.Next(Verbs.Length)]);
                ApiKeyTestInfo told = _session.One<ApiKeyTestInfo>(
                    "Test-ApiGatewayApiKey $args[0] -ApiId $args[1] -Stage $args[2] -Method $args[3] -Path $args[4]", key.Id, api, stage,
                    verb, path);
                int status = _emulator.Invoke(api, stage, path, key.Value, verb).Status;
                Assert.True(told.IsAllowed == status is not (403 or 429),
                    $"{verb} {path} at {stage}: {status}, told {told.Answer}\n{string.Join('\n', told.Checks)}");
                causes.UnionWith(told.Checks.Where(check => check.Result == ApiKeyCheckResult.Failed).Select(check => check.Name));
                Assert.All(told.Checks.Where(check => check.Result == ApiKeyCheckResult.Failed), check => Assert.NotNull(check.Remedy));
            }
        }

        // Otherwise the states are not random enough to say anything.
        Assert.True(causes.Count >= 6, string.Join(", ", causes));
    }

    public void Dispose()
    {
        _session.Dispose();
        _client.Dispose();
    }

    private async Task<(string Api, ApiKeyInfo Key)> MakeState(Random random, int round)
    {
        string api = await MakeApi(random);
        bool enabled = random.Next(6) > 0;
        ApiKeyInfo key = _session.One<ApiKeyInfo>("New-ApiGatewayApiKey $args[0] -Enabled $args[1]", $"k{round}", enabled);
        string rate = random.Next(6) switch { 0 => "-RateLimit 0 -BurstLimit 9", 1 => "-RateLimit 9 -BurstLimit 0", _ => "" };
        string quota = random.Next(3) > 0 ? "" : $"-QuotaLimit {random.Next(1, 3)} -QuotaPeriod Day";
        string stages = random.Next(4) switch { 0 => $"{api}:other", 1 => $"{api}:prod, {api}:other", _ => $"{api}:prod" };
        UsagePlanInfo plan = _session.One<UsagePlanInfo>($"New-ApiGatewayUsagePlan p {rate} {quota} -ApiStage {stages}");
        if (random.Next(6) > 0)
        {
            _session.Good("Add-ApiGatewayUsagePlanKey $args[0] $args[1]", plan.Id, key.Id);
        }

        _clock.Advance(TimeSpan.FromMinutes(2));
        return (api, key);
    }

    private async Task<string> MakeApi(Random random)
    {
        Answer made = await Good("POST", "/restapis", """{"name":"api"}""");
        string api = made.Body.GetProperty("id").GetString()!;
        string root = made.Body.GetProperty("rootResourceId").GetString()!;
        string orders = await MakeMethod(api, root, "orders", "GET", random.Next(5) > 0);
        await MakeMethod(api, orders, "{id}", "ANY", random.Next(5) > 0);
        await MakeMethod(api, root, "open", "GET", needsKey: false);
        Answer files = await Good("POST", $"/restapis/{api}/resources/{root}", """{"pathPart":"files"}""");
        await MakeMethod(api, files.Body.GetProperty("id").GetString()!, "{rest+}", "GET", needsKey: true);
        string deployment = (await Good("POST", $"/restapis/{api}/deployments", """{"stageName":"prod"}""")).Body.GetProperty("id")
            .GetString()!;
        await Good("POST", $"/restapis/{api}/stages", $$"""{"stageName":"other","deploymentId":"{{deployment}}"}""");
        if (random.Next(3) == 0)
        {
            // The stages do not know of it.
            await Good("PATCH", $"/restapis/{api}/resources/{orders}/methods/GET",
                """{"patchOperations":[{"op":"replace","path":"/apiKeyRequired","value":"false"}]}""");
        }

        if (random.Next(5) == 0)
        {
            await Good("PATCH", $"/restapis/{api}",
                """{"patchOperations":[{"op":"replace","path":"/apiKeySource","value":"AUTHORIZER"}]}""");
        }

        return api;
    }

    private async Task<string> MakeMethod(string api, string parent, string part, string verb, bool needsKey)
    {
        string resource = (await Good("POST", $"/restapis/{api}/resources/{parent}", $$"""{"pathPart":"{{part}}"}""")).Body
            .GetProperty("id").GetString()!;
        string method = $"/restapis/{api}/resources/{resource}/methods/{verb}";
        string needs = needsKey.ToString(CultureInfo.InvariantCulture).ToLowerInvariant();
        await Good("PUT", method, $$"""{"authorizationType":"NONE","apiKeyRequired":{{needs}}}""");
        await Good("PUT", $"{method}/integration", """{"type":"AWS_PROXY"}""");
        return resource;
    }

    private async Task<Answer> Good(string method, string target, string body)
    {
        Answer answer = await _client.Send(method, target, body);
        Assert.InRange((int)answer.Status, 200, 299);
        return answer;
    }
}
