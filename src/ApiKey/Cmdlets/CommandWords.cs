using System.Management.Automation;
using ApiKey.Binding;
using ApiKey.DesiredState;
using ApiKey.Keys;
using ApiKey.Service;
using ApiKey.Text;

namespace ApiKey.Cmdlets;

/// <summary>The one table from what Core's texts advise to the commands and parameters that a user types.</summary>
internal sealed class CommandWords : Words
{
    /// <inheritdoc/>
    public override string Setting(string name, string? value = null)
    {
        string parameter = name switch
        {
            nameof(PlanRules.PruneTags) => "-PruneTag",
            nameof(ApiKeyChange.RemoveTags) => "-RemoveTag",
            nameof(PlanRules.AllowEmptyScope) or "Overwrite" => "-Force",
            nameof(ApiGatewayConnection.IsEmulator) => "-Emulator",
            _ => $"-{name}",
        };
        return value is null ? parameter : $"{parameter} {value}";
    }

    /// <inheritdoc/>
    public override string Command(Act act, string? id = null, string? name = null) => act switch
    {
        Act.ShowKeys => Named("Get-ApiGatewayApiKey", name),
        Act.ShowNamesakes => "Get-ApiGatewayApiKey | Group-Object Name -CaseSensitive | Where-Object Count -gt 1",
        Act.ChangeKey => OfKey("Set-ApiGatewayApiKey", id, name),
        Act.RemoveKeys => "Remove-ApiGatewayApiKey",
        Act.RotateKey => OfKey("Invoke-ApiGatewayApiKeyRotation", id, name),
        Act.ShowUsage => "Get-ApiGatewayApiKeyUsage",
        Act.ShowPlans => Named("Get-ApiGatewayUsagePlan", name),
        Act.ShowPlansOfKey => $"Get-ApiGatewayUsagePlan -ApiKeyId {TypedId.Of(id)}",
        Act.NamePlan => $"Set-ApiGatewayUsagePlan {TypedId.Of(id)} -Name",
        Act.JoinPlan => "Add-ApiGatewayUsagePlanKey",
        Act.LeavePlan => $"Remove-ApiGatewayUsagePlanKey -UsagePlanId {TypedId.Of(name)} -Id {TypedId.Of(id)}",
        Act.Connect => "Connect-ApiGateway",
        Act.PlanState => "Compare-ApiGatewayApiKey",
        Act.ApplyState => "Sync-ApiGatewayApiKey",
        Act.ConvertCsv => "in PowerShell: Import-Csv -Delimiter and Export-Csv",
        _ => throw new ArgumentOutOfRangeException(nameof(act), act, "An act without a row in the table."),
    };

    private static string Named(string command, string? name) => name is null ? command : $"{command} -Name {Show.Quote(name)}";

    // The id of a key from before 2016 is its value, which is in no message: such a key is got by its name.
    private static string OfKey(string command, string? id, string? name) =>
        id is null ? command
        : string.Equals(Show.Plain(id), id, StringComparison.Ordinal) ? $"{command} -Id {TypedId.Of(id)}"
        : name is null ? $"{command}, the key piped into it"
        : $"{Named("Get-ApiGatewayApiKey", name)} | {command}";
}

/// <summary>Gives Core the module's words when PowerShell loads the module.</summary>
public sealed class ModuleStart : IModuleAssemblyInitializer
{
    /// <inheritdoc/>
    public void OnImport() => Words.Typed = new CommandWords();
}
