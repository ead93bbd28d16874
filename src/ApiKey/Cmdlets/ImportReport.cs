using System.Management.Automation;
using ApiKey.Calls;
using ApiKey.Formats;
using ApiKey.Import;
using ApiKey.Model;

namespace ApiKey.Cmdlets;

/// <summary>What a command makes of an import of files, step by step: questions, calls, keys, warnings and errors. Their texts are
/// <see cref="ImportTexts"/>.</summary>
/// <param name="command">The command.</param>
/// <param name="calls">Its calls.</param>
/// <param name="region">Where the keys are to be.</param>
internal sealed class ImportReport(ChangingCmdlet command, CommandCalls calls, string region)
{
    // Of the file that the steps are about.
    private KeyFile _file = null!;
    private int _accepted;
    private int _emitted;

    /// <summary>Goes through an import.</summary>
    public void Follow(IAsyncEnumerable<ImportStep> steps)
    {
        try
        {
            calls.Each("Finding the account", steps, Report);
        }
        catch
        {
            AddUnreceived();
            throw;
        }
    }

    private void Report(ImportStep step)
    {
        switch (step)
        {
            case ImportStep.FileFailed(var path, var failure):
                command.TryFile(path, () => throw failure);
                AddUnreceived();
                break;
            case ImportStep.PlanElsewhere(var plan, (var errorId, var message)):
                command.WriteProblem(errorId, message, plan.Target);
                break;
            case ImportStep.OfFile(var file):
                (_file, _accepted, _emitted) = (file, 0, 0);
                break;
            case ImportStep.AlreadyImported(var date):
                command.WriteProblem("AlreadyImported", ImportTexts.AlreadyImported(_file, region, date), _file.Path,
                    ErrorCategory.ResourceExists);
                break;
            case ImportStep.Ask(var answer):
                answer(Ask(ImportTexts.Keys(_file, region)));
                break;
            case ImportStep.Begin(var phase, var total):
                calls.Drain();
                calls.Progress.Begin(ImportTexts.Step(phase, _file), total);
                break;
            case ImportStep.Found(var count):
                calls.Progress.Count(count);
                break;
            case ImportStep.Failed(var phase, var failure):
                calls.Try(ImportTexts.Doing(phase), phase is ImportPhase.Plans or ImportPhase.Membership ? _file.Path : null,
                    () => throw failure);
                break;
            case ImportStep.Send send:
                Send(send, ImportTexts.Lines(send.Batch, _file));
                break;
            case ImportStep.Complete(var row, var call):
                calls.Start($"Completing {row}", row.Spec.Name, call, Emit, untaken: _ => null);
                break;
            case ImportStep.Planned(var row, var key):
                command.MayProceed(key is null ? "Create" : $"Overwrite API key '{key}' with", $"{row} in {region}");
                break;
            case ImportStep.NotImported or ImportStep.NotInPlan:
                (string id, string text, object target) = ImportTexts.Problem(step, _file);
                command.WriteProblem(id, text, target, ErrorCategory.InvalidResult);
                break;
            default:
                command.WriteWarning(ImportTexts.Warning(step, _file));
                break;
        }
    }

    private ImportConsent Ask(string item) =>
        command.ShouldProcess($"Import {item}.", $"Import {item}?", "Confirm", out ShouldProcessReason reason) ? ImportConsent.Yes
            : reason == ShouldProcessReason.WhatIf ? ImportConsent.Preview : ImportConsent.No;

    private void Send(ImportStep.Send send, string lines) => calls.Start(
        $"Importing {lines}",
        _file.Path,
        send.Call,
        outcome =>
        {
            send.Accept(outcome);
            if (outcome.Refusal is not null)
            {
                throw ImportTexts.Refusal(outcome);
            }

            _accepted += send.Batch.Count;
            Array.ForEach([.. outcome.Warnings], warning => command.WriteWarning($"{_file.Path}, {warning}"));
        },
        items: send.Batch.Count,
        hasFailed: outcome => outcome.Refusal is not null,
        untaken: outcome => outcome.Refusal is null ? new Untaken($"{lines}: sent and accepted.")
            : UnreceivedResults.OfFailure($"Importing {lines}", _file.Path, ImportTexts.Refusal(outcome)));

    private void Emit(ApiKeyInfo key)
    {
        _emitted++;
        command.WriteKey(key);
    }

    // Keys are made by the batch and emitted at the end: who ends the command before that must hear of them.
    private void AddUnreceived()
    {
        if (_accepted > _emitted)
        {
            calls.AddUnreceived(ImportTexts.Unreceived(_file, _accepted, _emitted));
        }
    }
}
