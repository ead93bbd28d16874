using System.Management.Automation;
using ApiKey.Binding;
using ApiKey.Calls;
using ApiKey.Model;
using ApiKey.Service;
using ApiKey.Session;
using ApiKey.Tags;
using ApiKey.Text;

namespace ApiKey.Cmdlets;

/// <summary>
/// The root of every command that calls the service: the connection, cancellation, calls in flight with results in input
/// order, and the translation of failures. Leaves override <see cref="Execute"/>. <see cref="ApiKeyCommand"/> adds the one
/// region and profile that most commands work in.
/// </summary>
public abstract class ServiceCommand : BoundCommand, IDisposable
{
    /// <summary>Calls in flight of a command that works on a whole set, where no meaning of the pipeline depends on it.</summary>
    protected const int WholeSetWindow = 8;

    private readonly CancellationTokenSource _stop = new();
    private readonly Dictionary<(ApiGatewayConnection Basis, ConnectionChoice Choice), ServiceOperations?> _operations = [];
    private readonly UntakenResults _untaken = new();
    private readonly List<string> _notDone = [];
    private readonly CallTally _tally = new();
    private CallQueue? _calls;
    private bool _isEnding;
    private int _done;
    private ProgressMeter? _progress;
    private bool _hadNoError = true;

    /// <summary>The connection to use instead of the session's: what Connect-ApiGateway -PassThru emits.</summary>
    [Parameter]
    [Given]
    public ApiGatewayConnection? Connection { get; set; }

    /// <summary>Another endpoint than AWS's own.</summary>
    [Parameter]
    [Given]
    public Uri? EndpointUrl { get; set; }

    /// <summary>How many calls may be in flight at once.</summary>
    protected virtual int MaxInFlight => WholeSetWindow;

    /// <summary>
    /// Whether calls may still be in flight when the next record is taken from the pipeline. Otherwise every result is written
    /// before that, so that -PipelineVariable, -ErrorAction Stop and Select-Object mean what they mean everywhere.
    /// </summary>
    protected virtual bool SpansRecords => false;

    private CallQueue Calls => _calls ??= new CallQueue(MaxInFlight, WaitFor);

    /// <summary>Cancelled when the user presses Ctrl+C or the pipeline ends early.</summary>
    protected CancellationToken StopToken => _stop.Token;

    /// <summary>Whether every item went well so far.</summary>
    private protected bool HadNoError => _hadNoError && UsedEveryRecord;

    /// <summary>Whether several regions or accounts are asked: then one that cannot be reached is one error, and keys are shown by place.</summary>
    private protected virtual bool AsksSeveralPlaces => false;

    /// <summary>Whether the caller asked for just one key, on the command line: then it is shown as a list, not as a table row.</summary>
    protected virtual bool AsksForOne => false;

    /// <summary>How far the command is, shown after a second.</summary>
    private protected ProgressMeter Progress => _progress ??= new ProgressMeter(MyInvocation.MyCommand.Name, _tally, WriteProgress);

    /// <summary>The tag policy of the connection that keys without one of their own are reached through.</summary>
    protected TagPolicy SessionPolicy => SessionConnection.ResolveTagPolicy(Choose(null, null).BasisOf(origin: null));

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected sealed override void ProcessRecord() => RunStoppable(() => HandleRecord(() =>
    {
        Execute();
        if (!SpansRecords)
        {
            Drain();
        }
    }));

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        RunStoppable(() =>
        {
            Drain();
            Finish();
            Drain();
        });
        Progress.Complete();
        if (_tally.Calls > 0)
        {
            WriteVerbose(_tally.ToString());
        }
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => _stop.Cancel();

    /// <summary>Handles one pipeline record.</summary>
    protected abstract void Execute();

    /// <summary>What is left to do when the pipeline is over and every call has come back. Calls it starts are waited for.</summary>
    protected virtual void Finish()
    {
    }

    /// <summary>Emits what will not be begun, because an error ends the command; for commands that know it.</summary>
    /// <returns>What that error should say besides; null for nothing.</returns>
    private protected virtual string? TellNotBegun() => null;

    /// <summary>What a person can do about things that were made and reached nobody.</summary>
    /// <param name="ids">Their ids.</param>
    private protected virtual string? WayOut(IReadOnlyList<string> ids) => null;

    /// <summary>Ends what is still running: the pipeline is over, and nobody would see its results. What they were is told.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            // Something is left when the pipeline ended above this command: it threw, or was stopped.
            TellUntaken();
            _stop.Cancel();
            _stop.Dispose();
        }
    }

    /// <summary>What the caller said about the connection, with a region and a profile of the leaf's.</summary>
    private protected ConnectionChoice Choose(string? region, string? profileName) => new(Connection, region, profileName, EndpointUrl);

    /// <summary>The operations over the connection in force; null when there is no way there, which is then told.</summary>
    private protected ServiceOperations? Open(ConnectionChoice choice, ApiGatewayConnection? origin)
    {
        ApiGatewayConnection basis = choice.BasisOf(origin);
        if (!_operations.TryGetValue((basis, choice), out ServiceOperations? operations))
        {
            ApiGatewayConnection connection = choice.Over(basis);
            if (ConnectionRules.FaultsOf(connection) is [string fault, ..])
            {
                ThrowFault("InvalidConnection", fault, connection);
            }

            string where = AsksSeveralPlaces ? $" {choice}" : "";
            Try($"Connecting to API Gateway{where}", connection, () => operations = ServicePool.Operate(connection, _tally));
            if (operations is not null || AsksSeveralPlaces)
            {
                // One of several places that cannot be reached is told once, not for every item.
                _operations.Add((basis, choice), operations);
            }
        }

        return operations;
    }

    /// <summary>Waits for a call on the pipeline thread.</summary>
    protected T Await<T>(Task<T> call)
    {
        WaitFor(call);
        return call.GetAwaiter().GetResult();
    }

    /// <summary>
    /// Starts a call, and writes what came of earlier ones, in input order. Waits first when <see cref="MaxInFlight"/> calls
    /// are under way; when that is one, its result is written before this returns.
    /// </summary>
    /// <param name="what">What is being done, as an error says it: <c>Creating API key 'a'</c>.</param>
    /// <param name="target">The user's object, the target of an error.</param>
    /// <param name="call">Starts the call.</param>
    /// <param name="finish">Writes its result, on the pipeline thread.</param>
    /// <param name="accept">Whether a failure counts as a success; null for never.</param>
    /// <param name="items">How many items the call is about, for progress.</param>
    /// <param name="hasFailed">Whether a result carries a failure; null for never.</param>
    /// <param name="untaken">What to tell of a result that nobody took; null for a call that changes nothing.</param>
    private protected void Start<T>(
        string what,
        object? target,
        Func<Task<T>> call,
        Action<T> finish,
        Func<ApiGatewayException, bool>? accept = null,
        int items = 1,
        Func<T, bool>? hasFailed = null,
        Func<T, Untaken?>? untaken = null)
    {
        Calls.Add(() =>
        {
            Task<T> started = call();
            return new QueuedCall(
                started,
                () =>
                {
                    _done += Try(what, target, () => finish(Await(started)), accept) ? 1 : 0;
                    Progress.Count(items);
                },
                () => started.IsFaulted ? !IsAccepted(started, accept) : started.IsCompletedSuccessfully && hasFailed?.Invoke(started.Result) is true,
                untaken is null ? null : () => UntakenResults.Describe(what, target, started, untaken));
        });
    }

    /// <summary>Notes something that nobody will receive, for when the command ends early.</summary>
    private protected void Leave(string text) => _untaken.Add(text);

    /// <summary>Handles what comes in asynchronously, on the pipeline thread; a failure becomes one error record.</summary>
    /// <returns>Whether everything came in.</returns>
    protected bool Each<T>(string what, IAsyncEnumerable<T> source, Action<T> action) => Try(what, null, () =>
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(action);
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
                Await(DisposeAsync(items));
            }
        }
    });

    /// <summary>Does something for one item; a failure becomes one error record and the pipeline goes on.</summary>
    /// <returns>Whether it went well; a failure that is accepted counts as well.</returns>
    protected bool Try(string what, object? target, Action action, Func<ApiGatewayException, bool>? accept = null)
    {
        ArgumentNullException.ThrowIfNull(action);
        try
        {
            action();
            return true;
        }
        catch (ApiGatewayException) when (StopToken.IsCancellationRequested)
        {
            // Nobody sees an error any more. What is known of the call is told with what else was under way.
            throw new OperationCanceledException(StopToken);
        }
        catch (ApiGatewayException failure) when (accept?.Invoke(failure) is true)
        {
            WriteVerbose($"{what}: {failure.Message}");
            return true;
        }
        catch (ApiGatewayException failure)
        {
            _hadNoError = false;
            if (ErrorTable.EndsCommand(failure.Kind) && !AsksSeveralPlaces)
            {
                End(failure, what, target);
            }
            else
            {
                WriteError(ErrorTable.ToRecord(failure, what, target));
            }

            return false;
        }
    }

    /// <summary>Reports bad input for one item, in its turn: what is wrong and what to do.</summary>
    protected void WriteFault(string errorId, string message, object? target, ErrorCategory category = ErrorCategory.InvalidArgument)
    {
        DrainInTurn();
        WriteError(new ErrorRecord(new ArgumentException(PlainText.Escape(Show.Message(message))), errorId, category, target));
    }

    /// <summary>Ends the command for bad input: what is wrong and what to do.</summary>
    protected void ThrowFault(string errorId, string message, object? target)
    {
        DrainInTurn();
        ThrowTerminatingError(new ErrorRecord(new ArgumentException(PlainText.Escape(Show.Message(message))), errorId, ErrorCategory.InvalidArgument, target));
    }

    /// <summary>Emits a key, as a list when the caller asked for just one, by place when several places were asked.</summary>
    protected void WriteKey(ApiKeyInfo key)
    {
        PSObject output = new(key);
        if (AsksSeveralPlaces)
        {
            output.TypeNames.Insert(0, "ApiKey.Model.ApiKeyInfo#Place");
        }
        else if (AsksForOne && !MyInvocation.ExpectingInput)
        {
            output.TypeNames.Insert(0, "ApiKey.Model.ApiKeyInfo#One");
        }

        WriteObject(output);
    }

    /// <summary>Waits for every call in flight and writes what came of it.</summary>
    private protected void Drain() => Calls.FinishAll();

    // What comes before an error in the input comes before it in the output, too.
    private void DrainInTurn()
    {
        if (!Calls.IsFinishing)
        {
            Drain();
        }
    }

    private static async Task<bool> DisposeAsync(IAsyncDisposable items)
    {
        await items.DisposeAsync();
        return true;
    }

    private static bool IsAccepted(Task call, Func<ApiGatewayException, bool>? accept) =>
        accept is not null && call.Exception?.InnerException is ApiGatewayException failure && accept(failure);

    private void WaitFor(Task call)
    {
        while (!call.IsCompleted && Task.WaitAny([call], (int)ProgressMeter.Interval.TotalMilliseconds, StopToken) < 0)
        {
            Progress.Show();
        }
    }

    private void RunStoppable(Action action)
    {
        try
        {
            action();
        }
        catch (OperationCanceledException) when (StopToken.IsCancellationRequested)
        {
            TellUntaken();
            throw new PipelineStoppedException();
        }
        catch
        {
            TellUntaken();
            throw;
        }
    }

    // No further item can go well. What is under way ends and is written; then the error that ends the command says what was not done.
    private void End(ApiGatewayException failure, string what, object? target)
    {
        _notDone.Add(what);
        if (_isEnding)
        {
            return;
        }

        _isEnding = true;
        Calls.FinishAll();
        string? more = TellNotBegun();
        ErrorRecord record = ErrorTable.ToRecord(failure, what, target);
        if (MyInvocation.ExpectingInput || _done > 0 || _notDone.Count > 1)
        {
            string others = _notDone.Count == 1 ? "" : $", what was under way beside it ({string.Join("; ", _notDone.Skip(1))})";
            more = $"The command ends here. {(_done == 1 ? "1 item was" : $"{_done} items were")} done. Not done: this one{others}, and everything after it.{(more is null ? "" : $" {more}")}";
        }

        record.ErrorDetails = new ErrorDetails(more is null ? record.ToString() : $"{record} {Show.Message(more)}");
        ThrowTerminatingError(record);
    }

    // The command ends before everything under way was written: what came of it is told.
    private void TellUntaken()
    {
        (IReadOnlyList<QueuedCall> left, int interrupted) = Calls.Abandon();
        _untaken.Settle(left, interrupted, Host.UI.WriteWarningLine, StopToken);
        bool isStopped = StopToken.IsCancellationRequested;
        _stop.Cancel();
        if (_untaken.Take(WayOut) is not { } told)
        {
            return;
        }

        if (isStopped)
        {
            // A stopped command may write to no stream any more.
            Host.UI.WriteWarningLine(told);
        }
        else
        {
            // Its lines are ours, and what is in them is safe already.
            ((Cmdlet)this).WriteWarning(told);
        }
    }
}
