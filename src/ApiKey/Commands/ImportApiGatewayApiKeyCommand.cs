using System.Management.Automation;
using ApiKey.Model;
using ApiKey.Planning;

namespace ApiKey.Commands;

/// <summary>Brings existing keys in by id, as Terraform's import does: every attribute is read, the value too.</summary>
[Cmdlet(VerbsData.Import, "ApiGatewayApiKey")]
[OutputType(typeof(ApiKeyInfo))]
public sealed class ImportApiGatewayApiKeyCommand : ApiKeyCommand
{
    /// <summary>The ids of the keys, or key objects.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public ApiKeyIdentity[] Id { get; set; } = [];

    /// <inheritdoc/>
    protected override bool AsksForOne => Id.Length == 1;

    /// <inheritdoc/>
    protected override void Execute()
    {
        foreach (ApiKeyIdentity identity in Id)
        {
            ApiKeyOperations operations = Operations(identity);
            Start($"Importing API key '{identity}'", identity.Key ?? (object)identity.Id, () => operations.GetAsync(identity.Id, includeValue: true, StopToken), WriteKey);
        }
    }
}
