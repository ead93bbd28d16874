using System.Management.Automation;
using ApiKey.Binding;
using ApiKey.Model;
using ApiKey.Service;
using ApiKey.Session;
using ApiKey.Tags;
using ApiKey.Traffic;

namespace ApiKey.Commands;

/// <summary>
/// The root of every command that calls the service: the connection, cancellation, calls in flight with results in input
/// order, and the translation of failures. Leaves override <see cref="Execute"/>. <see cref="ApiKeyCommand"/> adds the one
/// region and profile that most commands work in.
/// </summary>
public abstract class ServiceCommand : PSCmdlet, IDisposable
{
    /// <summary>Calls in flight when nothing is said.</summary>
    protected const int DefaultThrottleLimit = 8;

    // Results that came early wait for those before them. So many may, for each call in flight: one slow call does not stop the rest.
    private const int WaitingResults = 64;

    private readonly CancellationTokenSource _stop = new();
    private readonly Dictionary<(ApiGatewayConnection Basis, ConnectionChoice Choice), ServiceOperations> _operations = [];
    private readonly List<Task> _running = [];
    private readonly Queue<PendingCall> _inFlight = new();
    private readonly CallTally _tally = new();
    private ProgressMeter? _progress;

    /// <summary>The connection to use instead of the session's: what Connect-ApiGateway -PassThru emits.</summary>
    [Parameter]
    [ValidateNotNull]
    public ApiGatewayConnection? Connection { get; set; }

    /// <summary>Another endpoint than AWS's own.</summary>
    [Parameter]
    [ValidateNotNull]
    public Uri? EndpointUrl { get; set; }

    /// <summary>How many calls may be in flight at once.</summary>
    protected virtual int MaxInFlight => DefaultThrottleLimit;

    /// <summary>Cancelled when the user presses Ctrl+C or the pipeline ends early.</summary>
    protected CancellationToken StopToken => _stop.Token;

    /// <summary>Whether every item went well so far.</summary>
    private protected bool HadNoError { get; private set; } = true;

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
    protected sealed override void ProcessRecord() => RunStoppable(Execute);

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

    /// <summary>Ends what is still running: the pipeline is over, and nobody would see its results.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
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
            if (Try($"Connecting to API Gateway{where}", connection, () => operations = ServicePool.Operate(connection, _tally)))
            {
                _operations.Add((basis, choice), operations!);
            }
        }

        return operations;
    }

    /// <summary>Waits for a call on the pipeline thread.</summary>
    protected T Await<T>(Task<T> call)
    {
        ArgumentNullException.ThrowIfNull(call);
        while (!call.IsCompleted && Task.WaitAny([call], (int)ProgressMeter.Interval.TotalMilliseconds, StopToken) < 0)
        {
            Progress.Show();
        }

        return call.GetAwaiter().GetResult();
    }

    /// <summary>
    /// Starts a call, and writes what came of earlier ones, in input order. Waits first when <see cref="MaxInFlight"/> calls
    /// are under way.
    /// </summary>
    /// <param name="what">What is being done, as an error says it: <c>Creating API key 'a'</c>.</param>
    /// <param name="target">The user's object, the target of an error.</param>
    /// <param name="call">Starts the call.</param>
    /// <param name="finish">Writes its result, on the pipeline thread.</param>
    /// <param name="accept">Takes a failure for a success; null for none.</param>
    /// <param name="items">How many items the call is about, for progress.</param>
    protected void Start<T>(string what, object? target, Func<Task<T>> call, Action<T> finish, Func<ApiGatewayException, bool>? accept = null, int items = 1)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(finish);
        while (_inFlight.Count >= MaxInFlight * WaitingResults)
        {
            _inFlight.Dequeue().Finish();
        }

        while (_running.RemoveAll(one => one.IsCompleted) == 0 && _running.Count >= MaxInFlight)
        {
            _ = Await(Task.WhenAny(_running));
        }

        Task<T> started = call();
        _running.Add(started);
        _inFlight.Enqueue(new PendingCall(started, () =>
        {
            Try(what, target, () => finish(Await(started)), accept);
            Progress.Count(items);
        }));
        while (_inFlight.TryPeek(out PendingCall? oldest) && oldest.Call.IsCompleted)
        {
            _inFlight.Dequeue().Finish();
        }
    }

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
        catch (ApiGatewayException failure) when (accept?.Invoke(failure) is true)
        {
            WriteVerbose($"{what}: {failure.Message}");
            return true;
        }
        catch (ApiGatewayException failure)
        {
            ErrorRecord record = ErrorTable.ToRecord(failure, what, target);
            if (ErrorTable.EndsCommand(failure.Kind) && !AsksSeveralPlaces)
            {
                ThrowTerminatingError(record);
            }

            HadNoError = false;
            WriteError(record);
            return false;
        }
    }

    /// <summary>Reports bad input for one item: what is wrong and what to do.</summary>
    protected void WriteFault(string errorId, string message, object? target, ErrorCategory category = ErrorCategory.InvalidArgument) =>
        WriteError(new ErrorRecord(new ArgumentException(message), errorId, category, target));

    /// <summary>Ends the command for bad input: what is wrong and what to do.</summary>
    protected void ThrowFault(string errorId, string message, object? target) =>
        ThrowTerminatingError(new ErrorRecord(new ArgumentException(message), errorId, ErrorCategory.InvalidArgument, target));

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
    private protected void Drain()
    {
        while (_inFlight.TryDequeue(out PendingCall? call))
        {
            call.Finish();
        }
    }

    private static async Task<bool> DisposeAsync(IAsyncDisposable items)
    {
        await items.DisposeAsync();
        return true;
    }

    private void RunStoppable(Action action)
    {
        try
        {
            action();
        }
        catch (OperationCanceledException) when (StopToken.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }

    private sealed record PendingCall(Task Call, Action Finish);
}
