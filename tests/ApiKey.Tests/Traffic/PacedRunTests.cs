using ApiKey.Calls;
using ApiKey.Service;
using Microsoft.Extensions.Time.Testing;

namespace ApiKey.Tests.Traffic;

/// <summary>A refusal that one call meets holds back the calls that come after it on the same quota.</summary>
[Trait(Category.Name, Category.Unit)]
public class PacedRunTests
{
    // The next call of a burst needs no wait unless the rate was too high or the service asks for one.
    [Theory]
    [InlineData(ApiGatewayErrorKind.Throttled, null, 100)]
    [InlineData(ApiGatewayErrorKind.Throttled, 2, 2000)]
    [InlineData(ApiGatewayErrorKind.ServerError, null, 0)]
    [InlineData(ApiGatewayErrorKind.ServerError, 2, 2000)]
    public async Task TheNextCallWaitsAsLongAsTheRefusalAsks(ApiGatewayErrorKind kind, int? retryAfter, int milliseconds)
    {
        FakeTimeProvider clock = new();
        Pace pace = Pace.Aws(clock);
        using OnceRefused gateway = new(new ApiGatewayException(kind, "x")
        {
            RetryAfter = retryAfter is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        });
        CallTally refused = new();
        CallTally next = new();
        Task first = Send(gateway, refused, clock, pace, jitter: 1);
        Assert.Equal((1, 0), (gateway.Sent, refused.Retries));
        Task second = Send(gateway, next, clock, pace, jitter: 0);
        if (milliseconds > 0)
        {
            Assert.StartsWith("the pace of", next.WaitingFor, StringComparison.Ordinal);
            clock.Advance(TimeSpan.FromMilliseconds(milliseconds - 1));
            Assert.False(second.IsCompleted);
            clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        await second.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        while (!first.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await first;
        Assert.Equal((3, 1, kind == ApiGatewayErrorKind.Throttled ? 1 : 0), (gateway.Sent, refused.Retries, refused.Throttled));
    }

    private static Task Send(OnceRefused gateway, CallTally tally, FakeTimeProvider clock, Pace pace, double jitter) =>
        new CallRunner(gateway, new ApiGatewayConnection(), tally, clock, jitter: () => jitter, paceOf: _ => pace)
            .SendAsync(new GetKeySource("api"), TestContext.Current.CancellationToken);

    private sealed class OnceRefused(ApiGatewayException refusal) : IApiGateway
    {
        public int Sent { get; private set; }

        public string Region => "eu-central-1";

        public Task<QuotaScope> FindQuotaScopeAsync(CancellationToken cancellationToken) =>
            Task.FromResult(new QuotaScope("a", IsAws: true));

        public Task<T> SendAsync<T>(Call<T> call, CancellationToken cancellationToken) => ++Sent == 1
            ? Task.FromException<T>(refusal) : Task.FromResult(default(T)!);

        public void Dispose()
        {
        }
    }
}
