using System.Management.Automation;
using ApiKey.Formats;
using ApiKey.Model;
using ApiKey.Plans;

namespace ApiKey.Cmdlets;

/// <summary>What a command writes into an export, and what it tells of it. What does not belong into the file ends the command.</summary>
/// <param name="command">The command.</param>
/// <param name="calls">Its calls.</param>
/// <param name="options">How the export is made.</param>
internal sealed class ExportReport(ApiGatewayCmdlet command, CommandCalls calls, KeyExportOptions options) : IDisposable
{
    private KeyExport? _export;

    /// <summary>The file.</summary>
    public string Path => options.Path;

    /// <summary>Whether a file is written: nobody declined, and it could be opened.</summary>
    public bool IsBegun => _export is not null;

    /// <summary>Begins the file, unless something is wrong with what was asked for.</summary>
    public void Begin()
    {
        Refuse(options.FindProblem());
        if (command.ShouldProcess($"Write API keys to {Path}.", $"Write API keys to {Path}?", "Confirm"))
        {
            command.TryFile(Path, () => _export = new KeyExport(options));
        }
    }

    /// <summary>Adds usage plans that belong into the file, whatever keys are in them.</summary>
    public void Write(IReadOnlyList<UsagePlanInfo> plans) => Refuse(_export!.Add(plans));

    /// <summary>Adds a page of keys. After a failure there is no point.</summary>
    public void Write(IReadOnlyList<ApiKeyInfo> keys, PlanMembers? members)
    {
        foreach (ApiKeyInfo key in command.HadNoError ? keys : [])
        {
            Write((key, members?.PlansOf(key.Id)));
        }

        calls.Progress.Count(keys.Count);
    }

    /// <summary>Adds a key, with the usage plans it is in; null where nobody looked.</summary>
    public void Write((ApiKeyInfo Key, IReadOnlyList<UsagePlanInfo>? Plans) one)
    {
        try
        {
            Refuse(_export!.Write(one.Key, one.Plans));
        }
        catch (Exception failure) when (FileErrors.IsOfFile(failure))
        {
            // A full disk: going on would only fail again.
            command.ThrowTerminatingError(FileErrors.NotUsable(Path, failure));
        }
    }

    /// <summary>Gives the file its name, unless something is missing from it.</summary>
    /// <param name="emits">Whether the file is emitted.</param>
    public void Complete(bool emits)
    {
        if (_export is null)
        {
            return;
        }

        if (!command.HadNoError)
        {
            command.WriteProblem("ExportIncomplete", $"{Path} was not written, because not every key could be read. A file that was "
                + "there before is unchanged.", Path, ErrorCategory.InvalidResult);
        }
        else if (_export.FindProblem() is { } problem)
        {
            command.WriteProblem(problem.ErrorId, problem.Message, problem.Target);
        }
        else if (command.TryFile(Path, _export.Complete))
        {
            if (_export.Warning is { } warning)
            {
                command.WriteWarning(warning);
            }

            if (_export.WithoutDefaultTags > 0)
            {
                command.WriteWarning($"{_export.WithoutDefaultTags} of the keys do not have all default tags of this connection. "
                    + "Sync-ApiGatewayApiKey over this connection puts them on, and so does Terraform with the same default tags.");
            }

            if (emits)
            {
                // As Get-Item gives it, so that it is shown as files are.
                command.WriteObject(command.InvokeProvider.Item.Get([.. options.Paths], force: true, literalPath: true),
                    enumerateCollection: true);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _export?.Dispose();

    private void Refuse(ExportProblem? problem)
    {
        if (problem is not null)
        {
            command.ThrowProblem(problem.ErrorId, problem.Message, problem.Target);
        }
    }
}
