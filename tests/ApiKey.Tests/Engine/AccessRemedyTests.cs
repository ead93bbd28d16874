using System.Text.RegularExpressions;
using ApiKey.Emulator;
using ApiKey.Emulator.Faults;
using ApiKey.Model;
using ApiKey.Service;
using ApiKey.Tests.Emulator;
using Microsoft.Extensions.Time.Testing;

namespace ApiKey.Tests.Engine;

/// <summary>What Test-ApiGatewayApiKey advises, run as it is typed, lets the key through; what it may not look at and what is too young to
/// tell leave the verdict open; and its calls are as few as its help says.</summary>
public sealed class AccessRemedyTests : IDisposable
{
    private const string Region = "eu-central-1";

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 9, 1, 12, 0, 0, TimeSpan.Zero));
    private ApiGatewayEmulator _emulator = null!;
    private EmulatorClient _client = null!;
    private ModuleSession _session = null!;
    private string _api = "";
    private ApiKeyInfo _key = null!;

    public AccessRemedyTests() => Open();

    [Theory]
    [InlineData("Set-ApiGatewayApiKey $key -Enabled $false", ApiKeyCheckKind.Enabled)]
    [InlineData("Remove-ApiGatewayUsagePlanKey $plan $key -Confirm:$false", ApiKeyCheckKind.UsagePlan)]
    [InlineData("Remove-ApiGatewayUsagePlan $plan -Confirm:$false", ApiKeyCheckKind.UsagePlan)]
    [InlineData("Set-ApiGatewayUsagePlan $plan -RemoveApiStage API:prod", ApiKeyCheckKind.Stage)]
    [InlineData("Set-ApiGatewayUsagePlan $plan -RateLimit 0 -BurstLimit 0", ApiKeyCheckKind.Throttle)]
    [InlineData("Set-ApiGatewayUsagePlan $plan -AddApiStage @{ ApiId = 'API'; Stage = 'prod'; Throttle = @{ "
        + "'/orders/GET' = @{ RateLimit = 0; BurstLimit = 0 } } }", ApiKeyCheckKind.Throttle)]
    [InlineData("Set-ApiGatewayUsagePlan $plan -QuotaLimit 5 -QuotaPeriod Day; Set-ApiGatewayApiKeyUsage $plan $key -Remaining 0",
        ApiKeyCheckKind.Quota)]
    public async Task TheRemedyAsTypedLetsTheKeyThrough(string fault, ApiKeyCheckKind cause)
    {
        await MakeAll();
        _session.Good(Regex.Replace(fault, @"\bAPI\b", _api));
        Settle();
        ApiKeyTestInfo told = Test();
        Assert.False(told.IsAllowed, told.Answer);
        Assert.Equal(cause, told.Checks.First(check => check.Result == ApiKeyCheckResult.Failed).Name);
        Assert.DoesNotContain('<', told.Remedy!);
        _session.Good(told.Remedy!);
        Settle();
        told = Test();
        Assert.True(told.IsAllowed, told.Answer + string.Join('\n', told.Checks));
        Assert.Null(told.Remedy);
    }

    [Theory]
    [InlineData("Set-ApiGatewayApiKey $key -Enabled $false")]
    [InlineData("Remove-ApiGatewayUsagePlanKey $plan $key -Confirm:$false")]
    [InlineData("Set-ApiGatewayUsagePlan $plan -RateLimit 0 -BurstLimit 0")]
    [InlineData("Set-ApiGatewayApiKey $key -Description x")]
    [InlineData("Set-ApiGatewayUsagePlan $plan -RateLimit 7 -BurstLimit 7")]
    public async Task WhatWasChangedAMomentAgoIsNotCertain(string change)
    {
        await MakeAll();
        Assert.True(Test().IsAllowed);
        _session.Good(change);
        ApiKeyTestInfo told = Test();
        Assert.Null(told.IsAllowed);
        Assert.Matches("^Perhaps not.* was changed 0 s ago", told.Answer);
        _clock.Advance(TimeSpan.FromSeconds(89));
        Assert.Null(Test().IsAllowed);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.NotNull(Test().IsAllowed);
    }

    [Fact]
    public async Task AKeyThatWasMadeLikeThisNeverGotThrough()
    {
        await MakeAll();
        _key = _session.One<ApiKeyInfo>("New-ApiGatewayApiKey young -Enabled $false");
        Assert.StartsWith("No. It is disabled", Test().Answer, StringComparison.Ordinal);
        Assert.False(Test().IsAllowed);
    }

    [Fact]
    public async Task WhatIsCertainCountsMoreThanWhatIsNot()
    {
        await MakeAll();
        _session.Good("Set-ApiGatewayApiKey $key -Enabled $false");
        Assert.False(_session.One<ApiKeyTestInfo>("Test-ApiGatewayApiKey $args[0] -ApiId $args[1] -Stage gone", _key.Id, _api).IsAllowed);
    }

    [Theory]
    [InlineData("GetApiKey", ApiKeyCheckKind.Exists)]
    [InlineData("GetUsagePlans", ApiKeyCheckKind.UsagePlan)]
    [InlineData("GetUsage", ApiKeyCheckKind.Quota)]
    [InlineData("GetStage", ApiKeyCheckKind.Method)]
    [InlineData("GetDeployment", ApiKeyCheckKind.Method)]
    [InlineData("GetRestApi", ApiKeyCheckKind.KeySource)]
    [InlineData("GetResources", ApiKeyCheckKind.Deployment)]
    public async Task WhatMayNotBeReadIsNotKnown(string operation, ApiKeyCheckKind unknown)
    {
        Dispose();
        Open(new EmulatorFault { Kind = EmulatorFaultKind.AccessDenied, Operation = operation });
        await MakeAll("-QuotaLimit 5 -QuotaPeriod Day");
        ApiKeyTestInfo told = Test();
        ApiKeyCheck check = told.Checks.Single(check => check.Name == unknown);
        Assert.Equal(ApiKeyCheckResult.NotKnown, check.Result);
        Assert.Contains("credentials do not allow", check.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(told.Checks, other => other.Result == ApiKeyCheckResult.Failed);

        // What a stage serves is reported by the stage; whether the methods were changed since makes no difference to it.
        Assert.Equal(unknown == ApiKeyCheckKind.Deployment ? true : null, told.IsAllowed);
    }

    [Fact]
    public async Task AValueIsAnsweredLikeItsKey()
    {
        await MakeAll();
        ApiKeyTestInfo told = _session.One<ApiKeyTestInfo>("Test-ApiGatewayApiKey -Value $args[0] -ApiId $args[1] -Stage prod",
            _key.Value, _api);
        Assert.True(told.IsAllowed, told.Answer);
        Assert.Equal(_key.Id, told.ApiKeyId);
        ApiKeyTestInfo none = _session.One<ApiKeyTestInfo>("Test-ApiGatewayApiKey -Value $args[0]", "nobodysvalue12345678901");
        Assert.False(none.IsAllowed);
        Assert.DoesNotContain("nobodysvalue", none.Answer + string.Join(' ', none.Checks) + none.Remedy, StringComparison.Ordinal);
        _session.Good("Set-ApiGatewayApiKey $key -Enabled $false");
        Settle();
        told = _session.One<ApiKeyTestInfo>("Test-ApiGatewayApiKey -Value $args[0] -ApiId $args[1] -Stage prod", _key.Value, _api);
        Assert.False(told.IsAllowed);
        Assert.Equal(told.Remedy, Test().Remedy);
    }

    [Fact]
    public async Task AKeyGivenByItsNameIsFoundByTheRemedy()
    {
        await MakeAll();
        ApiKeyTestInfo told = _session.One<ApiKeyTestInfo>("Test-ApiGatewayApiKey $args[0]", _key.Name);
        Assert.False(told.IsAllowed);
        Assert.Equal(_key.Id, _session.One<ApiKeyTestInfo>(told.Remedy!).ApiKeyId);
    }

    [Fact]
    public async Task AKeyOfAnotherRegionIsCopiedByTheRemedy()
    {
        await MakeAll();
        _key = _session.One<ApiKeyInfo>("New-ApiGatewayApiKey west -Region eu-west-1");
        Settle();
        const string script = "Test-ApiGatewayApiKey $args[0] -ApiId $args[1] -Stage prod -Region eu-west-1, eu-central-1";
        ApiKeyTestInfo told = _session.One<ApiKeyTestInfo>(script, _key.Id, _api);
        Assert.False(told.IsAllowed);
        Assert.Equal(("eu-west-1", ApiKeyCheckKind.Region),
            (told.Region, told.Checks.First(check => check.Result == ApiKeyCheckResult.Failed).Name));
        Assert.DoesNotContain('<', told.Remedy!);
        ApiKeyInfo copy = _session.One<ApiKeyInfo>(told.Remedy!);
        Settle();
        Assert.True(_session.One<ApiKeyTestInfo>(script, copy.Id, _api).IsAllowed);
    }

    [Theory]
    [InlineData("Test-ApiGatewayApiKey $key", 2)]
    [InlineData("Test-ApiGatewayApiKey $key -ApiId API -Stage prod", 6)]
    [InlineData("$key, $key | Test-ApiGatewayApiKey -ApiId API -Stage prod", 8)]
    [InlineData("Test-ApiGatewayApiKey -Value $key.Value", 2)]
    [InlineData("Test-ApiGatewayApiKey $young", 3)]
    [InlineData("Test-ApiGatewayApiKey $key -ApiId API", 3)]
    public async Task ItsCallsAreAsItsHelpSays(string script, int calls)
    {
        await MakeAll();
        _session.Good("$young = New-ApiGatewayApiKey young");
        AssertCalls(calls, script);
        _session.Good("Set-ApiGatewayUsagePlan $plan -QuotaLimit 5 -QuotaPeriod Day");
        AssertCalls(script.Contains("young", StringComparison.Ordinal) ? calls : calls + Regex.Count(script, @"\$key\b"), script);
    }

    [Fact]
    public async Task NoAdviceHasAGapToFill()
    {
        await MakeAll();
        _session.Good("Set-ApiGatewayUsagePlan $plan -ApiStage @{}; $young = New-ApiGatewayApiKey young; New-ApiGatewayUsagePlan other");
        Settle();
        string[] questions =
        [
            "$key", "$young", "nobody1234", "$key -ApiId API", "$key -ApiId API -Stage prod", "$key -ApiId API -Stage gone",
            "$key -ApiId gone",
            "$young -ApiId API -Stage prod", "$young -ApiId API", "$key -ApiId API -Stage prod -Method PUT -Path /x",
        ];
        foreach (string question in questions)
        {
            ApiKeyTestInfo told = _session.One<ApiKeyTestInfo>("Test-ApiGatewayApiKey "
                + Regex.Replace(question, @"\bAPI\b", _api));
            Assert.All(told.Checks.Select(check => check.Remedy).Append(told.Remedy).OfType<string>(), remedy =>
            {
                Assert.DoesNotContain('<', remedy);
                Assert.DoesNotContain(": ", remedy, StringComparison.Ordinal);
                Assert.DoesNotMatch(@"  |:$|: |--stage-name$|'[^']*:'", remedy);
            });
            Assert.Equal(told.IsAllowed == false, told.Remedy is not null);
        }
    }

    public void Dispose()
    {
        _session.Dispose();
        _client.Dispose();
    }

    private void Open(params EmulatorFault[] faults)
    {
        _emulator = new ApiGatewayEmulator(_clock, faults: faults);
        _client = EmulatorClient.InProcess(_emulator, Region);
        _session = new ModuleSession(settings: new ApiGatewayConnection { Region = Region, Clock = _clock }, emulator: _emulator);
    }

    private ApiKeyTestInfo Test() =>
        _session.One<ApiKeyTestInfo>("Test-ApiGatewayApiKey $args[0] -ApiId $args[1] -Stage prod -Method GET -Path /orders", _key.Id, _api);

    private void Settle() => _clock.Advance(TimeSpan.FromMinutes(2));

    private void AssertCalls(int calls, string script)
    {
        long before = _emulator.RequestCount;
        _session.Good(Regex.Replace(script, @"\bAPI\b", _api));
        Assert.Equal(calls, _emulator.RequestCount - before);
    }

    private async Task MakeAll(string quota = "")
    {
        Answer made = await Good("POST", "/restapis", """{"name":"api"}""");
        _api = made.Body.GetProperty("id").GetString()!;
        string root = made.Body.GetProperty("rootResourceId").GetString()!;
        string resource = (await Good("POST", $"/restapis/{_api}/resources/{root}", """{"pathPart":"orders"}""")).Body.GetProperty("id")
            .GetString()!;
        string method = $"/restapis/{_api}/resources/{resource}/methods/GET";
        await Good("PUT", method, """{"authorizationType":"NONE","apiKeyRequired":true}""");
        await Good("PUT", $"{method}/integration", """{"type":"AWS_PROXY"}""");
        await Good("POST", $"/restapis/{_api}/deployments", """{"stageName":"prod"}""");
        _key = _session.One<ApiKeyInfo>(
            $"$plan = New-ApiGatewayUsagePlan p {quota} -ApiStage {_api}:prod; ($key = New-ApiGatewayApiKey k -UsagePlanId $plan)");
        Settle();
    }

    private async Task<Answer> Good(string method, string target, string body)
    {
        Answer answer = await _client.Send(method, target, body);
        Assert.InRange((int)answer.Status, 200, 299);
        return answer;
    }
}
