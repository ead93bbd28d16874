using ApiKey.Model;
using ApiKey.Service;
using ApiKey.Tags;

namespace ApiKey.Traffic;

/// <summary>
/// The port as one command uses it: calls are paced, each try has its time limit, and what may pass by itself is tried again
/// where repeating is safe. Many of these share one client.
/// </summary>
internal sealed class SteadyService : IApiKeyService
{
    private readonly IApiKeyService _inner;
    private readonly CallTally _tally;
    private readonly TimeProvider _clock;
    private readonly Func<double> _dice;
    private readonly int _maxTries;
    private readonly TimeSpan _timeout;
    private readonly Func<QuotaScope, Pace?> _paceOf;
    private Task<QuotaScope>? _scope;

    /// <summary>The port over a client.</summary>
    /// <param name="inner">The client; it is not disposed with this.</param>
    /// <param name="connection">Says how often to try, how long, and how fast.</param>
    /// <param name="tally">Counts what is sent.</param>
    /// <param name="clock">What time it is; the system's when left out.</param>
    /// <param name="dice">Numbers from 0 to 1; random ones when left out.</param>
    /// <param name="paceOf">The pace of a scope; the process's own when left out.</param>
    public SteadyService(
        IApiKeyService inner,
        ApiGatewayConnection connection,
        CallTally tally,
        TimeProvider? clock = null,
        Func<double>? dice = null,
        Func<QuotaScope, Pace?>? paceOf = null)
    {
        _inner = inner;
        _tally = tally;
        _clock = clock ?? TimeProvider.System;
        _dice = dice ?? Random.Shared.NextDouble;
        _maxTries = connection.MaxAttempts ?? ApiGatewayConnection.DefaultMaxAttempts;
        _timeout = connection.Timeout ?? ApiGatewayConnection.DefaultTimeout;
        _paceOf = paceOf ?? (scope => Pace.For(scope, connection.RequestsPerSecond));
    }

    public string Region => _inner.Region;

    public Task<QuotaScope> FindQuotaScopeAsync(CancellationToken cancellationToken) => _inner.FindQuotaScopeAsync(cancellationToken);

    /// <summary>A create that names its value may be repeated: AWS takes a value only once, so no second key can come of it.</summary>
    public async Task<ApiKeyInfo> CreateAsync(ApiKeySpec spec, CancellationToken cancellationToken)
    {
        bool lost = false;
        try
        {
            return await RunAsync(
                CallKind.Create,
                token => _inner.CreateAsync(spec, token),
                cancellationToken,
                failure =>
                {
                    lost |= failure.MayHaveHappened;
                    return spec.Value is not null || !failure.MayHaveHappened;
                });
        }
        catch (ApiGatewayException failure) when (lost && !failure.MayHaveHappened)
        {
            throw failure.AfterLostAnswer();
        }
    }

    public Task<ApiKeyInfo> GetAsync(string id, bool includeValue, CancellationToken cancellationToken) =>
        RunAsync(CallKind.Other, token => _inner.GetAsync(id, includeValue, token), cancellationToken);

    public Task<ApiKeyPage> ListAsync(ApiKeyQuery query, string? position, CancellationToken cancellationToken) =>
        RunAsync(CallKind.Other, token => _inner.ListAsync(query, position, token), cancellationToken);

    public Task<ApiKeyInfo> UpdateAsync(string id, IReadOnlyList<FieldChange> changes, CancellationToken cancellationToken) =>
        RunAsync(CallKind.Other, token => _inner.UpdateAsync(id, changes, token), cancellationToken);

    /// <summary>A key that is gone after an answer was lost was deleted by the try whose answer was lost.</summary>
    public Task DeleteAsync(string id, CancellationToken cancellationToken) =>
        RunUntilGoneAsync(CallKind.Delete, token => _inner.DeleteAsync(id, token), cancellationToken);

    public Task TagAsync(string id, TagSet tags, CancellationToken cancellationToken) =>
        RunAsync(CallKind.Other, token => Done(_inner.TagAsync(id, tags, token)), cancellationToken);

    public Task UntagAsync(string id, IReadOnlyCollection<string> keys, CancellationToken cancellationToken) =>
        RunAsync(CallKind.Other, token => Done(_inner.UntagAsync(id, keys, token)), cancellationToken);

    /// <summary>An import may be repeated: a row whose value exists overwrites that key with the same content.</summary>
    public Task<ImportAnswer> ImportAsync(ReadOnlyMemory<byte> keyFile, bool failOnWarnings, CancellationToken cancellationToken) =>
        RunAsync(CallKind.Other, token => _inner.ImportAsync(keyFile, failOnWarnings, token), cancellationToken);

    public void Dispose()
    {
        // The client belongs to the pool.
    }

    private static async Task<bool> Done(Task call)
    {
        await call;
        return true;
    }

    private async Task RunUntilGoneAsync(CallKind kind, Func<CancellationToken, Task> call, CancellationToken cancellationToken)
    {
        bool lost = false;
        try
        {
            await RunAsync(kind, token => Done(call(token)), cancellationToken, failure => (lost |= failure.MayHaveHappened) || true);
        }
        catch (ApiGatewayException gone) when (lost && gone.Kind == ApiGatewayErrorKind.NotFound)
        {
            // As wanted.
        }
    }

    private async Task<T> RunAsync<T>(CallKind kind, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken, Func<ApiGatewayException, bool>? isSafe = null)
    {
        for (int tries = 1; ; tries++)
        {
            Pace? pace = await FindPaceAsync(cancellationToken);
            if (pace is not null)
            {
                await pace.EnterAsync(kind, _tally, cancellationToken);
            }

            try
            {
                _tally.CountCall();
                return await TryAsync(call, cancellationToken);
            }
            catch (ApiGatewayException failure)
            {
                if (failure.Kind == ApiGatewayErrorKind.Throttled)
                {
                    _tally.CountThrottled();
                }

                bool safe = isSafe?.Invoke(failure) ?? true;
                if (!safe || RetryRules.Delay(failure, tries, _maxTries, _dice()) is not { } delay)
                {
                    throw;
                }

                pace?.Hold(kind, failure.RetryAfter ?? TimeSpan.Zero);
                await _tally.WaitAsync(delay, failure.Kind == ApiGatewayErrorKind.Throttled ? "a 429 to pass" : "a failure to pass", _clock, cancellationToken);
                _tally.CountRetry();
            }
        }
    }

    // The SDK times only the headers; a server may as well stop within the body.
    private async Task<T> TryAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_timeout);
        try
        {
            return await call(limit.Token).WaitAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ApiGatewayException(ApiGatewayErrorKind.TimedOut, "No answer came in time.") { MayHaveHappened = true };
        }
    }

    private async ValueTask<Pace?> FindPaceAsync(CancellationToken cancellationToken)
    {
        if (_scope is not { IsCompletedSuccessfully: true })
        {
            // Several calls may ask at first: they get the same answer.
            _scope = _inner.FindQuotaScopeAsync(cancellationToken);
        }

        return _paceOf(await _scope);
    }
}
