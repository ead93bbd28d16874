using System.Management.Automation;
using ApiKey.Calls;
using ApiKey.Cmdlets;
using ApiKey.Completion;
using ApiKey.Keys;
using ApiKey.Model;
using ApiKey.Tags;

namespace ApiKey.Commands;

/// <summary>Changes API keys in place. What is not specified stays as it is; a key is never replaced.</summary>
[Cmdlet(VerbsCommon.Set, "ApiGatewayApiKey", SupportsShouldProcess = true)]
[OutputType(typeof(ApiKeyInfo))]
public sealed partial class SetApiGatewayApiKeyCommand : ChangingCmdlet, ICompletesTags
{
    private ApiKeyChange _change = new(new ApiKeySpec());

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

        TagChange tags = ChangeCheck.TagsOf(Tag, AddTag, RemoveTag);
        ApiKeySpec wanted = new()
        {
            Name = Name,
            Description = Description,
            Enabled = Enabled,
            CustomerId = CustomerId,
            Tags = tags.Exactly,
        };
        _change = new ApiKeyChange(wanted) { AddTags = tags.Add, RemoveTags = tags.Remove };
        new ChangeCheck(this, tags).Refuse("InvalidApiKey", _change.IsEmpty, "-Enabled, -CustomerId", contradiction: null,
            _change.ProblemsOf);
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
