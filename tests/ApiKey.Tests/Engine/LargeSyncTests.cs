using ApiKey.DesiredState;
using ApiKey.Emulator;
using ApiKey.Model;
using ApiKey.Service;

namespace ApiKey.Tests.Engine;

/// <summary>Many creates at once: whether another run makes the same keys is looked for together, and what it made is found all the
/// same.</summary>
public sealed class LargeSyncTests : IDisposable
{
    private const string Sync = "Sync-ApiGatewayApiKey (0..39 | ForEach-Object { @{ name = \"n$_\" } }) -ThrottleLimit 1";

    private readonly ApiGatewayEmulator _emulator = new();
    private readonly SkippingClock _clock = new();
    private int _creates;

    [Fact]
    public void ACreateIsOneCallAndTheLookAfterAllOfThemAPage()
    {
        using ModuleSession session = new(emulator: _emulator);
        Assert.Equal(300, session.Good("Sync-ApiGatewayApiKey (1..300 | ForEach-Object { @{ name = \"n$_\" } })").Count);
        Assert.Equal((300, 2), (_emulator.CountOf("CreateApiKey"), _emulator.CountOf("GetApiKeys")));
    }

    [Fact]
    public void WhatAnotherRunMakesAtTheSameTimeIsToldAtTheEnd()
    {
        using ModuleSession session = Session(at: 5, () => Seed("n30", "n2", "n31x", "N31"));
        Outcome outcome = session.Run(Sync);
        PlannedChange[] changes = [.. outcome.Output.Select(change => (PlannedChange)change.BaseObject)];
        Assert.Equal((40, 40), (changes.Count(change => change.Status == ChangeStatus.Done), _creates));
        Assert.Equal(["ApiKeyConflict", "ApiKeyConflict"], outcome.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]));
        Assert.Equal(["n2", "n30"], outcome.Errors.Select(error => ((PlannedChange)error.TargetObject).Name));
        Assert.Contains($"API key {changes[2].Key!.Id} was created, and ", outcome.ErrorTexts.First());
        Assert.Equal("AmbiguousApiKey", session.Run(Sync).ErrorId);
    }

    [Fact]
    public void ACreateLooksAgainWhenTheLastLookIsOld()
    {
        using ModuleSession session = Session(at: 5, () =>
        {
            Seed("n30", "n2");
            _clock.Advance(NameWatch.MaxAge + TimeSpan.FromSeconds(1));
        });
        Outcome outcome = session.Run(Sync);
        PlannedChange refused = outcome.Output.Select(change => (PlannedChange)change.BaseObject)
            .Single(change => change.Status == ChangeStatus.NotDone);
        Assert.Equal("n30", refused.Name);
        Assert.Contains("appeared in eu-central-1 after the plan was made", refused.Reason);
        Assert.Equal((39, 3), (_creates, _emulator.CountOf("GetApiKeys")));

        // Made before the other run's key was there to be seen: that is what the look at the end is for.
        Assert.Equal(["n30", "n2"], outcome.Errors.Select(error => ((PlannedChange)error.TargetObject).Name));
    }

    [Fact]
    public void ALookThatFailsIsOneErrorAndWhatWasMadeIsDone()
    {
        int lists = 0;
        using ModuleSession session = new(inner => new StubHandler(inner, (request, _) =>
            Task.FromResult(request.Method == HttpMethod.Get && ++lists > 1
                ? new HttpResponseMessage(System.Net.HttpStatusCode.Forbidden) { Content = new StringContent("{}") }
                : null)), emulator: _emulator);
        Outcome outcome = session.Run(Sync);
        Assert.Equal(40, outcome.Output.Count(change => ((PlannedChange)change.BaseObject).Status == ChangeStatus.Done));
        Assert.StartsWith("Looking for API keys of the same names in eu-central-1", Assert.Single(outcome.ErrorTexts));
        Assert.Contains("40 API keys were created in eu-central-1, but whether another run", outcome.Error.ToString());
    }

    public void Dispose() => _emulator.Dispose();

    private ModuleSession Session(int at, Action meddle) => new(
        inner => new StubHandler(inner, (request, _) =>
        {
            if (request.Method == HttpMethod.Post && _creates++ == at)
            {
                meddle();
            }

            return Task.FromResult<HttpResponseMessage?>(null);
        }),
        new ApiGatewayConnection { Region = "eu-central-1", Clock = _clock },
        emulator: _emulator);

    private void Seed(params string[] names) => Array.ForEach(names,
        name => _emulator.Seed(new SeedKey { Region = "eu-central-1", Name = name, Description = ApiKeySpec.DefaultDescription }));
}
