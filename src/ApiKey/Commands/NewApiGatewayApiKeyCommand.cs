using System.Collections;
using System.Management.Automation;
using ApiKey.Binding;
using ApiKey.Model;
using ApiKey.Planning;

namespace ApiKey.Commands;

/// <summary>Creates API keys: one call each. Emits each key with its value.</summary>
[Cmdlet(VerbsCommon.New, "ApiGatewayApiKey", SupportsShouldProcess = true)]
[OutputType(typeof(ApiKeyInfo))]
public sealed class NewApiGatewayApiKeyCommand : ApiKeyWriteCommand
{
    /// <inheritdoc/>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    public override string? Name { get; set; }

    /// <inheritdoc/>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    public override string? Description { get; set; }

    /// <inheritdoc/>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TransformEnabled]
    public override bool? Enabled { get; set; }

    /// <summary>The secret, 20 to 128 letters and digits, as text or SecureString. One is generated when none is given; it can never change.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TransformSecret]
    [AllowEmptyString]
    public override string? Value { get; set; }

    /// <inheritdoc/>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [Alias("customer_id")]
    public override string? CustomerId { get; set; }

    /// <inheritdoc/>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TransformTag]
    [AllowEmptyCollection]
    [Alias("Tags")]
    public override IDictionary? Tag { get; set; }

    /// <summary>Leaves the check of the value's length and letters to AWS, which in practice takes more than it documents.</summary>
    [Parameter]
    public SwitchParameter SkipValueCheck { get; set; }

    /// <inheritdoc/>
    protected override bool AsksForOne => true;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        // Only the command line is bound by now. An empty value there is a variable that was never set, not a wish for a random one.
        if (Value is { Length: 0 })
        {
            ThrowFault("EmptyValue", "The value is empty. Give the value to use, or leave -Value out to have one generated.", nameof(Value));
        }
    }

    /// <inheritdoc/>
    protected override void Execute()
    {
        ApiKeySpec spec = ReadSpec();
        if (spec.Value is { Length: 0 })
        {
            // An empty CSV cell.
            spec = spec with { Value = null };
        }

        ApiKeyOperations operations = Operations();
        string item = $"API key '{spec.Name}'";
        if (ApiKeyField.FaultsOf(spec, operations.Policy, SkipValueCheck) is { Count: > 0 } faults)
        {
            WriteFault("InvalidApiKey", $"{item} was not created. {string.Join(' ', faults)}", spec.Name);
            return;
        }

        if (MayProceed("Create", $"{item} in {operations.Region}"))
        {
            Start($"Creating {item}", spec.Name!, () => operations.CreateAsync(spec, StopToken), WriteKey);
        }
    }
}
