using System.Management.Automation;
using ApiKey.Binding;
using ApiKey.Calls;
using ApiKey.Cmdlets;
using ApiKey.Completion;
using ApiKey.Keys;
using ApiKey.Model;
using ApiKey.Service;

namespace ApiKey.Commands;

/// <summary>Deletes API keys: one call each. A deleted key cannot be brought back; callers that use it are refused at once.</summary>
[Cmdlet(VerbsCommon.Remove, "ApiGatewayApiKey", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(ApiKeyInfo))]
public sealed class RemoveApiGatewayApiKeyCommand : ChangingCmdlet
{
    /// <summary>The keys to delete: ids or key objects.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [TransformKey(IsNeeded = true)]
    [ArgumentCompleter(typeof(KeyIdCompleter))]
    public ApiKeyIdentity[] Id { get; set; } = [];

    /// <summary>Treats a missing key as success.</summary>
    [Parameter]
    public SwitchParameter IfExists { get; set; }

    /// <summary>Emits each key that was deleted, as it was. A key given by id is read first.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override bool WantsOneKey => Id.Length == 1;

    /// <inheritdoc/>
    protected override void Execute()
    {
        foreach (ApiKeyIdentity given in Id)
        {
            ApiKeyOperations operations = Operations(given);
            if (ReadToAsk("Removing", operations, given, MayBeMissing)
                is { } identity && MayProceed("Remove", $"API key '{identity}' in {operations.Region}{DescribePlans(identity)}"))
            {
                Calls.Start(
                    $"Removing API key '{identity}'",
                    given.Target,
                    () => RemoveAsync(operations, identity),
                    Emit,
                    MayBeMissing,
                    untaken: _ => new Untaken($"API key '{identity}' was removed."));
            }
        }
    }

    private bool MayBeMissing(ApiGatewayException failure) => IfExists && failure.Kind == ApiGatewayErrorKind.NotFound;

    private async Task<ApiKeyInfo?> RemoveAsync(ApiKeyOperations operations, ApiKeyIdentity identity)
    {
        ApiKeyInfo? key = identity.Key ?? (PassThru ? await operations.GetAsync(identity.Id, includeValue: false, StopToken) : null);
        await operations.DeleteAsync(identity.Id, StopToken);
        return key;
    }

    private void Emit(ApiKeyInfo? key)
    {
        if (PassThru)
        {
            WriteKey(key!);
        }
    }
}
