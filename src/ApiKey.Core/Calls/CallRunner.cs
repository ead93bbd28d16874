using ApiKey.Service;

namespace ApiKey.Calls;

/// <summary>
/// Sends the calls of one command: paced, each try with its time limit, and tried again where that may help and is safe. Many of
/// these share one client.
/// </summary>
internal sealed class CallRunner
{
    private readonly IApiGateway _gateway;
    private readonly CallTally _tally;
    private readonly TimeProvider _clock;
    private readonly Func<double> _jitter;
    private readonly int _maxTries;
    private readonly TimeSpan _timeout;
    private readonly Func<QuotaScope, Pace?> _paceOf;
    private Task<QuotaScope>? _scope;

    /// <summary>A runner for a connection.</summary>
    /// <param name="gateway">The client; it is not disposed with this.</param>
    /// <param name="connection">Says how often to try, how long, and how fast.</param>
    /// <param name="tally">Counts what is sent.</param>
    /// <param name="clock">What time it is; the connection's when omitted.</param>
    /// <param name="jitter">Numbers from 0 to 1; random ones when omitted.</param>
    /// <param name="paceOf">The pace of a scope; the process's own when omitted.</param>
    public CallRunner(
        IApiGateway gateway,
        ApiGatewayConnection connection,
        CallTally tally,
        TimeProvider? clock = null,
        Func<double>? jitter = null,
        Func<QuotaScope, Pace?>? paceOf = null)
    {
        _gateway = gateway;
        _tally = tally;
        _clock = clock ?? connection.Clock ?? TimeProvider.System;
        _jitter = jitter ?? Random.Shared.NextDouble;
        _maxTries = connection.MaxAttempts ?? ApiGatewayConnection.DefaultMaxAttempts;
        _timeout = connection.Timeout ?? ApiGatewayConnection.DefaultTimeout;
        _paceOf = paceOf ?? (scope => Pace.For(scope, connection.RequestsPerSecond, _clock));
    }

    /// <summary>The region the calls go to.</summary>
    public string Region => _gateway.Region;

    /// <summary>Whose quotas the calls count against. Needs the credentials, and no call to API Gateway.</summary>
    public Task<QuotaScope> FindQuotaScopeAsync(CancellationToken cancellationToken) => _gateway.FindQuotaScopeAsync(cancellationToken);

    /// <summary>
    /// Sends a call until it is answered. One that only reads ends at once when the command is stopped. A try that changes
    /// something is waited for, within its time limit, even then: otherwise nobody would know what came of it. Nothing is sent
    /// after that.
    /// </summary>
    /// <exception cref="ApiGatewayException">It failed, or was stopped before it was sent.</exception>
    public async Task<T> SendAsync<T>(Call<T> call, CancellationToken cancellationToken)
    {
        bool lost = false;
        ApiGatewayException? last = null;
        try
        {
            for (int tries = 1; ; tries++)
            {
                Turn turn = await EnterAsync(call.Kind, last, cancellationToken);
                try
                {
                    using IDisposable? alone = turn.Alone;
                    _tally.CountCall();
                    return await TryAsync(call, call.Effect == CallEffect.Reads ? cancellationToken : CancellationToken.None);
                }
                catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
                {
                    throw Stopped();
                }
                catch (ApiGatewayException failure)
                {
                    last = failure;
                    lost |= failure.MayHaveHappened;
                    await WaitForNextTryAsync(call, failure, tries, turn.Pace, cancellationToken);
                }
            }
        }
        catch (ApiGatewayException refusal) when (lost && !refusal.MayHaveHappened && call.Effect == CallEffect.NamesWhatItMakes)
        {
            throw refusal.AfterLostAnswer();
        }
        catch (ApiGatewayException gone) when (lost && gone.Kind == ApiGatewayErrorKind.NotFound && call.Effect == CallEffect.Removes)
        {
            // As wanted: the try whose answer was lost removed it. Only calls without an answer remove.
            return (T)(object)Nothing.Value;
        }
        catch (ApiGatewayException conflict)
            when (lost && conflict.Kind == ApiGatewayErrorKind.Conflict && call.LookAfterConflict is not null)
        {
            if (await FindAsync(call.LookAfterConflict, cancellationToken) is { } there)
            {
                return there;
            }

            throw;
        }
    }

    // Ends with the failure when there is to be no next try.
    private async Task WaitForNextTryAsync(Call call, ApiGatewayException failure, int tries, Pace? pace,
        CancellationToken cancellationToken)
    {
        if (failure.Kind == ApiGatewayErrorKind.Throttled)
        {
            _tally.CountThrottled();
        }

        bool mayRepeat = call.Effect != CallEffect.Once || !failure.MayHaveHappened;
        if (!mayRepeat || RetryRules.Delay(failure, tries, _maxTries, _jitter()) is not { } delay)
        {
            throw failure;
        }

        pace?.Hold(call.Kind, failure.RetryAfter, failure.Kind == ApiGatewayErrorKind.Throttled);
        try
        {
            await _tally.WaitAsync(delay, Reason(failure.Kind), _clock, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Not tried again; what came of it so far is this failure.
            throw failure;
        }

        _tally.CountRetry();
    }

    private static ApiGatewayException Stopped() => new(ApiGatewayErrorKind.Stopped, "The command was stopped before this was sent.");

    // Waits for the call's turn. Stopped meanwhile, what came of the last try is what is known.
    private async Task<Turn> EnterAsync(CallKind kind, ApiGatewayException? last, CancellationToken cancellationToken)
    {
        IDisposable? alone = null;
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            QuotaScope scope = await FindScopeAsync(cancellationToken);
            alone = kind == CallKind.PlanKey ? await PlanKeyTurn.WaitAsync(scope, cancellationToken) : null;
            Pace? pace = _paceOf(scope);
            if (pace is not null)
            {
                await pace.EnterAsync(kind, _tally, cancellationToken);
            }

            // A turn may come at the moment of the stop.
            cancellationToken.ThrowIfCancellationRequested();
            return new Turn(pace, alone);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            alone?.Dispose();
            throw last ?? Stopped();
        }
    }

    private static string Reason(ApiGatewayErrorKind kind) => kind switch
    {
        ApiGatewayErrorKind.Throttled => "a 429 to pass",
        ApiGatewayErrorKind.Busy => "another change of usage plans to end",
        _ => "a failure to pass",
    };

    private async Task<T?> FindAsync<T>(Call<T> look, CancellationToken cancellationToken)
    {
        try
        {
            return await SendAsync(look, cancellationToken);
        }
        catch (ApiGatewayException missing) when (missing.Kind == ApiGatewayErrorKind.NotFound)
        {
            return default;
        }
    }

    // The SDK times only the headers; a server may as well stop within the body.
    private async Task<T> TryAsync<T>(Call<T> call, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = new(_timeout, _clock);
        using CancellationTokenRegistration stopped =
            cancellationToken.UnsafeRegister(static limit => ((CancellationTokenSource)limit!).Cancel(), limit);
        try
        {
            return await _gateway.SendAsync(call, limit.Token).WaitAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ApiGatewayException(ApiGatewayErrorKind.TimedOut, "No answer came in time.") { MayHaveHappened = true };
        }
    }

    private async ValueTask<QuotaScope> FindScopeAsync(CancellationToken cancellationToken)
    {
        if (_scope is not { IsCompletedSuccessfully: true })
        {
            // Several calls may ask at first: they get the same answer.
            _scope = _gateway.FindQuotaScopeAsync(cancellationToken);
        }

        return await _scope;
    }

    // What decides when a call's turn comes and, for a change of a plan's keys, what lets the next one have its own.
    private sealed record Turn(Pace? Pace, IDisposable? Alone);
}
