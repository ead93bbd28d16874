using System.Management.Automation;
using ApiKey.Calls;
using ApiKey.Service;
using ApiKey.Text;

namespace ApiKey.Cmdlets;

/// <summary>
/// The calls of one command: in flight, with results in input order; failures as errors; stopped by Ctrl+C; and, whatever ends the
/// command early, a report of what nobody received.
/// </summary>
/// <param name="command">The command that makes them.</param>
internal sealed class CommandCalls(ApiGatewayCmdlet command) : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly UnreceivedResults _unreceived = new();
    private readonly List<string> _notDone = [];
    private CallQueue? _queue;
    private ProgressMeter? _progress;
    private bool _isEnding;
    private int _done;

    /// <summary>Cancelled when the user presses Ctrl+C or the pipeline ends early.</summary>
    public CancellationToken StopToken => _stop.Token;

    /// <summary>What was sent.</summary>
    public CallTally Tally { get; } = new();

    /// <summary>How far the command is, shown after a second.</summary>
    public ProgressMeter Progress => _progress ??= new ProgressMeter(command.MyInvocation.MyCommand.Name, Tally, command.WriteProgress);

    /// <summary>Whether no call failed so far.</summary>
    public bool HadNoFailure { get; private set; } = true;

    private CallQueue Queue => _queue ??= new CallQueue(command.MaxInFlight, WaitFor);

    /// <summary>
    /// Starts a call, and writes what came of earlier ones, in input order. Waits first when as many calls as may be are under way;
    /// when that is one, its result is written before this returns.
    /// </summary>
    /// <param name="what">What is being done, as an error says it: <c>Creating API key 'a'</c>.</param>
    /// <param name="target">The user's object, the target of an error.</param>
    /// <param name="call">Starts the call.</param>
    /// <param name="finish">Writes its result, on the pipeline thread.</param>
    /// <param name="accept">Whether a failure counts as a success; null for never.</param>
    /// <param name="items">How many items the call is about, for progress.</param>
    /// <param name="hasFailed">Whether a result carries a failure; null for never.</param>
    /// <param name="untaken">What to report of a result that nobody received; null for a call that changes nothing.</param>
    public void Start<T>(
        string what,
        object? target,
        Func<Task<T>> call,
        Action<T> finish,
        Func<ApiGatewayException, bool>? accept = null,
        int items = 1,
        Func<T, bool>? hasFailed = null,
        Func<T, Untaken?>? untaken = null)
    {
        Queue.Add(() =>
        {
            Task<T> started = call();
            return new QueuedCall(
                started,
                () => Finish(what, target, () => finish(AwaitUnlessStopped(started)), accept, items),
                () => started.IsFaulted ? !IsAccepted(started, accept) : started.IsCompletedSuccessfully
                    && hasFailed?.Invoke(started.Result) is true,
                untaken is null ? null : () => UnreceivedResults.Describe(what, target, started, untaken));
        });
    }

    /// <summary>Writes what came of one item, or of several; a failure becomes one error record.</summary>
    public void Finish(string what, object? target, Action write, Func<ApiGatewayException, bool>? accept = null, int items = 1)
    {
        _done += Try(what, target, write, accept) ? 1 : 0;
        Progress.Count(items);
    }

    /// <summary>Waits for every call in flight and writes what came of it.</summary>
    public void Drain() => Queue.FinishAll();

    /// <summary>The same, unless a result is being written: what comes before an error in the input comes before it in the output,
    /// too.</summary>
    public void DrainInTurn()
    {
        if (!Queue.IsFinishing)
        {
            Drain();
        }
    }

    /// <summary>Waits for a call on the pipeline thread.</summary>
    public T Await<T>(Task<T> call)
    {
        WaitFor(call);
        return call.GetAwaiter().GetResult();
    }

    /// <summary>Waits for something without a result.</summary>
    public void Await(Task call)
    {
        WaitFor(call);
        call.GetAwaiter().GetResult();
    }

    /// <summary>Handles what comes in asynchronously, on the pipeline thread; a failure becomes one error record.</summary>
    /// <returns>Whether everything came in.</returns>
    public bool Each<T>(string what, IAsyncEnumerable<T> source, Action<T> action) => Try(what, null, () =>
    {
        IAsyncEnumerator<T> items = source.GetAsyncEnumerator(StopToken);
        Task<bool> next = Task.FromResult(true);
        try
        {
            while (Await(next = items.MoveNextAsync().AsTask()))
            {
                action(items.Current);
            }
        }
        finally
        {
            // When the user stopped it, the last step is still under way and ends by itself.
            if (next.IsCompleted)
            {
                Await(items.DisposeAsync().AsTask());
            }
        }
    });

    /// <summary>Does something for one item; a failure becomes one error record and the pipeline goes on.</summary>
    /// <param name="what">What is done, as an error says it.</param>
    /// <param name="target">To what.</param>
    /// <param name="action">Does it.</param>
    /// <param name="accept">Whether a failure counts as a success; null for never.</param>
    /// <param name="isNeeded">Whether the command cannot go on without it: a failure then ends it.</param>
    /// <returns>Whether it went well; a failure that is accepted counts as well.</returns>
    public bool Try(string what, object? target, Action action, Func<ApiGatewayException, bool>? accept = null, bool isNeeded = false)
    {
        try
        {
            action();
            return true;
        }
        catch (ApiGatewayException) when (StopToken.IsCancellationRequested)
        {
            // Nobody sees an error any more. What is known of the call is reported with what else was under way.
            throw new OperationCanceledException(StopToken);
        }
        catch (ApiGatewayException failure) when (accept?.Invoke(failure) is true)
        {
            command.WriteVerbose(ErrorTable.DescribeAccepted(failure, what, target, command));
            return true;
        }
        catch (ApiGatewayException failure)
        {
            HadNoFailure = false;
            if (isNeeded || (ErrorTable.EndsCommand(failure.Kind) && !command.ReadsSeveralPlaces))
            {
                EndCommand(failure, what, target);
            }
            else
            {
                command.WriteError(ErrorTable.ToRecord(failure, what, target, command));
            }

            return false;
        }
    }

    /// <summary>Runs a step of the command; one that ends early reports what nobody received.</summary>
    public void Run(Action step)
    {
        try
        {
            step();
        }
        catch (OperationCanceledException) when (StopToken.IsCancellationRequested)
        {
            ReportUnreceived();
            throw new PipelineStoppedException();
        }
        catch
        {
            ReportUnreceived();
            throw;
        }
    }

    /// <summary>Remembers something that nobody will receive, for when the command ends early.</summary>
    public void AddUnreceived(string text) => _unreceived.Add(text);

    /// <summary>Stops: calls that were sent are waited for, others are not sent.</summary>
    public void Stop() => _stop.Cancel();

    /// <inheritdoc/>
    public void Dispose()
    {
        // Something is left when the pipeline ended above this command: it threw, or was stopped.
        ReportUnreceived();
        _stop.Cancel();
        _stop.Dispose();
    }

    private static bool IsAccepted(Task call, Func<ApiGatewayException, bool>? accept) =>
        accept is not null && call.Exception?.InnerException is ApiGatewayException failure && accept(failure);

    // What came of it at the moment of the stop is reported with the rest: a command that writes nothing would otherwise take it for told.
    private T AwaitUnlessStopped<T>(Task<T> call)
    {
        T result = Await(call);
        StopToken.ThrowIfCancellationRequested();
        return result;
    }

    private void WaitFor(Task call)
    {
        while (!call.IsCompleted && Task.WaitAny([call], (int)ProgressMeter.Interval.TotalMilliseconds, StopToken) < 0)
        {
            Progress.Show();
        }
    }

    // No further item can go well. What is under way ends and is written; then the error that ends the command says what was not done.
    private void EndCommand(ApiGatewayException failure, string what, object? target)
    {
        _notDone.Add(what);
        if (_isEnding)
        {
            return;
        }

        _isEnding = true;
        Drain();
        string? more = command.ReportNotBegun();
        ErrorRecord record = ErrorTable.ToRecord(failure, what, target, command);
        if (command.MyInvocation.ExpectingInput || _done > 0 || _notDone.Count > 1)
        {
            string others = _notDone.Count == 1 ? "" : $", what was under way at the same time ({string.Join("; ", _notDone.Skip(1))})";
            string done = _done == 1 ? "1 item was" : $"{_done} items were";
            more = $"The command ends here. {done} done. Not done: this one{others}, and everything after "
                + $"it.{(more is null ? "" : $" {more}")}";
        }

        record.ErrorDetails = new ErrorDetails(more is null ? record.ToString() : $"{record} {Show.Message(more)}");
        command.ThrowTerminatingError(record);
    }

    private void ReportUnreceived()
    {
        (IReadOnlyList<QueuedCall> left, int interrupted) = Queue.Abandon();
        _unreceived.Settle(left, interrupted, command.Host.UI.WriteWarningLine, StopToken);
        bool isStopped = StopToken.IsCancellationRequested;
        _stop.Cancel();
        if (_unreceived.Flush(command.RemedyFor) is not { } report)
        {
            return;
        }

        if (isStopped)
        {
            // A stopped command may write to no stream any more.
            command.Host.UI.WriteWarningLine(report);
        }
        else
        {
            command.WriteLastWarning(report);
        }
    }
}
