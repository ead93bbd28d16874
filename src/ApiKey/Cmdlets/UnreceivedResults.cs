using ApiKey.Calls;
using ApiKey.Service;
using ApiKey.Text;

namespace ApiKey.Cmdlets;

/// <summary>
/// What a command did that nobody received, because it ended before everything under way was written: downstream takes no more,
/// an error ended it, or the user stopped it. Never holds a value.
/// </summary>
internal sealed class UnreceivedResults
{
    // How long a stopped command waits for the answers to changes that were sent: then it says that it does not know.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ShortWait = TimeSpan.FromSeconds(1);

    private readonly List<Untaken> _all = [];

    /// <summary>What is known of a call that changes something.</summary>
    /// <returns>Null when it was not even sent.</returns>
    public static Untaken? Describe<T>(string what, object? target, Task<T> call, Func<T, Untaken?> ofResult) => call switch
    {
        { IsCompletedSuccessfully: true } => ofResult(call.Result),
        { IsCanceled: true } => null,
        { Exception.InnerException: ApiGatewayException failure } => OfFailure(what, target, failure),
        _ => new Untaken($"{what}: no answer has come yet. The change may or may not have been made: look before you repeat it."),
    };

    /// <summary>What a failure says.</summary>
    /// <returns>Null when nothing was sent.</returns>
    public static Untaken? OfFailure(string what, object? target, ApiGatewayException failure)
    {
        bool isInDoubt = failure
            is { MayHaveHappened: true, Kind: not (ApiGatewayErrorKind.TimedOut or ApiGatewayErrorKind.OutcomeUnknown) };
        string doubt = isInDoubt ? " The change may or may not have been made: look before you repeat it." : "";
        return failure.WasNotSent ? null : new Untaken($"{ErrorTable.ToRecord(failure, what, target)}{doubt}");
    }

    /// <summary>Adds a sentence.</summary>
    public void Add(string text) => _all.Add(new Untaken(text));

    /// <summary>
    /// Adds what came of abandoned calls. Those that change something are waited for: to their end when the pipeline just took
    /// no more, for seconds when the user stopped the command. Those that read are not.
    /// </summary>
    /// <param name="calls">The calls.</param>
    /// <param name="interrupted">How many of them, the first, were being written. That has reached the next command, unless the writing was
    /// stopped.</param>
    /// <param name="say">Tells the user why nothing seems to happen.</param>
    /// <param name="stop">Cancelled when the user stops the command.</param>
    public void Settle(IReadOnlyList<QueuedCall> calls, int interrupted, Action<string> say, CancellationToken stop)
    {
        QueuedCall[] changes = [.. calls.Where(call => call.Untaken is not null)];
        Task all = Task.WhenAll(changes.Select(call => call.Call));
        WaitUntilStopped(all, stop);
        if (Task.WaitAny([all], ShortWait) < 0)
        {
            int open = changes.Count(call => !call.Call.IsCompleted);
            say($"{(open == 1 ? "1 change was" : $"{open} changes were")} already sent. Waiting up to {Timeout.TotalSeconds:0} seconds for "
                + $"the {(open == 1 ? "answer" : "answers")} …");
            Task.WaitAny([all], Timeout);
        }

        IEnumerable<QueuedCall> unwritten = stop.IsCancellationRequested ? calls : calls.Skip(interrupted);
        _all.AddRange(unwritten.Select(call => call.Untaken?.Invoke()).OfType<Untaken>());
    }

    /// <summary>Everything added since the last time, as one text; null for nothing.</summary>
    /// <param name="remedy">What a person can do about things with these ids; null for nothing.</param>
    public string? Flush(Func<IReadOnlyList<string>, string?> remedy)
    {
        if (_all.Count == 0)
        {
            return null;
        }

        string[] ids = [.. _all.Select(one => one.Id).OfType<string>()];
        string?[] lines =
        [
            "The command ended early. Its output does not say this:",
            .. _all.Select(one => $"  {Show.Escape(one.Text)}"),
            ids.Length == 0 ? null : remedy(ids),
        ];
        _all.Clear();
        return Show.Message(string.Join(Environment.NewLine, lines.OfType<string>()));
    }

    private static void WaitUntilStopped(Task call, CancellationToken stop)
    {
        try
        {
            Task.WaitAny([call], stop);
        }
        catch (OperationCanceledException)
        {
            // Stopped: then the wait is a short one.
        }
    }
}
