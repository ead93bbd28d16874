using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Host;
using ApiKey.Binding;
using ApiKey.Text;

namespace ApiKey.Cmdlets;

/// <summary>
/// The root of every command. Parameters that were given nothing are refused before the command does anything. And what it writes is
/// safe to show: names and answers in an error, a warning or a question are somebody else's text, so each passes through
/// <see cref="Show"/> on its way out. Those methods hide the engine's; no command calls the engine's directly.
/// </summary>
public abstract class ModuleCmdlet : PSCmdlet
{
    private const string NoQuestion = "Use -Confirm:$false to go on without the question, or -WhatIf to see what would be done.";

    private readonly BoundParameters _bound;

    /// <summary>A command.</summary>
    protected ModuleCmdlet() => _bound = new BoundParameters(this);

    /// <summary>Whether every pipeline record could be used. A command that works on a whole set must not take a part for the
    /// whole.</summary>
    internal bool UsedEveryRecord { get; private set; } = true;

    /// <summary>The hashtable that came down the pipeline as a row; null for none.</summary>
    private protected virtual IDictionary? PipedRow => null;

    /// <summary>The rows in it: a document of the AWS CLI has several.</summary>
    /// <exception cref="RowException">The document is not one of what the command makes.</exception>
    private protected virtual IReadOnlyList<IDictionary> RowsOf(IDictionary piped) => [piped];

    /// <inheritdoc/>
    protected sealed override void BeginProcessing()
    {
        if (_bound.CheckCommandLine() is { } problem)
        {
            ThrowTerminatingError(problem);
        }

        Begin();
        foreach (string warning in _bound.Warnings())
        {
            WriteWarning(warning);
        }
    }

    /// <summary>What there is to do before the first pipeline record.</summary>
    protected virtual void Begin()
    {
    }

    /// <summary>Handles a pipeline record, unless it gives nothing where it must give something.</summary>
    private protected void HandleRecord(Action action)
    {
        if (PipedRow is not { } piped)
        {
            Use(row: null, action);
            return;
        }

        IReadOnlyList<IDictionary> rows;
        try
        {
            rows = RowsOf(piped);
        }
        catch (RowException problem)
        {
            UsedEveryRecord = false;
            WriteError(BoundParameters.InvalidRow(problem, piped));
            return;
        }

        foreach (IDictionary row in rows)
        {
            Use(row, action);
        }
    }

    private void Use(IDictionary? row, Action action)
    {
        if (_bound.UseRecord(row, action) is { } problem)
        {
            UsedEveryRecord = false;
            WriteError(problem);
        }
    }

    /// <summary>Writes an error.</summary>
    public new void WriteError(ErrorRecord errorRecord)
    {
        ErrorRecord plain = Plain(errorRecord);
        Emit(() => base.WriteError(plain), "$ErrorActionPreference or -ErrorAction", unwritten: $"{plain}{Environment.NewLine}");
    }

    /// <summary>Ends the command with an error.</summary>
    public new void ThrowTerminatingError(ErrorRecord errorRecord) => base.ThrowTerminatingError(Plain(errorRecord));

    /// <summary>Writes a warning.</summary>
    public new void WriteWarning(string text) =>
        Emit(() => base.WriteWarning(Show.Escape(text)), "$WarningPreference or -WarningAction");

    /// <summary>Writes a warning of a command that ends anyway. Its lines are ours, and what is in them is safe already.</summary>
    internal void WriteLastWarning(string lines)
    {
        try
        {
            base.WriteWarning(lines);
        }
        catch (Exception failure) when (IsNobodyThere(failure))
        {
            // The warning is out, and there is nothing left to go on with.
        }
    }

    /// <summary>Writes what -Verbose shows, and -Debug as its own.</summary>
    public new void WriteVerbose(string text)
    {
        if (IsSwitchedOn("Debug") && !IsSwitchedOn("Verbose"))
        {
            WriteDebug(text);
        }
        else
        {
            Emit(() => base.WriteVerbose(Show.Escape(text)), "$VerbosePreference");
        }
    }

    /// <summary>Writes what -Debug shows.</summary>
    public new void WriteDebug(string text) => Emit(() => base.WriteDebug(Show.Escape(text)), "$DebugPreference");

    /// <summary>Writes what a person should see and no object says.</summary>
    public void WriteInformation(string text) =>
        Emit(() => base.WriteInformation(new HostInformationMessage { Message = Show.Escape(text) }, ["PSHOST"]),
            "$InformationPreference or -InformationAction");

    /// <summary>Shows progress.</summary>
    public new void WriteProgress(ProgressRecord progressRecord)
    {
        ArgumentNullException.ThrowIfNull(progressRecord);
        progressRecord.StatusDescription = Show.Escape(progressRecord.StatusDescription);
        Emit(() => base.WriteProgress(progressRecord), "$ProgressPreference or -ProgressAction");
    }

    /// <summary>Asks whether to go on, or says what would be done.</summary>
    public new bool ShouldProcess(string verboseDescription, string verboseWarning, string caption) =>
        ShouldProcess(verboseDescription, verboseWarning, caption, out _);

    /// <summary>Asks whether to go on, or says what would be done, and tells why not.</summary>
    public new bool ShouldProcess(string verboseDescription, string verboseWarning, string caption,
        out ShouldProcessReason shouldProcessReason)
    {
        (string description, string warning) = (Show.Escape(verboseDescription), Show.Escape(verboseWarning));
        try
        {
            return base.ShouldProcess(description, warning, caption, out shouldProcessReason);
        }
        catch (Exception failure) when (IsNobodyThere(failure))
        {
            throw NobodyAnswers(failure, NoQuestion);
        }
    }

    /// <summary>Asks a question that -Confirm does not answer.</summary>
    public new bool ShouldContinue(string query, string caption, ref bool yesToAll, ref bool noToAll)
    {
        string question = Show.Escape(query);
        try
        {
            return base.ShouldContinue(question, caption, ref yesToAll, ref noToAll);
        }
        catch (Exception failure) when (IsNobodyThere(failure))
        {
            throw NobodyAnswers(failure, NoQuestion);
        }
    }

    // Where a preference is Inquire, PowerShell asks whether to go on: before it writes an error, and after anything else. Under -Debug it
    // asks after warnings, too.
    private void Emit(Action write, string preference, string unwritten = "")
    {
        try
        {
            write();
        }
        catch (Exception failure) when (IsNobodyThere(failure))
        {
            // The message is out. -Debug asks for no question.
            if (unwritten.Length > 0 || !IsSwitchedOn("Debug"))
            {
                throw NobodyAnswers(failure, $"Set {preference} to Continue instead of Inquire.", unwritten);
            }
        }
    }

    private bool IsSwitchedOn(string name) =>
        MyInvocation.BoundParameters.TryGetValue(name, out object? value) && value is SwitchParameter { IsPresent: true };

    // What hosts throw that cannot ask. Where the input is at its end, as under cron, PowerShell's own fails on a null reference.
    private static bool IsNobodyThere(Exception failure) =>
        failure is PSInvalidOperationException or NullReferenceException or HostException or NotImplementedException;

    private PipelineStoppedException NobodyAnswers(Exception failure, string remedy, string unwritten = "")
    {
        ThrowTerminatingError(new ErrorRecord(
            new NobodyThereException($"{unwritten}Nobody can answer whether to go on: PowerShell is in NonInteractive mode, or its input "
                + $"is at its end. {remedy}", failure),
            "NobodyToAsk", ErrorCategory.InvalidOperation, MyInvocation.InvocationName));
        return new PipelineStoppedException();
    }

    private static ErrorRecord Plain(ErrorRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        string message = record.ErrorDetails?.Message ?? record.Exception.Message;

        string plain = record.Exception is IHasOwnLines ? Show.EscapeLines(message) : Show.Escape(message);
        if (!string.Equals(plain, message, StringComparison.Ordinal))
        {
            record.ErrorDetails = new ErrorDetails(plain) { RecommendedAction = record.ErrorDetails?.RecommendedAction ?? "" };
        }

        // PowerShell shows the target here, whatever it is.
        record.CategoryInfo.TargetName = Show.Escape(record.CategoryInfo.TargetName);
        return record;
    }

    // The error that nobody could be asked about stands on a line of its own.
    private sealed class NobodyThereException(string message, Exception inner) : InvalidOperationException(message, inner), IHasOwnLines;
}
