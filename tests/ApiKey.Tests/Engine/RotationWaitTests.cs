using System.Management.Automation;
using ApiKey.Emulator;
using ApiKey.Model;
using ApiKey.Service;

namespace ApiKey.Tests.Engine;

/// <summary>
/// AWS refuses a new key for a while after it joined a plan. An old key is disabled or removed only when its successor can be
/// relied on: after one wait for the whole pipeline, or not at all.
/// </summary>
public sealed class RotationWaitTests : IDisposable
{
    private readonly SkippingClock _clock = new();
    private readonly ModuleSession _session;

    public RotationWaitTests()
    {
        _session = new ModuleSession(settings: new ApiGatewayConnection { Region = "eu-central-1", Clock = _clock });
        _session.Good("$plan = New-ApiGatewayUsagePlan gold; $keys = 'a', 'b', 'c' | New-ApiGatewayApiKey -UsagePlanId $plan");
    }

    [Theory]
    [InlineData("Disable", OldKeyState.Disabled, 6)]
    [InlineData("Remove", OldKeyState.Removed, 3)]
    public void ManyKeysWaitOnceAndEachResultComesBeforeTheWait(string action, OldKeyState state, int left)
    {
        int enabledAtTheWait = 0;
        _clock.Waiting = () => enabledAtTheWait = EnabledKeys();
        _session.Good($"$seen = @(); $done = $keys | Invoke-ApiGatewayApiKeyRotation -OldKey {action} -Confirm:$false | ForEach-Object {{ "
            + $"$seen += $_.OldKey; $_ }}");
        Assert.Equal("Waiting Waiting Waiting", Text("\"$seen\""));
        Assert.Equal(6, enabledAtTheWait);
        Assert.Equal(1, _clock.Waits);
        Assert.InRange(_clock.Skipped.TotalSeconds, 60, 90);
        Assert.All(_session.Good("$done").Select(one => (ApiKeyRotationInfo)one.BaseObject),
            rotation => Assert.Equal(state, rotation.OldKey));
        Assert.Equal(left, _session.Good("Get-ApiGatewayApiKey").Count);
        Assert.Equal(3, EnabledKeys());
    }

    [Fact]
    public void WhatTheResultSaysOfTheOldKeyIsTrueAfterwards()
    {
        _session.Good("$r = $keys[0] | Invoke-ApiGatewayApiKeyRotation -OldKey Disable");
        ApiKeyRotationInfo rotation = _session.One<ApiKeyRotationInfo>("$r");
        Assert.False(rotation.Old!.Enabled);
        Assert.Equal(rotation.New.Id, rotation.Old.RotatedTo);
        Assert.Equal(rotation.Old.Id, rotation.New.RotatedFrom);
        Assert.Null(rotation.Old.Value);
        Assert.True(rotation.ReliableFrom <= _clock.GetUtcNow());
        Assert.Contains("Disabled", _session.Screen("$r"));
    }

    [Fact]
    public void NoWaitLeavesTheOldKeyAndSaysHowLong()
    {
        Outcome outcome = _session.Run("$r = $keys[0] | Invoke-ApiGatewayApiKeyRotation -OldKey Remove -NoWait -Confirm:$false; $r");
        Assert.Equal(("SuccessorTooYoung", ErrorCategory.ResourceUnavailable), (outcome.ErrorId, outcome.Error.CategoryInfo.Category));
        Assert.Matches(@"stays enabled: AWS may refuse its successor 'a \(\w+\)' for another (89|90) s \(up to 85 s",
            outcome.Error.ToString());
        ApiKeyRotationInfo rotation = Assert.IsType<ApiKeyRotationInfo>(Assert.Single(outcome.Output).BaseObject);
        Assert.Equal(OldKeyState.Kept, rotation.OldKey);
        Assert.NotNull(rotation.New.Value);
        Assert.Equal(0, _clock.Waits);

        _clock.Advance(TimeSpan.FromSeconds(91));
        Assert.Equal(OldKeyState.Removed,
            _session.One<ApiKeyRotationInfo>("$keys[0] | Invoke-ApiGatewayApiKeyRotation -OldKey Remove -NoWait -Confirm:$false").OldKey);
        Assert.Equal(0, _clock.Waits);
    }

    [Fact]
    public void ForceDoesItAtOnceAndContradictsNoWait()
    {
        Assert.Equal(OldKeyState.Disabled,
            _session.One<ApiKeyRotationInfo>("$keys[0] | Invoke-ApiGatewayApiKeyRotation -OldKey Disable -Force").OldKey);
        Assert.Equal(0, _clock.Waits);
        Assert.Equal("ContradictoryParameters", _session.Run("$keys[1] | Invoke-ApiGatewayApiKeyRotation -OldKey Disable -Force -NoWait")
            .ErrorId);
    }

    [Theory]
    [InlineData("New-ApiGatewayApiKey lonely")]
    [InlineData("Set-ApiGatewayApiKey $keys[0] -Enabled $false -PassThru")]
    public void NobodyWaitsForAKeyThatOpensNothing(string key)
    {
        Assert.Equal(OldKeyState.Disabled, _session.One<ApiKeyRotationInfo>($"{key} | Invoke-ApiGatewayApiKeyRotation -OldKey Disable")
            .OldKey);
        Assert.Equal(0, _clock.Waits);
    }

    [Fact]
    public void AJoinOfThisSessionCountsAlsoForASuccessorThatWasMadeLongAgo()
    {
        _session.Good("$null = $keys[0] | Invoke-ApiGatewayApiKeyRotation");
        _clock.Advance(TimeSpan.FromHours(1));
        _session.Good("$silver = New-ApiGatewayUsagePlan silver; $null = $keys[0] | Add-ApiGatewayUsagePlanKey -UsagePlanId $silver");
        _session.Good("$r = $keys[0] | Invoke-ApiGatewayApiKeyRotation -OldKey Disable");
        Assert.Equal(1, _clock.Waits);
        Assert.Equal("Disabled", Text("$r.OldKey"));
    }

    [Fact]
    public void StoppedWhileItWaitsTheOldKeysStayAndASecondRunEnds()
    {
        using PowerShell shell =
            _session.Create("$keys | Invoke-ApiGatewayApiKeyRotation -OldKey Disable -OutVariable told | Out-Null; 'over'");
        using ManualResetEventSlim waiting = new();
        _clock.StandsStill = true;
        _clock.Waiting = waiting.Set;
        IAsyncResult run = shell.BeginInvoke();
        Assert.True(waiting.Wait(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken));
        shell.Stop();
        _clock.StandsStill = false;
        try
        {
            shell.EndInvoke(run);
        }
        catch (PipelineStoppedException)
        {
            // As wanted.
        }

        Assert.Equal("Kept Kept Kept", Text("\"$($told.OldKey)\""));
        Assert.Equal(6, EnabledKeys());
        Assert.Equal("Disabled Disabled Disabled", Text("\"$(($keys | Invoke-ApiGatewayApiKeyRotation -OldKey Disable -Force).OldKey)\""));
        Assert.Equal(6, _session.Good("Get-ApiGatewayApiKey").Count);
    }

    [Fact]
    public void AnEarlyEndOfThePipelineLeavesTheOldKeys()
    {
        Outcome outcome = _session.Run(
            "try { $keys | Invoke-ApiGatewayApiKeyRotation -OldKey Disable | ForEach-Object { $r = $_; throw 'enough' } } catch { }");
        Assert.Contains("is as it was. Run the same command again to finish.", Assert.Single(outcome.Warnings));
        Assert.Equal("Kept", Text("$r.OldKey"));
        Assert.All(_session.Good("$keys | Get-ApiGatewayApiKey").Select(one => (ApiKeyInfo)one.BaseObject),
            key => Assert.True(key.Enabled));
    }

    [Fact]
    public void AnOldKeyThatCannotBeDisabledIsOneErrorAndStays()
    {
        bool armed = false;
        using ModuleSession session = new(
            inner => new StubHandler(inner, (request, _) => Task.FromResult(
                armed && request.Method == HttpMethod.Patch
                    ? StubHandler.Answer(System.Net.HttpStatusCode.Forbidden, """{"message":"no"}""", "AccessDeniedException") : null)),
            new ApiGatewayConnection { Region = "eu-central-1", MaxAttempts = 1, Clock = _clock });
        session.Good("$key = New-ApiGatewayApiKey a -UsagePlanId (New-ApiGatewayUsagePlan gold)");
        armed = true;
        Outcome outcome = session.Run("$r = $key | Invoke-ApiGatewayApiKeyRotation -OldKey Disable");
        Assert.Equal("AccessDenied", outcome.ErrorId);
        Assert.Contains("is in place. Run the same command again to finish.", outcome.Error.ToString());
        Assert.Equal("Kept", session.Good("$r.OldKey")[0].ToString());
    }

    [Fact]
    public void AFailedSharedListingIsReadAgainForTheNextKey()
    {
        int listings = 0;
        using ModuleSession session = new(
            inner => new StubHandler(inner, (request, _) => Task.FromResult(
                request.Method == HttpMethod.Get && request.RequestUri!.AbsolutePath == "/apikeys"
                    && !request.RequestUri.Query.Contains("name=", StringComparison.Ordinal) && ++listings == 1
                    ? StubHandler.Answer(System.Net.HttpStatusCode.InternalServerError, """{"message":"oops"}""", "InternalFailure")
                    : null)),
            new ApiGatewayConnection { Region = "eu-central-1", MaxAttempts = 1 });
        session.Good("$keys = 1..30 | ForEach-Object { \"k$_\" } | New-ApiGatewayApiKey");
        Outcome outcome = session.Run("$keys | Invoke-ApiGatewayApiKeyRotation -ThrottleLimit 1");
        Assert.Equal("ServiceFailure", outcome.ErrorId);
        Assert.Equal(29, outcome.Output.Count);
        Assert.Equal(2, listings);
    }

    public void Dispose() => _session.Dispose();

    private string Text(string script) => _session.Good(script)[0].ToString();

    private int EnabledKeys()
    {
        int count = 0;
        foreach (StoredKeyView key in Keys())
        {
            count += key.Enabled ? 1 : 0;
        }

        return count;
    }

    // Read past the module: it is asked while a command runs.
    private IEnumerable<StoredKeyView> Keys()
    {
        using HttpClient client = new(new EmulatorHttpHandler(_session.Emulator),
            disposeHandler: false)
        { BaseAddress = new Uri("http://emulator.invalid") };
        using HttpRequestMessage request = new(HttpMethod.Get, "/apikeys?limit=500");
        request.Headers.TryAddWithoutValidation("Authorization",
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260101/eu-central-1/apigateway/aws4_request, SignedHeaders=host, Signature=0");
        using HttpResponseMessage answer = client.SendAsync(request).GetAwaiter().GetResult();
        using System.Text.Json.JsonDocument body = System.Text.Json.JsonDocument.Parse(answer.Content.ReadAsStringAsync().GetAwaiter()
            .GetResult());
        return [.. body.RootElement.GetProperty("item").EnumerateArray()
            .Select(key => new StoredKeyView(key.GetProperty("enabled").GetBoolean()))];
    }

    private sealed record StoredKeyView(bool Enabled);
}
