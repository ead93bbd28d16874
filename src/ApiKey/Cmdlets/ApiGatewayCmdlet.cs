using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using ApiKey.Binding;
using ApiKey.Completion;
using ApiKey.Keys;
using ApiKey.Model;
using ApiKey.Plans;
using ApiKey.Service;
using ApiKey.Session;
using ApiKey.Tags;
using ApiKey.Text;

namespace ApiKey.Cmdlets;

/// <summary>
/// A command that calls the service: over which connection, in which region, with which profile; pipeline records one by one; and
/// how problems and keys are written. What becomes of calls is with <see cref="CommandCalls"/>. Leaves override <see cref="Execute"/>.
/// </summary>
public abstract class ApiGatewayCmdlet : ModuleCmdlet, IDisposable
{
    /// <summary>Calls in flight of a command that works on a whole set, where no meaning of the pipeline depends on it.</summary>
    protected const int WholeSetWindow = 8;

    private readonly Dictionary<(ApiGatewayConnection Basis, ConnectionChoice Choice), ServiceOperations?> _operations = [];
    private IReadOnlyList<ConnectionChoice>? _places;

    /// <summary>A command.</summary>
    protected ApiGatewayCmdlet() => Calls = new CommandCalls(this);

    /// <summary>The region to use instead of the connection's.</summary>
    [Parameter]
    [Given]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public string? Region { get; set; }

    /// <summary>The profile to take credentials from, and the region when none is given.</summary>
    [Parameter]
    [Given]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    public string? ProfileName { get; set; }

    /// <summary>The connection to use instead of the session's: what Connect-ApiGateway -PassThru emits.</summary>
    [Parameter]
    [TransformConnection, ArgumentCompleter(typeof(NothingCompleter))]
    public ApiGatewayConnection? Connection { get; set; }

    /// <summary>Another endpoint than AWS's own.</summary>
    [Parameter]
    [Given]
    [ArgumentCompleter(typeof(EmulatorUriCompleter))]
    public Uri? EndpointUrl { get; set; }

    /// <summary>How many calls may be in flight at once.</summary>
    internal virtual int MaxInFlight => WholeSetWindow;

    /// <summary>Whether several regions or accounts are read: then one that cannot be reached is one error, and keys are shown by
    /// place.</summary>
    internal bool ReadsSeveralPlaces => Places.Count > 1;

    /// <summary>
    /// Whether calls may still be in flight when the next record is taken from the pipeline. Otherwise every result is written
    /// before that, so that -PipelineVariable, -ErrorAction Stop and Select-Object mean what they mean everywhere.
    /// </summary>
    private protected virtual bool SpansRecords => false;

    /// <summary>Whether the caller wants just one key, on the command line: then it is shown as a list, not as a table row.</summary>
    private protected virtual bool WantsOneKey => false;

    /// <summary>The command's calls.</summary>
    internal CommandCalls Calls { get; }

    /// <summary>Cancelled when the user presses Ctrl+C or the pipeline ends early.</summary>
    private protected CancellationToken StopToken => Calls.StopToken;

    /// <summary>How far the command is, shown after a second.</summary>
    private protected ProgressMeter Progress => Calls.Progress;

    /// <summary>Whether every item went well so far.</summary>
    internal bool HadNoError => Calls.HadNoFailure && UsedEveryRecord;

    /// <summary>The tag policy of the connection that keys without one of their own are reached through.</summary>
    internal TagPolicy SessionPolicy => SessionConnection.ResolveTagPolicy(Places[0].BasisOf(origin: null));

    /// <summary>The places that the command line names: just one, except where it accepts several.</summary>
    internal IReadOnlyList<ConnectionChoice> Places => _places ??= ReadPlaces();

    /// <summary>The connection in force when nothing was piped.</summary>
    private protected ApiGatewayConnection Here => Places[0].Over(Places[0].BasisOf(origin: null));

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Emits what will not be begun, because an error ends the command; for commands that know it.</summary>
    /// <returns>What else that error should say; null for nothing.</returns>
    internal virtual string? ReportNotBegun() => null;

    /// <summary>What a person can do about things that were made and reached nobody; null for nothing.</summary>
    /// <param name="ids">Their ids.</param>
    internal virtual string? RemedyFor(IReadOnlyList<string> ids) => null;

    /// <inheritdoc/>
    protected sealed override void ProcessRecord() => Calls.Run(() => HandleRecord(() =>
    {
        Execute();
        if (!SpansRecords)
        {
            Calls.Drain();
        }
    }));

    /// <inheritdoc/>
    protected sealed override void EndProcessing()
    {
        Calls.Run(() =>
        {
            Calls.Drain();
            Finish();
            Calls.Drain();
        });
        Progress.Complete();
        if (Calls.Tally.Calls > 0)
        {
            WriteVerbose(Calls.Tally.ToString());
        }
    }

    /// <inheritdoc/>
    protected sealed override void StopProcessing() => Calls.Stop();

    /// <summary>Handles one pipeline record.</summary>
    protected abstract void Execute();

    /// <summary>What is left to do when the pipeline is over and every call has come back. Calls it starts are waited for.</summary>
    protected virtual void Finish()
    {
    }

    /// <summary>Ends what is still running: the pipeline is over, and nobody would see its results. What they were is reported.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            Calls.Dispose();
        }
    }

    /// <summary>Reads the places from the command line.</summary>
    private protected virtual IReadOnlyList<ConnectionChoice> ReadPlaces()
        => [new ConnectionChoice(Connection, Region, ProfileName, EndpointUrl)];

    /// <summary>The operations on keys where a key came from. What the command line names beats that, part by part.</summary>
    internal ApiKeyOperations Operations(ApiKeyIdentity? identity = null) => OperationsAt(identity?.Connection).Keys;

    /// <summary>The operations on usage plans over the same connection.</summary>
    /// <param name="origin">The connection a piped object came from; null for none.</param>
    private protected UsagePlanOperations PlanOperations(ApiGatewayConnection? origin = null) => OperationsAt(origin).Plans;

    /// <summary>The operations over the connection in force.</summary>
    /// <param name="origin">The connection a piped object came from; null for none.</param>
    internal ServiceOperations OperationsAt(ApiGatewayConnection? origin) => Open(Places[0], origin, isNeeded: true)!;

    /// <summary>The operations over the connection in force; null when there is no way there, which is an error then.</summary>
    /// <param name="choice">The place.</param>
    /// <param name="origin">The connection a piped object came from; null for none.</param>
    /// <param name="isNeeded">Whether that error ends the command.</param>
    internal ServiceOperations? Open(ConnectionChoice choice, ApiGatewayConnection? origin, bool isNeeded = false)
    {
        ApiGatewayConnection basis = choice.BasisOf(origin);
        if (!_operations.TryGetValue((basis, choice), out ServiceOperations? operations) || (isNeeded && operations is null))
        {
            ApiGatewayConnection connection = choice.Over(basis);
            if (ConnectionRules.ProblemsOf(connection) is [string problem, ..])
            {
                ThrowProblem("InvalidConnection", problem, connection);
            }

            string where = ReadsSeveralPlaces ? $" {choice}" : "";
            Calls.Try($"Connecting to API Gateway{where}", connection, () => operations = ServicePool.Operate(connection, Calls.Tally),
                isNeeded: isNeeded);
            if (operations is not null && RegionCheck.WarningOf(connection, operations.Keys.Region) is { } warning)
            {
                WriteWarning(warning);
            }

            if (operations is not null || ReadsSeveralPlaces)
            {
                // One of several places that cannot be reached is one error, not one for every item.
                _operations[(basis, choice)] = operations;
            }
        }

        return operations;
    }

    /// <summary>Refuses a key and a plan that come from different places, before any call.</summary>
    /// <returns>Whether they were refused.</returns>
    private protected bool RefuseElsewhere(ApiKeyIdentity key, UsagePlanIdentity plan)
        => Refuse(PlaceCheck.ProblemOf(Places[0], key, plan), key.Target);

    /// <summary>What is wrong with a plan for a key that is to be made; null for nothing.</summary>
    /// <param name="item">The key, with a verb: <c>API key 'a' would be created</c>.</param>
    /// <param name="plan">The plan.</param>
    private protected (string ErrorId, string Message)? FindProblem(string item, UsagePlanIdentity plan) => plan.Connection is { } other
        ? PlaceCheck.ProblemOf(item, Here with { Region = Operations().Region }, plan, other) : null;

    /// <summary>The plan that is meant: a name is looked up, what may be an id costs no call.</summary>
    /// <param name="what">What is being done, as an error says it.</param>
    /// <param name="given">The plan as it was given.</param>
    /// <param name="operations">Where to look.</param>
    /// <param name="accept">Whether a failure counts as a success; null for never.</param>
    /// <returns>The plan; null when there is none, which is an error unless it is accepted.</returns>
    private protected UsagePlanIdentity? FindPlan(string what, UsagePlanIdentity given, UsagePlanOperations operations,
        Func<ApiGatewayException, bool>? accept = null)
    {
        if (operations.Names.MayBeId(given))
        {
            return given;
        }

        UsagePlanIdentity? found = null;
        Calls.Try($"{what} usage plan '{given}'", given.Target, () => found = Calls.Await(operations.Names.FindAsync(given, StopToken)),
            accept);
        return found;
    }

    /// <summary>Reports a problem, if there is one.</summary>
    /// <returns>Whether there is.</returns>
    private protected bool Refuse((string ErrorId, string Message)? problem, object? target)
    {
        if (problem is (string errorId, string message))
        {
            WriteProblem(errorId, message, target);
        }

        return problem is not null;
    }

    /// <summary>Reports bad input for one item, in its turn: what is wrong and what to do.</summary>
    internal void WriteProblem(string errorId, string message, object? target,
        ErrorCategory category = ErrorCategory.InvalidArgument)
    {
        Calls.DrainInTurn();
        WriteError(RecordOf(errorId, message, target, category));
    }

    /// <summary>The same in several lines.</summary>
    internal void WriteProblem(string errorId, IReadOnlyList<string> lines, object? target, ErrorCategory category)
    {
        Calls.DrainInTurn();
        WriteError(new ErrorRecord(new ProblemOfLines(lines), errorId, category, target));
    }

    /// <summary>Ends the command for bad input: what is wrong and what to do.</summary>
    [DoesNotReturn]
    internal void ThrowProblem(string errorId, string message, object? target)
    {
        Calls.DrainInTurn();
        ThrowTerminatingError(RecordOf(errorId, message, target, ErrorCategory.InvalidArgument));
        throw new PipelineStoppedException();
    }

    /// <summary>Reports the names that nothing listed has.</summary>
    /// <param name="errorId">The id of the errors.</param>
    /// <param name="what">What was looked for, for example <c>usage plan</c>.</param>
    /// <param name="names">What was looked for by.</param>
    /// <param name="where">Where it is not, for example <c>us-east-1</c>.</param>
    /// <param name="otherwise">How else to find it, after a comma; empty for nothing.</param>
    private protected void WriteMissingNames(string errorId, string what, NameFilter names, string where, string otherwise = "")
    {
        foreach (string missing in names.UnmatchedLiterals)
        {
            WriteProblem(errorId, $"There is no {what} named {Show.Quote(missing)} in {where}. Names are case-sensitive; use wildcards "
                + $"(for example '{Show.Plain(missing)}*') to search{otherwise}.", Show.Target(missing), ErrorCategory.ObjectNotFound);
        }
    }

    /// <summary>Emits a key, as a list when the caller wants just one, by place when several places are read.</summary>
    internal void WriteKey(ApiKeyInfo key)
    {
        PSObject output = new(key);
        if (ReadsSeveralPlaces)
        {
            output.TypeNames.Insert(0, "ApiKey.Model.ApiKeyInfo#Place");
        }
        else if (WantsOneKey && !MyInvocation.ExpectingInput)
        {
            output.TypeNames.Insert(0, "ApiKey.Model.ApiKeyInfo#One");
        }

        WriteObject(output);
    }

    private static ErrorRecord RecordOf(string errorId, string message, object? target, ErrorCategory category) =>
        new(new ArgumentException(Show.Escape(Show.Message(message))), errorId, category, target);

    private sealed class ProblemOfLines(IEnumerable<string> lines) : ArgumentException(Show.Lines(lines)), IHasOwnLines;
}
