using ApiKey.Emulator;
using ApiKey.Model;
using ApiKey.Service;

namespace ApiKey.Tests.Engine;

/// <summary>
/// Two callers call a stage all through a rotation, one with the old value and one with the new: around every request of the
/// module, and in every second that it waits. The stage notices changes as late as AWS was measured to.
/// </summary>
public sealed class RotationCallerTests : IDisposable
{
    private const string NewValue = "TheNewValueOfTheKey0123456789";

    private readonly Clock _clock = new();
    private readonly List<(DateTimeOffset Time, int Old, int New)> _calls = [];
    private ModuleSession? _session;
    private DateTimeOffset? _ended;
    private string? _oldId;
    private string? _oldValue;

    [Theory]
    [InlineData("Disable", 0)]
    [InlineData("Disable", 0.5)]
    [InlineData("Disable", 21)]
    [InlineData("Disable", 75)]
    [InlineData("Remove", 75)]
    [InlineData("Disable", 85)]
    [InlineData("Remove", 85)]
    public void NobodyIsRefusedThroughARotationInOneGo(string action, double propagation)
    {
        Open(propagation);
        ApiKeyRotationInfo done =
            _session!.One<ApiKeyRotationInfo>($"$key | Invoke-ApiGatewayApiKeyRotation -OldKey {action} -Value {NewValue} -Confirm:$false");
        Judge(done, propagation);
    }

    [Fact]
    public void NobodyIsRefusedWhenTheOldKeyIsDisabledByALaterRun()
    {
        Open(85);
        _session!.Good($"$key | Invoke-ApiGatewayApiKeyRotation -Value {NewValue}");
        _clock.Pass(TimeSpan.FromSeconds(30));
        Assert.Equal("SuccessorTooYoung", _session.Run("$key | Invoke-ApiGatewayApiKeyRotation -OldKey Disable -NoWait").ErrorId);
        _clock.Pass(TimeSpan.FromHours(1));
        Judge(_session.One<ApiKeyRotationInfo>("$key | Invoke-ApiGatewayApiKeyRotation -OldKey Disable -NoWait"), 85);
    }

    [Fact]
    public void WithForceTheNewKeyIsRefusedForAWhileAndTheOldOneGoesOn()
    {
        Open(75);
        _session!.Good($"$key | Invoke-ApiGatewayApiKeyRotation -OldKey Disable -Force -Value {NewValue}");
        _clock.Pass(TimeSpan.FromSeconds(200));

        // The two delays are equal here, and nothing on AWS says that they are.
        Assert.Contains(_calls, call => call is { Old: 200, New: 403 } && call.Time > _ended);
        Assert.Equal((403, 200), (_calls[^1].Old, _calls[^1].New));
    }

    public void Dispose() => _session?.Dispose();

    private void Open(double propagation)
    {
        ApiGatewayEmulator emulator = new(_clock, propagation: TimeSpan.FromSeconds(propagation));
        _session = new ModuleSession(
            inner => new StubHandler(inner, (request, _) =>
            {
                CallStage();
                if (_oldId is not null && request.Method != HttpMethod.Get && request.RequestUri!.AbsolutePath == $"/apikeys/{_oldId}")
                {
                    _ended ??= _clock.GetUtcNow();
                }

                return Task.FromResult<HttpResponseMessage?>(null);
            }),
            new ApiGatewayConnection { Region = "eu-central-1", Clock = _clock },
            emulator: emulator);
        emulator.SeedStage("eu-central-1", "a1b2c3d4e5", "prod");
        ApiKeyInfo key = _session.One<ApiKeyInfo>(
            "($key = New-ApiGatewayApiKey acme -UsagePlanId (New-ApiGatewayUsagePlan gold -ApiStage a1b2c3d4e5:prod))");
        _clock.Pass(TimeSpan.FromMinutes(5));
        (_oldId, _oldValue) = (key.Id, key.Value);
        _clock.Passing = CallStage;
        CallStage();
        Assert.Equal((200, 403), (_calls[0].Old, _calls[0].New));
    }

    private void CallStage()
    {
        if (_oldValue is not null)
        {
            int Call(string value) => _session!.Emulator.Invoke("a1b2c3d4e5", "prod", "/orders", value).Status;
            _calls.Add((_clock.GetUtcNow(), Call(_oldValue), Call(NewValue)));
        }
    }

    private void Judge(ApiKeyRotationInfo done, double propagation)
    {
        _clock.Pass(TimeSpan.FromSeconds(200));
        Assert.True(_ended >= done.ReliableFrom, $"The old key was ended at {_ended:O}, before {done.ReliableFrom:O}.");
        Assert.All(_calls, call =>
        {
            Assert.True(call.Time > _ended || call.Old == 200,
                $"The old value was refused at {call.Time:O}, and the old key was ended at {_ended:O}.");
            Assert.True(call.Time < done.ReliableFrom || call.New == 200,
                $"The new value was refused at {call.Time:O}, and it was promised from {done.ReliableFrom:O}.");
            Assert.True(call.Old == 200 || call.New == 200, $"Both were refused at {call.Time:O}.");
        });

        // The callers would have noticed: the new value is refused until the stage knows it, and the old one in the end.
        Assert.True(propagation < 1 || _calls.Count(call => call.New == 403) >= propagation);
        Assert.Equal((403, 200), (_calls[^1].Old, _calls[^1].New));
        Assert.Null(_session!.Emulator.UnexpectedFailure);
    }

    /// <summary>A clock whose time passes only when somebody waits, or the test says so; second by second.</summary>
    private sealed class Clock : TimeProvider
    {
        private DateTimeOffset _now = new(2026, 9, 1, 0, 0, 0, TimeSpan.Zero);

        /// <summary>What happens each second.</summary>
        public Action? Passing { get; set; }

        public override DateTimeOffset GetUtcNow() => _now;

        public void Pass(TimeSpan time)
        {
            for (DateTimeOffset end = _now + time; _now < end;)
            {
                TimeSpan left = end - _now;
                _now += left < TimeSpan.FromSeconds(1) ? left : TimeSpan.FromSeconds(1);
                Passing?.Invoke();
            }
        }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (state is CancellationTokenSource)
            {
                // A time limit, on which nobody waits.
                return base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }

            if (dueTime > TimeSpan.Zero)
            {
                Pass(dueTime);
            }

            return base.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }
}
