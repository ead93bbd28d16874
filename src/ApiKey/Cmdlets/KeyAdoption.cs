using System.Management.Automation;
using ApiKey.Binding;
using ApiKey.DesiredState;
using ApiKey.Keys;
using ApiKey.Model;

namespace ApiKey.Cmdlets;

/// <summary>Brings existing keys in by id, and adds their entries to a desired state file, if there is to be one.</summary>
/// <param name="command">The command.</param>
/// <param name="calls">Its calls.</param>
internal sealed class KeyAdoption(ChangingCmdlet command, CommandCalls calls)
{
    private string? _path;
    private DesiredStateEdit? _edit;

    /// <summary>Opens the desired state file.</summary>
    /// <param name="path">The file; null for none.</param>
    public void Open(string? path)
    {
        if (path is not null)
        {
            _path = command.GetUnresolvedProviderPathFromPSPath(path);
            command.TryFile(_path, () => _edit = DesiredStateEdit.Open(_path, PowerShellData.Syntax));
        }
    }

    /// <summary>Reads a key; nothing when the file could not be opened, which was an error.</summary>
    public void Import(ApiKeyIdentity identity)
    {
        if (_path is not null && _edit is null)
        {
            return;
        }

        if (identity.Key is null && File.Exists(command.GetUnresolvedProviderPathFromPSPath(identity.Id)))
        {
            command.WriteProblem("FileGivenAsId",
                $"'{identity.Id}' is a file, and -Id accepts the ids of keys. To create keys from it, use Import-ApiGatewayApiKey "
                + $"-Path '{identity.Id}'.", identity.Id);
            return;
        }

        ApiKeyOperations operations = command.Operations(identity);
        calls.Start($"Importing API key '{identity}'", identity.Target,
            () => operations.GetAsync(identity.Id, includeValue: true, calls.StopToken), Add);
    }

    /// <summary>Writes the desired state file.</summary>
    public void Save()
    {
        if (_edit is not null)
        {
            command.TryFile(_path!, _edit.Save);
        }
    }

    private void Add(ApiKeyInfo key)
    {
        if (_edit is not null && command.MayProceed("Add", $"API key '{key}' to {_path}") && !_edit.Add(key))
        {
            command.WriteProblem("AlreadyInDesiredState", $"API key '{key}' is in {_path} already. Nothing was added for it.", key,
                ErrorCategory.ResourceExists);
        }

        command.WriteKey(key);
    }
}
