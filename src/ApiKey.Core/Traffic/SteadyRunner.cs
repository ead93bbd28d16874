using ApiKey.Service;

namespace ApiKey.Traffic;

/// <summary>
/// Runs the calls of one command: paced, each try with its time limit, and tried again where that may help and is safe. Many of
/// these share one client.
/// </summary>
internal sealed class SteadyRunner
{
    private readonly Func<CancellationToken, Task<QuotaScope>> _findScope;
    private readonly CallTally _tally;
    private readonly TimeProvider _clock;
    private readonly Func<double> _dice;
    private readonly int _maxTries;
    private readonly TimeSpan _timeout;
    private readonly Func<QuotaScope, Pace?> _paceOf;
    private Task<QuotaScope>? _scope;

    /// <summary>A runner for a connection.</summary>
    /// <param name="findScope">Finds whose quotas count.</param>
    /// <param name="connection">Says how often to try, how long, and how fast.</param>
    /// <param name="tally">Counts what is sent.</param>
    /// <param name="clock">What time it is; the system's when left out.</param>
    /// <param name="dice">Numbers from 0 to 1; random ones when left out.</param>
    /// <param name="paceOf">The pace of a scope; the process's own when left out.</param>
    public SteadyRunner(
        Func<CancellationToken, Task<QuotaScope>> findScope,
        ApiGatewayConnection connection,
        CallTally tally,
        TimeProvider? clock = null,
        Func<double>? dice = null,
        Func<QuotaScope, Pace?>? paceOf = null)
    {
        _findScope = findScope;
        _tally = tally;
        _clock = clock ?? TimeProvider.System;
        _dice = dice ?? Random.Shared.NextDouble;
        _maxTries = connection.MaxAttempts ?? ApiGatewayConnection.DefaultMaxAttempts;
        _timeout = connection.Timeout ?? ApiGatewayConnection.DefaultTimeout;
        _paceOf = paceOf ?? (scope => Pace.For(scope, connection.RequestsPerSecond));
    }

    /// <summary>Runs a call without a result.</summary>
    public Task RunAsync(CallKind kind, Func<CancellationToken, Task> call, CancellationToken cancellationToken) =>
        RunAsync(kind, token => Done(call(token)), cancellationToken);

    /// <summary>Runs a delete. What is gone after an answer was lost was deleted by the try whose answer was lost.</summary>
    public async Task RunUntilGoneAsync(CallKind kind, Func<CancellationToken, Task> call, CancellationToken cancellationToken)
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

    /// <summary>Runs a call that only reads: stopping ends it at once.</summary>
    public Task<T> ReadAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken) =>
        RunAsync(CallKind.Other, call, isSafe: null, isRead: true, cancellationToken);

    /// <summary>
    /// Runs a call that changes something. A try that was sent is waited for, within its time limit, even when the command is
    /// stopped: otherwise nobody would know what came of it. Nothing is sent after that.
    /// </summary>
    /// <param name="kind">Which quota it counts against.</param>
    /// <param name="call">One try.</param>
    /// <param name="cancellationToken">Ends it before it is sent.</param>
    /// <param name="isSafe">Whether it may be repeated after a failure; always when left out.</param>
    /// <exception cref="ApiGatewayException">It failed, or was stopped before it was sent.</exception>
    public Task<T> RunAsync<T>(CallKind kind, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken, Func<ApiGatewayException, bool>? isSafe = null) =>
        RunAsync(kind, call, isSafe, isRead: false, cancellationToken);

    private async Task<T> RunAsync<T>(CallKind kind, Func<CancellationToken, Task<T>> call, Func<ApiGatewayException, bool>? isSafe, bool isRead, CancellationToken cancellationToken)
    {
        ApiGatewayException? last = null;
        for (int tries = 1; ; tries++)
        {
            (Pace? pace, IDisposable? turn) = await EnterAsync(kind, last, cancellationToken);
            try
            {
                using IDisposable? mine = turn;
                _tally.CountCall();
                return await TryAsync(call, isRead ? cancellationToken : CancellationToken.None);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                throw Stopped();
            }
            catch (ApiGatewayException failure)
            {
                if (failure.Kind == ApiGatewayErrorKind.Throttled)
                {
                    _tally.CountThrottled();
                }

                last = failure;
                bool safe = isSafe?.Invoke(failure) ?? true;
                if (!safe || RetryRules.Delay(failure, tries, _maxTries, _dice()) is not { } delay)
                {
                    throw;
                }

                pace?.Hold(kind, failure.RetryAfter ?? TimeSpan.Zero);
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
        }
    }

    private static ApiGatewayException Stopped() => new(ApiGatewayErrorKind.Stopped, "The command was stopped before this was sent.");

    // Waits for the call's turn, and gives back what decides it and, for a change of a plan's keys, what ends it.
    // Stopped meanwhile, what came of the last try is what is known.
    private async Task<(Pace? Pace, IDisposable? Turn)> EnterAsync(CallKind kind, ApiGatewayException? last, CancellationToken cancellationToken)
    {
        IDisposable? turn = null;
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            QuotaScope scope = await FindScopeAsync(cancellationToken);
            turn = kind == CallKind.PlanKey ? await PlanKeyTurn.TakeAsync(scope, cancellationToken) : null;
            Pace? pace = _paceOf(scope);
            if (pace is not null)
            {
                await pace.EnterAsync(kind, _tally, cancellationToken);
            }

            return (pace, turn);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            turn?.Dispose();
            throw last ?? Stopped();
        }
    }

    private static string Reason(ApiGatewayErrorKind kind) => kind switch
    {
        ApiGatewayErrorKind.Throttled => "a 429 to pass",
        ApiGatewayErrorKind.Busy => "another change of usage plans to end",
        _ => "a failure to pass",
    };

    private static async Task<bool> Done(Task call)
    {
        await call;
        return true;
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

    private async ValueTask<QuotaScope> FindScopeAsync(CancellationToken cancellationToken)
    {
        if (_scope is not { IsCompletedSuccessfully: true })
        {
            // Several calls may ask at first: they get the same answer.
            _scope = _findScope(cancellationToken);
        }

        return await _scope;
    }
}
