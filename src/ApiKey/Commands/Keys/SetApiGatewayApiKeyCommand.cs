using System.Management.Automation;
using ApiKey.Binding;
using ApiKey.Calls;
using ApiKey.Cmdlets;
using ApiKey.Completion;
using ApiKey.Keys;
using ApiKey.Model;

namespace ApiKey.Commands;

/// <summary>Changes API keys in place. What is not specified stays as it is; a key is never replaced.</summary>
[Cmdlet(VerbsCommon.Set, "ApiGatewayApiKey", SupportsShouldProcess = true)]
[OutputType(typeof(ApiKeyInfo))]
public sealed class SetApiGatewayApiKeyCommand : SetCmdlet
{
    private ApiKeyChange _change = new(new ApiKeySpec());

    /// <summary>The keys to change: ids or key objects.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [TransformKey(IsNeeded = true)]
    [ArgumentCompleter(typeof(KeyIdCompleter))]
    public ApiKeyIdentity[] Id { get; set; } = [];

    /// <summary>Whether callers can use the keys.</summary>
    [Parameter]
    [TransformEnabled]
    [ArgumentCompleter(typeof(BooleanCompleter))]
    public bool? Enabled { get; set; }

    /// <summary>A value can never change: the error says what to do instead.</summary>
    [Parameter]
    [TransformSecret]
    [ArgumentCompleter(typeof(OwnWordCompleter))]
    public Secret? Value { get; set; }

    /// <summary>The new AWS Marketplace customer identifier. AWS cannot clear one.</summary>
    [Parameter]
    [Given]
    [Alias("customer_id")]
    [ArgumentCompleter(typeof(CustomerIdCompleter))]
    public string? CustomerId { get; set; }

    /// <inheritdoc/>
    private protected override bool WantsOneKey => Id.Length == 1;

    /// <inheritdoc/>
    protected override void Begin()
    {
        if (Value is not null)
        {
            ThrowProblem("ValueIsImmutable", "The value of an API key can never change. Make a successor with "
                + "Invoke-ApiGatewayApiKeyRotation, move its callers over, then run it again with -OldKey Disable.",
                MyInvocation.InvocationName);
        }

        ApiKeySpec wanted = new()
        { Name = Name, Description = Description, Enabled = Enabled, CustomerId = CustomerId, Tags = TagChange.Exactly };
        _change = new ApiKeyChange(wanted) { AddTags = TagChange.Add, RemoveTags = TagChange.Remove };
        RefuseBadChange("InvalidApiKey", _change.IsEmpty, "-Enabled, -CustomerId", contradiction: null, _change.ProblemsOf);
    }

    /// <inheritdoc/>
    protected override void Execute()
    {
        foreach (ApiKeyIdentity given in Id)
        {
            ApiKeyOperations operations = Operations(given);
            if (ReadToAsk("Changing", operations, given) is { } identity && MayProceed($"Change {string.Join(", ", _change.Parts)} of",
                $"API key '{identity}' in {operations.Region}{DescribePlans(identity)}"))
            {
                Calls.Start(
                    $"Changing API key '{identity}'",
                    given.Target,
                    () => operations.UpdateAsync(identity.Id, _change, PassThru, StopToken),
                    key => Emit(key, wasKnown: identity.Key is not null),
                    untaken: _ => new Untaken($"API key '{identity}' was changed."));
            }
        }
    }

    private void Emit(ApiKeyInfo? key, bool wasKnown)
    {
        if (!wasKnown)
        {
            WarnOfStack($"API key '{key}', which was changed,", key?.StackName);
        }

        if (PassThru)
        {
            WriteKey(key!);
        }
    }
}
