using ApiKey.Calls;
using ApiKey.Service;
using Microsoft.Extensions.Time.Testing;

namespace ApiKey.Tests.Unit;

/// <summary>What lies between two tries of a call.</summary>
[Trait(Category.Name, Category.Unit)]
public class CallRunnerTests
{
    [Fact]
    public async Task NothingIsSentAgainBeforeTheWaitIsOver()
    {
        FakeTimeProvider clock = new();
        CallTally tally = new();
        using OnceThrottled gateway = new();
        CallRunner runner = new(gateway, new ApiGatewayConnection(), tally, clock, jitter: () => 1, paceOf: _ => null);
        Task<ApiKeySource> call = runner.SendAsync(new GetKeySource("api"), TestContext.Current.CancellationToken);
        Assert.Equal((1, 0, 1, "a 429 to pass"), (gateway.Sent, tally.Retries, tally.Throttled, tally.WaitingFor));
        clock.Advance(TimeSpan.FromMilliseconds(999));
        Assert.Equal(1, gateway.Sent);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        await call;
        Assert.Equal((2, 2, 1), (gateway.Sent, tally.Calls, tally.Retries));
    }

    // Timers count whole milliseconds, and a pace waits until its time has come.
    [Fact]
    public async Task APartOfAMillisecondIsAWaitToo()
    {
        FakeTimeProvider clock = new();
        Task wait = new CallTally().WaitAsync(TimeSpan.FromMicroseconds(300), "x", clock, TestContext.Current.CancellationToken);
        Assert.False(wait.IsCompleted);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        await wait;
    }

    [Fact]
    public async Task NothingIsSentAfterTheCommandWasStopped()
    {
        using OnceThrottled gateway = new();
        CallTally tally = new();
        CallRunner runner = new(gateway, new ApiGatewayConnection(), tally, paceOf: _ => null);
        foreach (Call<Nothing> call in new Call<Nothing>[] { new DeleteKey("k1"), new RemovePlanKey("p1", "k1") })
        {
            ApiGatewayException stopped = await Assert.ThrowsAsync<ApiGatewayException>(
                () => runner.SendAsync(call, new CancellationToken(canceled: true)));
            Assert.Equal((ApiGatewayErrorKind.Stopped, true), (stopped.Kind, stopped.WasNotSent));
        }

        Assert.Equal((0, 0), (gateway.Sent, tally.Calls));
    }

    [Fact]
    public async Task NothingIsSentWhoseTurnComesAtTheMomentOfTheStop()
    {
        using OnceThrottled gateway = new();
        CallTally tally = new();
        using CancellationTokenSource stop = new();
        CallRunner stopped = new(gateway, new ApiGatewayConnection(), tally, paceOf: _ =>
        {
            stop.Cancel();
            return null;
        });
        ApiGatewayException failure = await Assert.ThrowsAsync<ApiGatewayException>(
            () => stopped.SendAsync(new RemovePlanKey("p1", "k1"), stop.Token));
        Assert.Equal((ApiGatewayErrorKind.Stopped, 0, 0), (failure.Kind, gateway.Sent, tally.Calls));

        // Its turn is over: the next one has it.
        CallRunner next = new(gateway, new ApiGatewayConnection { MaxAttempts = 1 }, tally, paceOf: _ => null);
        await Assert.ThrowsAsync<ApiGatewayException>(() => next.SendAsync(new RemovePlanKey("p1", "k1"), CancellationToken.None)
            .WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken));
        Assert.Equal(1, gateway.Sent);
    }

    private sealed class OnceThrottled : IApiGateway
    {
        public int Sent { get; private set; }

        public string Region => "eu-central-1";

        public Task<QuotaScope> FindQuotaScopeAsync(CancellationToken cancellationToken) =>
            Task.FromResult(new QuotaScope("a", IsAws: true));

        public Task<T> SendAsync<T>(Call<T> call, CancellationToken cancellationToken) => ++Sent == 1
            ? Task.FromException<T>(new ApiGatewayException(ApiGatewayErrorKind.Throttled, "x"))
            : Task.FromResult(default(T)!);

        public void Dispose()
        {
        }
    }
}
