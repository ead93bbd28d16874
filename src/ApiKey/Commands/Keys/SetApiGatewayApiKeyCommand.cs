using System.Collections;
using System.Management.Automation;
using ApiKey.Attributes;
using ApiKey.Binding;
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
public sealed class SetApiGatewayApiKeyCommand : ChangingCmdlet
{
    private ApiKeyChange _change = new(new ApiKeySpec());

    /// <summary>The keys to change: ids or key objects.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [TransformKey(IsNeeded = true)]
    [ArgumentCompleter(typeof(KeyIdCompleter))]
    public ApiKeyIdentity[] Id { get; set; } = [];

    /// <summary>The name, 1 to 1024 characters. Names need not be unique.</summary>
    [Parameter]
    [Given]
    [ArgumentCompleter(typeof(OwnWordCompleter))]
    public string? Name { get; set; }

    /// <summary>The description, at most 125,000 characters; an empty text clears it.</summary>
    [Parameter]
    [Given(EmptyText = "clears it")]
    [ArgumentCompleter(typeof(OwnWordCompleter))]
    public string? Description { get; set; }

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

    /// <summary>The keys' own tags, exactly these. They win over default tags.</summary>
    [Parameter]
    [TransformTag(EmptyMap = "means no tags")]
    [Alias("Tags")]
    [ArgumentCompleter(typeof(TagCompleter))]
    public IDictionary? Tag { get; set; }

    /// <summary>Tags to put on the keys next to those they have.</summary>
    [Parameter]
    [TransformTag]
    [ArgumentCompleter(typeof(TagCompleter))]
    public IDictionary? AddTag { get; set; }

    /// <summary>Keys of tags to take off. A default tag that was overridden comes back with its default value.</summary>
    [Parameter]
    [Given]
    [ArgumentCompleter(typeof(TagKeyCompleter))]
    public string[]? RemoveTag { get; set; }

    /// <summary>Emits each key as it is after the change.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override bool WantsOneKey => Id.Length == 1;

    /// <inheritdoc/>
    protected override void Begin()
    {
        // Everything but the identity comes from the command line, so it is judged once, before any call.
        _change = new ApiKeyChange(ReadSpec()) { AddTags = (TagSet?)AddTag ?? TagSet.Empty, RemoveTags = RemoveTag ?? [] };
        TagPolicy policy = SessionPolicy;
        if (FindProblem(policy) is (string errorId, string message))
        {
            ThrowProblem(errorId, message, MyInvocation.InvocationName);
        }

        foreach (string warning in TagParameters.WarningsOf(_change.Tags, policy))
        {
            WriteWarning(warning);
        }
    }

    /// <inheritdoc/>
    protected override void Execute()
    {
        foreach (ApiKeyIdentity given in Id)
        {
            ApiKeyOperations operations = Operations(given);
            if (ReadToAsk("Changing", operations, given) is { } identity
                && MayProceed($"Change {Summary()} of", $"API key '{identity}' in {operations.Region}{DescribePlans(identity)}"))
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

    private string Summary()
    {
        IEnumerable<string> fields = _change.Fields.Select(field => field.Path[1..]);
        return string.Join(", ", _change.ChangesTags ? fields.Append("tags") : fields);
    }

    private ApiKeySpec ReadSpec()
        => new()
        {
            Name = Name,
            Description = Description,
            Enabled = Enabled,
            Value = Value?.Reveal(),
            CustomerId = CustomerId,
            Tags = (TagSet?)Tag
        };

    private (string ErrorId, string Message)? FindProblem(TagPolicy policy)
    {
        if (Value is not null)
        {
            return ("ValueIsImmutable",
                "The value of an API key can never change. Make a successor with Invoke-ApiGatewayApiKeyRotation, move its callers over, "
                + "then run it again with -OldKey Disable.");
        }

        if (TagParameters.FindContradiction(_change.Tags, AddTag is not null || RemoveTag is not null) is { } contradiction)
        {
            return ("ContradictoryParameters", contradiction);
        }

        if (_change.IsEmpty)
        {
            return ("NothingToChange",
                "Nothing to change was given. Specify at least one of -Name, -Description, -Enabled, -CustomerId, -Tag, -AddTag, "
                + "-RemoveTag.");
        }

        string[] problems =
        [
            .. ApiKeyField.ProblemsOf(_change.Wanted, _change.Wanted.Tags is null ? TagPolicy.None : policy),
            .. TagRules.ProblemsOf(_change.AddTags),
            .. _change.RemoveTags.SelectMany(TagRules.ProblemsOfKey),
        ];
        return problems.Length == 0 ? null : ("InvalidApiKey", string.Join(' ', problems));
    }
}
